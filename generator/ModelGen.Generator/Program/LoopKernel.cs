using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Programs;

/// <summary>A condition of a guarded read: the index must lie in [0, Size).</summary>
internal readonly record struct Guard(AffineIndex Index, Axis Size)
{
    /// <summary>Whether an index with this numerator lies inside; null where that is known only when the batch is. At a position that is written out nothing is
    /// left to ask, and C# takes no negative constant for an unsigned number.</summary>
    public bool? Holds(long numerator)
    {
        if (numerator < 0 || !Index.Floor && numerator % Index.Divisor != 0) return false;
        return Size.PerSample ? null : numerator / Index.Divisor < Size.Factor;
    }
}

/// <summary>A part of an address that is not linear in the variables: a division or the value of an integer tensor.</summary>
internal readonly record struct SpecialTerm(AffineIndex Index, int Stride);

/// <summary>An element of an argument as an address: <c>argument[Offset + Σ Strides[j]·v[j] + Σ special]</c>, in elements.</summary>
internal sealed record Access(int Argument, long Offset, EquatableArray<int> Strides, EquatableArray<Guard> Guards, EquatableArray<SpecialTerm> Special)
{
    /// <summary>True where the address moves linearly along the variable and no guard looks at it.</summary>
    public bool IsPlainAlong(int variable) => !Guards.Any(g => g.Index.DependsOn(variable)) && !Special.Any(s => s.Index.DependsOn(variable));

    public static Access Of(Expr.Load load, KernelArgument argument, IReadOnlyList<Axis> axes) => Of(load.Node, load.Index, argument, axes);

    public static Access Of(int number, EquatableArray<AffineIndex> index, KernelArgument argument, IReadOnlyList<Axis> axes)
    {
        var shape = argument.Shape;
        var strides = new int[axes.Count];
        long offset = 0;
        var guards = new List<Guard>();
        var special = new List<SpecialTerm>();
        for (var d = 0; d < shape.Rank; d++)
        {
            var i = index[d];
            var stride = argument.Strides[d];
            if (!i.AlwaysInside(axes, shape[d])) guards.Add(new(i, shape[d]));
            if (i.Divisor != 1 || i.Lookup is not null)
            {
                special.Add(new(i, stride));
                continue;
            }
            offset += (long)i.Offset * stride;
            for (var j = 0; j < strides.Length; j++) strides[j] += i.Coefficients[j] * stride;
        }
        return new(number, offset, strides.ToEquatableArray(), guards.ToEquatableArray(), special.ToEquatableArray());
    }
}

/// <summary>A stage as loops: its inner axes, what it reads by address, and where it stores.</summary>
internal sealed class LoopStage
{
    private readonly IReadOnlyList<int[]> _groups;

    public LoopStage(
        Stage stage, IReadOnlyList<Axis> inner, IReadOnlyDictionary<Expr.Load, Access> reads, Access? store, Func<AffineIndex, AffineIndex> reindex,
        IReadOnlyList<int[]> groups)
    {
        (Stage, Inner, Reads, Store) = (stage, inner, reads, store);
        (Reindex, _groups) = (reindex, groups);
    }

    public Stage Stage { get; }

    public IReadOnlyList<Axis> Inner { get; }

    public IReadOnlyDictionary<Expr.Load, Access> Reads { get; }

    public Access? Store { get; }

    /// <summary>An index of the stage's expression over the merged variables.</summary>
    public Func<AffineIndex, AffineIndex> Reindex { get; }

    /// <summary>True where an index of the stage's expression looks at no variable that was merged with another: then <see cref="Reindex"/> says all about
    /// it.</summary>
    public bool IsWhole(AffineIndex index) => _groups.All(g => g.Length == 1 || g.All(a => index.Coefficients[a] == 0));

    /// <summary>True where each position that is a number goes up by as much from one point to the next: then the lanes of a vector have them in sequence.
    /// A quotient does not.</summary>
    public bool PositionsAreLinear =>
        Stage.Expression.SelfAndDescendants().All(e => e is not Expr.IndexOf { Index: var i } || Reindex(i) is { Divisor: 1, Lookup: null });

    /// <summary>The same stage with other places for what it reads and stores.</summary>
    public LoopStage At(IReadOnlyDictionary<Expr.Load, Access> reads, Access? store) => new(Stage, Inner, reads, store, Reindex, _groups);

    public IEnumerable<Access> Accesses => Store is null ? Reads.Values : Reads.Values.Append(Store);
}

/// <summary>A kernel as loops over addresses, with neighbouring axes merged wherever every access allows it: a map over [N,6,28,28] is one
/// loop over N·4704.</summary>
internal sealed class LoopKernel
{
    private LoopKernel(Kernel kernel, IReadOnlyList<Axis> outer, IReadOnlyList<LoopStage> stages) => (Kernel, Outer, Stages) = (kernel, outer, stages);

    public Kernel Kernel { get; }

    public IReadOnlyList<Axis> Outer { get; }

    public IReadOnlyList<LoopStage> Stages { get; }

    /// <summary>The outer axes of which a call has one index only: the first, where the kernel is a step of a recurrence.</summary>
    public int StepAxes => Kernel.IsStepped ? 1 : 0;

    /// <param name="keepsSamples">Whether the samples stay a variable of their own.</param>
    public static LoopKernel Of(Kernel kernel, bool keepsSamples = false)
    {
        var rank = kernel.Outer.Count;
        var drafts = kernel.Stages.Select(s => new Draft(kernel, s)).ToList();
        var steps = kernel.IsStepped ? 1 : 0;
        // Outer axes merge where all stages agree; inner ones stage by stage.
        bool IsKept(int a) => a < steps || keepsSamples && kernel.Outer[a].PerSample;
        var outerGroups = Merge(0, rank, steps, (a, b) => !IsKept(a) && drafts.All(d => d.CanMerge(a, b)), a => kernel.Outer[a]);
        var stages = drafts.Select(d =>
        {
            var innerGroups = Merge(rank, d.Axes.Count, 0, (a, b) => d.CanMerge(a, b), a => d.Axes[a]);
            return d.Build(outerGroups, innerGroups);
        }).ToList();
        return new(kernel, outerGroups.Select(g => Size(g, a => kernel.Outer[a])).ToList(), stages);
    }

    // Runs of axes that become one; axes of size 1 vanish, but for the first ones that are kept.
    private static List<int[]> Merge(int from, int to, int kept, Func<int, int, bool> canMerge, Func<int, Axis> size)
    {
        var groups = new List<int[]>();
        for (var a = from; a < to; a++)
        {
            if (size(a).IsOne && a >= kept) continue;
            if (groups.Count > 0 && canMerge(groups[groups.Count - 1].Last(), a) && (!size(a).PerSample)) groups[groups.Count - 1] = groups[groups.Count - 1]
                .Append(a).ToArray();
            else groups.Add(new[] { a });
        }
        return groups;
    }

    private static Axis Size(int[] group, Func<int, Axis> size) =>
        new Axis(group.Aggregate(1, (p, a) => p * size(a).Factor), size(group[0]).PerSample).Named(AxisNames.OfSeveral(group.Select(size)));

    private sealed class Draft
    {
        private readonly Stage _stage;
        private readonly Dictionary<Expr.Load, Access> _reads;
        private readonly Access? _store;
        private readonly List<AffineIndex> _indices;

        public Draft(Kernel kernel, Stage stage)
        {
            _stage = stage;
            Axes = kernel.Outer.Concat(stage.Inner);
            _reads = stage.Expression.Loads().ToDictionary(l => l, l => Access.Of(l, kernel.Arguments[l.Node], Axes));
            _store = stage is StoreStage s ? Access.Of(s.Argument, s.Index, kernel.Arguments[s.Argument], Axes) : null;
            _indices = new();
            stage.Expression.Has(e =>
            {
                if (e is Expr.IndexOf i) _indices.Add(i.Index);
                else if (e is Expr.Random r) _indices.Add(r.Counter);
                return false;
            });
        }

        public EquatableArray<Axis> Axes { get; }

        // v_a and v_b as one variable w = v_a·extent(b) + v_b.
        public bool CanMerge(int a, int b)
        {
            var extent = Axes[b].Factor;
            foreach (var access in _store is null ? _reads.Values : _reads.Values.Append(_store))
            {
                if (!access.IsPlainAlong(a) || !access.IsPlainAlong(b)) return false;
                if (access.Strides[a] != access.Strides[b] * extent) return false;
            }
            return _indices.All(i => i.Divisor == 1 && i.Lookup is null && i.Coefficients[a] == i.Coefficients[b] * extent);
        }

        public LoopStage Build(List<int[]> outerGroups, List<int[]> innerGroups)
        {
            var groups = outerGroups.Concat(innerGroups).ToList();
            var inner = innerGroups.Select(g => Size(g, a => Axes[a])).ToList();
            AffineIndex Reindex(AffineIndex i) => i with
            {
                Coefficients = groups.Select(g => i.Coefficients[g[g.Length - 1]]).ToEquatableArray(),
                Lookup = i.Lookup is null ? null : i.Lookup with { Index = i.Lookup.Index.Select(Reindex).ToEquatableArray() },
            };
            Access Rebuild(Access a) => a with
            {
                Strides = groups.Select(g => a.Strides[g[g.Length - 1]]).ToEquatableArray(),
                Guards = a.Guards.Select(g => g with { Index = Reindex(g.Index) }).ToEquatableArray(),
                Special = a.Special.Select(s => s with { Index = Reindex(s.Index) }).ToEquatableArray(),
            };
            // A gathering index reads through the original load; its own address is kept under the reindexed one as well.
            var reads = new Dictionary<Expr.Load, Access>();
            foreach (var read in _reads)
            {
                var access = Rebuild(read.Value);
                reads[read.Key] = access;
                reads[read.Key with { Index = read.Key.Index.Select(Reindex).ToEquatableArray() }] = access;
            }
            return new(_stage, inner, reads, _store is null ? null : Rebuild(_store), Reindex, groups);
        }
    }
}
