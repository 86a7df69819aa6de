using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
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

    /// <summary>What the method of <c>Nn</c> does, in whole sentences of XML documentation.</summary>
    public abstract string Summary { get; }

    /// <summary>What its results are called, with a number behind: <c>pool</c> for max pooling.</summary>
    public virtual string ShortName => char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    public abstract OpDoc Doc { get; }

    /// <summary>By the names of the C# parameters, tensors included, in order. For a layer the tensor it is applied to comes first, as "x".</summary>
    /// <remarks>A layer gets its constants from the factory and its tensors from the call.</remarks>
    public abstract IReadOnlyList<OpParameter> Parameters { get; }

    /// <summary>The operator of C# by which <c>Tensor</c> has the op; null where a method of <c>Nn</c> has it.</summary>
    public virtual string? Operator => null;

    /// <summary>True for a factory of <c>Nn</c> that returns a layer, with parameters of its own.</summary>
    public virtual bool IsLayer => false;

    /// <summary>What the method of <c>Nn</c> returns: for a layer, the delegate by which it is called.</summary>
    public virtual string ReturnType => IsLayer ? "Layer" : ReturnsSequence ? "Tensor[]"
        : Results.Count > 0 ? $"({string.Join(", ", Results.Select(r => "Tensor " + r))})" : "Tensor";

    /// <summary>The names of the elements of the tuple that a function with several results returns; none for one result.</summary>
    public virtual IReadOnlyList<string> Results => Array.Empty<string>();

    /// <summary>Whether an attribute stands for the op where a network has no body, and what it is there.</summary>
    public virtual ClassForm ClassForm => ClassForm.None;

    /// <summary>What the op does to the scale of its operand, which decides how the layer before it should start.</summary>
    public virtual ActivationKind Activation => ActivationKind.None;

    /// <summary>True where the result has the operand's scale: the same elements, or some of them.</summary>
    public virtual bool KeepsScale => false;

    /// <summary>True where the function returns an array of tensors, however many those are: one for each element of its last argument.</summary>
    public virtual bool ReturnsSequence => false;

    /// <summary>False for an op whose result is a constant to differentiation.</summary>
    public virtual bool HasDerivative => true;

    /// <summary>Small calls that tests make; unless an op says otherwise, one with vectors of three elements and no constants.</summary>
    public virtual IReadOnlyList<OpSample> Samples =>
        new[] { new OpSample(Parameters.Where(p => p is { Kind: ParameterKind.Tensor, Optional: false }).Select(p => (p.Name, s_vectors)).ToArray()) };

    /// <summary>Small calls that violate a constraint, and the diagnostic of each.</summary>
    public virtual IReadOnlyList<(string Id, OpSample Sample)> Faults => Array.Empty<(string, OpSample)>();

    /// <summary>Checks the operands and appends the computation. One node, or several for ops with several results.</summary>
    public abstract IReadOnlyList<Node> Build(OpCall call);

    private static readonly object s_vectors = SampleOperand.Of(Axis.Batch, 3);

    protected static IReadOnlyList<Node> One(Node node) => new[] { node };

    public OpParameter this[string parameter] => Parameters.Single(p => p.Name == parameter);
}

/// <summary>What the operator table says, and the documentation of the method of <c>Nn</c>.</summary>
/// <param name="Formula">The mathematics, one line.</param>
/// <param name="Shapes">Input shapes → output shape.</param>
/// <param name="Source">Paper and equation, or the textbook name.</param>
/// <param name="Remarks">Conventions: what PyTorch does, what happens at kinks.</param>
internal sealed record OpDoc(string Formula, string Shapes, string Source, string Remarks = "")
{
    /// <summary>The formula as text of XML documentation.</summary>
    public string FormulaAsXml => Formula.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

/// <summary>What an op is in a network that is a list of attributes.</summary>
internal enum ClassForm
{
    /// <summary>Has no attribute.</summary>
    None,

    /// <summary>One step: it is given the value before it and nothing else.</summary>
    Step,

    /// <summary>The loss, which is given the target too.</summary>
    Loss,
}

internal enum ActivationKind
{
    None,

    /// <summary>Passes one side: about half the variance is lost, which a gain of √2 makes up for.</summary>
    Rectifier,

    /// <summary>Levels off on both sides: too large a scale drives it where its derivative vanishes.</summary>
    Saturating,
}
