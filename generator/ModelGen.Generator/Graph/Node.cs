using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>A value of the graph. Nodes are numbered in topological order; expressions refer to them by number.</summary>
internal abstract record Node(int Id, TensorType Type, string Name, Origin Origin)
{
    public Shape Shape => Type.Shape;

    /// <summary>What the value is for.</summary>
    public Purpose Purpose { get; init; } = Purpose.Value;

    /// <summary>For a node of the backward part the node of the forward part that it differentiates, as far as there still is one; -1 otherwise.</summary>
    public int Differentiates { get; init; } = -1;

    /// <summary>The node with a purpose, and with the name that follows from it.</summary>
    public Node As(Purpose purpose) => this with { Purpose = purpose, Name = purpose.Name };

    /// <summary>The node where those that are differentiated have other numbers; itself where all stay as they are.</summary>
    public Node Differentiating(Func<int, int> number)
    {
        int Of(int forward) => forward < 0 ? -1 : number(forward);
        var node = Of(Differentiates) is var own && own != Differentiates ? this with { Differentiates = own } : this;
        return node is ComputeNode { Inlined: { Count: > 0 } inlined } c && inlined.Any(i => Of(i.Differentiates) != i.Differentiates)
            ? c with { Inlined = inlined.Select(i => i with { Differentiates = Of(i.Differentiates) }).ToEquatableArray() } : node;
    }

    /// <summary>Numbers of the nodes this one reads.</summary>
    public abstract IEnumerable<int> Inputs { get; }
}

internal enum LeafKind
{
    /// <summary>Data of the batch, by the order of the model's parameters.</summary>
    Input,

    /// <summary>Class indices or tokens of the batch.</summary>
    Labels,

    /// <summary>Trained by the optimizer.</summary>
    Parameter,

    /// <summary>State that training updates without a gradient: running statistics.</summary>
    Buffer,

    /// <summary>Numbers written in the source.</summary>
    Constant,

    /// <summary>The direction in which a parameter moves (forward mode); its path is the parameter's.</summary>
    Tangent,
}

/// <summary>A value from outside: input, parameter, buffer or constant.</summary>
/// <param name="Classes">For labels: indices are below this. 0 otherwise.</param>
/// <param name="Ignored">For labels: an index that is no class and that the loss ignores.</param>
/// <param name="Start">For parameters and buffers.</param>
/// <param name="Data">For constants, row-major.</param>
internal sealed record LeafNode(
    int Id, TensorType Type, string Name, Origin Origin, LeafKind Kind, string Path, int Classes = 0,
    Initialization? Start = null, EquatableArray<double> Data = default, int? Ignored = null) : Node(Id, Type, Name, Origin)
{
    public override IEnumerable<int> Inputs => Enumerable.Empty<int>();

    /// <summary>For constants: a small matrix whose numbers a kernel may write into its text (see <c>Transform</c>).</summary>
    public bool IsLiteral { get; init; }
}

/// <summary>The one computing primitive: <c>y[o] = combine over r of body(o, r)</c>.</summary>
/// <remarks>The iteration variables are the output axes (v0 …) and then the reduced axes; the body reads other nodes through index maps.
/// Element-wise maps, broadcasts, slices, reductions, contractions (matrix products, convolutions and their gradients) and
/// windows are all of this form, which is why one rule differentiates them and one emitter prints them.</remarks>
internal sealed record ComputeNode(
    int Id, TensorType Type, string Name, Origin Origin, EquatableArray<Axis> Reduced, Combine Combine, Expr Body) : Node(Id, Type, Name, Origin)
{
    public override IEnumerable<int> Inputs => Body.Reads;

    /// <summary>True for a value too large to keep for the backward part: what reads it there has it computed again.</summary>
    public bool IsTransient { get; init; }

    /// <summary>True for a derivative that the forward part computes for the backward part to read.</summary>
    public bool IsKept { get; init; }

    /// <summary>Derivatives of other calls that are computed inside of this one, in order.</summary>
    public EquatableArray<InlinedValue> Inlined { get; init; } = EquatableArray<InlinedValue>.Empty;

    /// <summary>Set where the value is computed for some samples at a time, together with its readers; it then has room for those only.</summary>
    public BlockLayout? Block { get; init; }

    /// <summary>The operations of the sum that this node stands for, where it is a step of computing that in another way; null for the node's own.</summary>
    public long? Operations { get; init; }

    /// <summary>Floating-point operations for one sample: an addition, multiplication, division, comparison or function counts one; work that
    /// does not scale with the batch is left out.</summary>
    public long CountOperations()
    {
        if (Operations is { } counted) return counted;
        if (!Axes.Any(a => a.PerSample)) return 0;
        return Lengths.Product(Axes
            .Select(a => (long)a.Factor)
            .Append(Body.SelfAndDescendants().Count(e => e is Expr.BinaryNode or Expr.UnaryNode or Expr.SelectNode) + (Combine == Combine.None ? 0 : 1)));
    }

    /// <summary>Output axes, then reduced axes.</summary>
    public EquatableArray<Axis> Axes => Type.Shape.Axes.Concat(Reduced);

    public int OutputRank => Type.Shape.Rank;
}

/// <summary>How a value lies in memory that exists for some samples at a time only.</summary>
/// <param name="Samples">How many.</param>
/// <param name="Order">The axes from the outermost to the innermost; the batch need not be the first.</param>
/// <param name="Accumulates">True for a sum over the batch: each block of samples adds to it.</param>
internal sealed record BlockLayout(int Samples, EquatableArray<int> Order, bool Accumulates = false);

/// <summary>The same elements under another shape: no work, the same memory.</summary>
internal sealed record ReshapeNode(int Id, TensorType Type, string Name, Origin Origin, int Source) : Node(Id, Type, Name, Origin)
{
    public override IEnumerable<int> Inputs => new[] { Source };
}

/// <summary>What a recurrence had one step before: <c>y[…, t, …] = source[…, t - 1, …]</c>, and the initial state at the first step.</summary>
/// <remarks>The only node that may read one with a higher number. Nodes that depend on each other through it are computed step by step along
/// the axis (see <see cref="Recurrences"/>); in memory it is the source, one place along.</remarks>
/// <param name="Source">Of the same shape.</param>
/// <param name="Initial">Of that shape without the axis; -1 for zeros.</param>
/// <param name="Axis">The axis of the steps.</param>
/// <param name="FromEnd">True where the last index is the first step: y[t] = source[t + 1].</param>
internal sealed record PreviousNode(int Id, TensorType Type, string Name, Origin Origin, int Source, int Initial, int Axis, bool FromEnd)
    : Node(Id, Type, Name, Origin)
{
    public override IEnumerable<int> Inputs => Initial < 0 ? new[] { Source } : new[] { Source, Initial };

    public int Steps => Shape[Axis].Factor;

    /// <summary>The index of the first step.</summary>
    public int First => FromEnd ? Steps - 1 : 0;
}

/// <summary>Tensors one after the other along an axis: no work, each part is computed where it belongs.</summary>
/// <param name="Parts">Their sizes along the axis add up to the whole's; read by nothing else.</param>
internal sealed record JoinNode(int Id, TensorType Type, string Name, Origin Origin, int Axis, EquatableArray<int> Parts) : Node(Id, Type, Name, Origin)
{
    public override IEnumerable<int> Inputs => Parts;
}
