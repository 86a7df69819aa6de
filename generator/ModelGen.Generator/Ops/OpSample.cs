using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A small call of an op, by which tests go through the catalogue: derivatives, random programs, known answers. The operator table shows the
/// first of each op.</summary>
internal sealed class OpSample
{
    /// <param name="arguments">By parameter name: operands as <see cref="SampleOperand"/>, constants as <see cref="OpCall"/> takes them.</param>
    public OpSample(params (string Name, object Value)[] arguments) => Arguments = arguments;

    public IReadOnlyList<(string Name, object Value)> Arguments { get; }

    /// <summary>Of a function of one operand: elements, and what it makes of them by hand or by its paper.</summary>
    public IReadOnlyList<(double X, double Y)> Known { get; private init; } = Array.Empty<(double, double)>();

    /// <summary>The same call with <see cref="Known"/> answers.</summary>
    public OpSample Gives(params (double X, double Y)[] known) => new(Arguments.ToArray()) { Known = known };

    /// <summary>The arguments that are operands; a list of tensors gives each by itself.</summary>
    public IEnumerable<SampleOperand> Operands => Arguments.SelectMany(a => a.Value as SampleOperand[] ?? new[] { a.Value }).OfType<SampleOperand>();

    /// <summary>The arguments that are constants.</summary>
    public IEnumerable<(string Name, object Value)> Constants => Arguments.Where(a => a.Value is not (SampleOperand or SampleOperand[]));
}

/// <summary>An operand of a sample.</summary>
/// <param name="Low">No element is below it.</param>
/// <param name="High">No element is above it.</param>
/// <param name="Classes">Of labels, how many there are; 0 for others.</param>
internal sealed record SampleOperand(TensorType Type, double Low = -1, double High = 1, int Classes = 0)
{
    public static SampleOperand Of(params Axis[] axes) => new(new TensorType(ElementType.F32, Shape.Of(axes)));

    public static SampleOperand Labels(int classes, params Axis[] axes) => new(new(ElementType.I32, Shape.Of(axes)), 0, classes - 1, classes);

    /// <summary>The same operand where the function is defined, or does what it is for.</summary>
    public SampleOperand Within(double low, double high) => this with { Low = low, High = high };
}
