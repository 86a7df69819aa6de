using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Programs;

/// <summary>A tensor a kernel works on.</summary>
/// <param name="Strides">Elements from one index of each axis to the next.</param>
internal sealed record KernelArgument(ElementType Element, Shape Shape, bool IsWritten, EquatableArray<int> Strides)
{
    /// <summary>Row-major without gaps.</summary>
    public KernelArgument(ElementType element, Shape shape, bool isWritten) : this(element, shape, isWritten, shape.Strides)
    {
    }

    /// <summary>The elements of a literal matrix, row-major; empty for everything else.</summary>
    public EquatableArray<double> Literal { get; init; } = EquatableArray<double>.Empty;

    /// <summary>For a factor of a contraction, for each axis the first and the last index that is not zero in every element (what lies around them is padding);
    /// empty where there is none.</summary>
    public EquatableArray<(int First, int Last)> Inside { get; init; } = EquatableArray<(int First, int Last)>.Empty;

    /// <summary>For a factor of a contraction: where this index over the axes is positive, the elements are zero. Null where no such thing is known.</summary>
    public AffineIndex? Zeros { get; init; }
}

/// <summary>One loop nest: outer axes whose points are independent, and for each point a sequence of stages.</summary>
/// <remarks>A map has only outer axes and a store; a reduction a reduce stage and a store; a softmax row two reduce stages and a
/// store over the row; a contraction a reduce stage that is a product, and its epilogue. Compared by value, without names, so that equal
/// kernels of different layers are one method.</remarks>
/// <param name="IsStepped">True where the kernel is a step of a recurrence: a call computes one index of the first outer axis, which it is given.</param>
internal sealed record Kernel(EquatableArray<Axis> Outer, EquatableArray<Stage> Stages, EquatableArray<KernelArgument> Arguments, bool IsStepped = false)
{
    private int _hash;

    // What has been found of the original need not hold of the copy.
    private Kernel(Kernel original) =>
        (Outer, Stages, Arguments, IsStepped, Accumulates, Unneeded) = (original.Outer, original.Stages, original.Arguments, original.IsStepped,
            original.Accumulates, original.Unneeded);

    /// <summary>True where a call adds to what calls for other samples of the batch have summed: a call is told how many samples those were.</summary>
    public bool Accumulates { get; init; }

    /// <summary>For a contraction: where this index over the outer axes is positive, nobody needs the sum. Null where it is needed everywhere.</summary>
    public AffineIndex? Unneeded { get; init; }

    /// <summary>True where the first stage is a contraction (and the others its epilogue at the same point).</summary>
    public bool IsContraction => Stages[0] is ReduceStage { Combine: Combine.Sum } r && Contraction.Factors(r.Body) is var (a, b)
        && Contraction.Reuses(a, b, Outer, Outer.Count + r.Inner.Count) && Stages.Skip(1).All(s => s.Inner.Count == 0);

    public bool Equals(Kernel? other) => ReferenceEquals(this, other) || other is not null && GetHashCode() == other.GetHashCode()
        && IsStepped == other.IsStepped && Accumulates == other.Accumulates
        && Outer == other.Outer && Arguments == other.Arguments && Stages == other.Stages && Equals(Unneeded, other.Unneeded);

    public override int GetHashCode() => _hash != 0 ? _hash
        : _hash = Hash.Combine(Hash.Combine(Stages.GetHashCode(), Outer.GetHashCode()), Arguments.GetHashCode());

    /// <summary>The same computation without what is known of elements from where they lie.</summary>
    public Kernel WithoutKnownElements() => Unneeded is null
        && Arguments.All(a => a.Zeros is null) ? this
        : this with { Unneeded = null, Arguments = Arguments.Select(a => a with { Zeros = null }).ToEquatableArray() };

    public IEnumerable<int> Written => Stages.OfType<StoreStage>().Select(s => s.Argument).Distinct();
}

/// <summary>A kernel applied to tensors of the graph.</summary>
/// <param name="Arguments">Numbers of graph nodes, one for each argument.</param>
/// <param name="Nodes">The graph nodes computed, in order: what comments and names are made from.</param>
internal sealed record KernelCall(Kernel Kernel, EquatableArray<int> Arguments, EquatableArray<int> Nodes)
{
    /// <summary>For each of the nodes, which of its variables the outer axes of the kernel are, in their order: formulas of one kernel call them by one
    /// name.</summary>
    public EquatableArray<EquatableArray<int>> OuterVariables { get; init; } = EquatableArray<EquatableArray<int>>.Empty;

    public IEnumerable<int> Reads
    {
        get
        {
            var read = new HashSet<int>(Kernel.Stages.SelectMany(s => s.Expression.Loads()).Select(l => l.Node));
            return Arguments.Where((_, argument) => read.Contains(argument));
        }
    }

    public IEnumerable<int> Writes => Kernel.Written.Select(a => Arguments[a]);
}
