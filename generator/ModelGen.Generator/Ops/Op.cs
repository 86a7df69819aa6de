using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>One operator, layer or loss of the language: its documentation, its shape rule and its computation, in one file.</summary>
/// <remarks>An op states its constraints (throwing <see cref="OpException"/> where one is violated) and composes compute nodes. It needs no
/// derivative: the rules for compute nodes (Autodiff) and scalar expressions (Expressions) differentiate the composition. No pass and no
/// emitter knows an op.</remarks>
internal abstract class Op
{
    /// <summary>The name of the method of <c>Nn</c> (or of the operator of <c>Tensor</c>).</summary>
    public abstract string Name { get; }

    public abstract OpDoc Doc { get; }

    /// <summary>By the names of the C# parameters, tensors included, in order. For a layer the tensor it is applied to comes first, as "x".</summary>
    public abstract IReadOnlyList<OpParameter> Parameters { get; }

    /// <summary>True for a factory of <c>Nn</c> that returns a layer, with parameters of its own.</summary>
    public virtual bool IsLayer => false;

    /// <summary>What the op does to the scale of its operand, which decides how the layer before it should start.</summary>
    public virtual ActivationKind Activation => ActivationKind.None;

    /// <summary>True where the result has the operand's scale: the same elements, or some of them.</summary>
    public virtual bool KeepsScale => false;

    /// <summary>True where the function returns an array of tensors, however many those are.</summary>
    public virtual bool ReturnsSequence => false;

    /// <summary>Checks the operands and appends the computation. One node, or several for ops with several results.</summary>
    public abstract IReadOnlyList<Node> Build(OpCall call);

    protected static IReadOnlyList<Node> One(Node node) => new[] { node };

    public OpParameter this[string parameter] => Parameters.Single(p => p.Name == parameter);
}

/// <summary>What the operator table says.</summary>
/// <param name="Formula">The mathematics, one line.</param>
/// <param name="Shapes">Input shapes → output shape.</param>
/// <param name="Source">Paper and equation, or the textbook name.</param>
/// <param name="Remarks">Conventions: what PyTorch does, what happens at kinks.</param>
internal sealed record OpDoc(string Formula, string Shapes, string Source, string Remarks = "");

internal enum ActivationKind
{
    None,

    /// <summary>Passes one side: about half the variance is lost, which a gain of √2 makes up for.</summary>
    Rectifier,

    /// <summary>Levels off on both sides: too large a scale drives it where its derivative vanishes.</summary>
    Saturating,
}

internal enum ParameterKind
{
    Tensor,
    Tensors,

    /// <summary>A tensor, or a number that stands for a tensor of that one value.</summary>
    TensorOrReal,
    Labels,
    Integer,
    Integers,
    Real,
    Reals,
    Boolean,
    Text,

    /// <summary>One size for both spatial axes, or (height, width): the runtime's Size2.</summary>
    Size2,

    /// <summary>One size, or three.</summary>
    Size3,

    /// <summary>How a parameter starts: the runtime's Init, or its text.</summary>
    Init,
}

/// <summary>A parameter of an op. <c>Default</c> is the value of an omitted argument; <c>Optional</c> allows null.</summary>
internal sealed record OpParameter(string Name, ParameterKind Kind, object? Default = null, bool Optional = false)
{
    public static OpParameter Tensor(string name) => new(name, ParameterKind.Tensor);

    public static OpParameter OptionalTensor(string name) => new(name, ParameterKind.Tensor, null, true);

    public static OpParameter Tensors(string name) => new(name, ParameterKind.Tensors);

    public static OpParameter TensorOrReal(string name) => new(name, ParameterKind.TensorOrReal);

    public static OpParameter Labels(string name) => new(name, ParameterKind.Labels);

    public static OpParameter Integer(string name) => new(name, ParameterKind.Integer);

    public static OpParameter Integer(string name, int value) => new(name, ParameterKind.Integer, value, true);

    /// <summary>May be left out; <see cref="OpCall.Has"/> tells.</summary>
    public static OpParameter OptionalInteger(string name) => new(name, ParameterKind.Integer, null, true);

    public static OpParameter Integers(string name) => new(name, ParameterKind.Integers);

    public static OpParameter OptionalIntegers(string name) => new(name, ParameterKind.Integers, null, true);

    public static OpParameter Real(string name) => new(name, ParameterKind.Real);

    public static OpParameter OptionalReal(string name) => new(name, ParameterKind.Real, null, true);

    public static OpParameter Reals(string name) => new(name, ParameterKind.Reals);

    public static OpParameter OptionalReals(string name) => new(name, ParameterKind.Reals, null, true);

    public static OpParameter OptionalInit(string name) => new(name, ParameterKind.Init, null, true);

    public static OpParameter Text(string name, string value) => new(name, ParameterKind.Text, value, true);

    public static OpParameter Real(string name, double value) => new(name, ParameterKind.Real, value, true);

    public static OpParameter Boolean(string name, bool value) => new(name, ParameterKind.Boolean, value, true);

    /// <summary>A size for both axes; required where <paramref name="value"/> is null and not optional.</summary>
    public static OpParameter Size2(string name, int? value = null, bool optional = false) => Size(2, name, value, optional);

    /// <summary>A size for each of one, two or three spatial axes.</summary>
    public static OpParameter Size(int rank, string name, int? value = null, bool optional = false) =>
        new(name, rank == 1 ? ParameterKind.Integer : rank == 2 ? ParameterKind.Size2 : ParameterKind.Size3, value, optional || value is not null);
}
