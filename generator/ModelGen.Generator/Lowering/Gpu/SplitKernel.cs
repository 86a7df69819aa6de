using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>Takes kernels apart that compute few values from many: sums over parts run side by side, a second kernel combines them, in order,
/// and what each of the many elements then needs is a map of its own.</summary>
/// <remarks>So are the weight gradient of a convolution (a few hundred sums over every pixel of the batch) and batch normalisation
/// (two statistics for each channel, then every pixel). As one kernel a handful of groups would work and the rest of the device wait.</remarks>
internal static class SplitKernel
{
    /// <summary>The pieces of a contraction; null where one kernel does as well.</summary>
    /// <param name="groups">Groups of each part.</param>
    public static KernelPieces? OfContraction(GpuTarget target, Kernel kernel, long groups)
    {
        var product = (ReduceStage)kernel.Stages[0];
        var parts = Parts(target, Extent.Of(product.Inner), groups, 2);
        if (kernel.IsStepped || parts < 2 || !Extent.Of(kernel.Outer).IsLiteral) return null;
        var pieces = new KernelPieces(kernel);
        var stages = new List<Stage>(AddParts(pieces, kernel, new[] { product }, parts, "", s => s));
        stages.AddRange(kernel.Stages.Skip(1));
        pieces.Add("_Combine", kernel.Outer, stages, isPart: false);
        return PartsStandAlone(pieces);
    }

    /// <summary>The pieces of a reduction or row kernel; null where one kernel does as well.</summary>
    public static KernelPieces? OfLoops(GpuTarget target, Kernel kernel)
    {
        var points = Extent.Of(kernel.Outer);
        if (kernel.IsStepped || !points.IsLiteral || points.Factor >= target.PointsThatFill || !kernel.Stages.Any(s => IsLong(target, s))) return null;
        // A position depends on the order of all parts, and is rare.
        if (kernel.Stages.Any(s => IsLong(target, s) && s is ReduceStage r && Monoid.Of(r.Combine).KeepsPosition)) return null;
        var pieces = new KernelPieces(kernel);
        var values = new Dictionary<int, int>();
        var pending = new List<Stage>();
        var count = 0;
        var ofAPart = LoopMapping.Of(target, LoopKernel.Of(kernel), 2).Points;
        for (var s = 0; s < kernel.Stages.Count; s++)
        {
            var stage = kernel.Stages[s];
            if (!IsLong(target, stage))
            {
                pending.Add(stage);
                continue;
            }
            Flush(s);
            if (stage is StoreStage store)
            {
                AddMap(pieces, Suffix(), kernel.Outer.Concat(store.Inner).ToList(), (StoreStage)Outside(store, store.Inner.Count));
                continue;
            }
            var phase = new List<ReduceStage> { (ReduceStage)stage };
            while (s + 1 < kernel.Stages.Count && kernel.Stages[s + 1] is ReduceStage next && !Monoid.Of(next.Combine).KeepsPosition
                && next.Inner == stage.Inner
                && !phase.Any(p => next.Body.Contains(new Expr.Local(p.Local))))
            {
                phase.Add(next);
                s++;
            }
            var parts = Math.Max(1, Parts(target, Extent.Of(stage.Inner), (points.Factor + ofAPart - 1) / ofAPart, 1));
            pending.AddRange(AddParts(pieces, kernel, phase, parts, Suffix(), r => (ReduceStage)Outside(r, r.Inner.Count)));
        }
        Flush(kernel.Stages.Count);
        return PartsStandAlone(pieces);

        string Suffix() => count++ == 0 ? "" : "_Step" + count.ToString(CultureInfo.InvariantCulture);

        // The values of a piece that later ones need go through memory.
        void Flush(int before)
        {
            if (pending.Count == 0) return;
            var own = pending.Select((p, at) => Outside(p, p.Inner.Count)).ToList();
            foreach (var local in pending.Select(p => p is ReduceStage r ? r.Local : p is LetStage l ? l.Local : -1).Where(l => l >= 0))
            {
                if (!kernel.Stages.Skip(before).Any(s => s.Expression.Contains(new Expr.Local(local)))) continue;
                var value = pieces.AddScratch(kernel.Outer);
                own.Add(new StoreStage(EquatableArray<Axis>.Empty, new Expr.Local(local), value,
                    Variables(kernel.Outer.Count, kernel.Outer.Count).ToEquatableArray()));
                values[local] = value;
            }
            pieces.Add(Suffix(), kernel.Outer, own, isPart: false);
            pending.Clear();
        }

        // Values of earlier pieces are read from memory.
        Stage Outside(Stage stage, int inner)
        {
            var rank = kernel.Outer.Count + inner;
            Expr Read(Expr e) => e.Replace(x => x is Expr.Local l && values.TryGetValue(l.Id, out var value)
                ? new Expr.Load(value, Variables(kernel.Outer.Count, rank).ToEquatableArray()) : null);
            return stage switch
            {
                ReduceStage r => r with { Body = Read(r.Body) },
                LetStage l => l with { Value = Read(l.Value) },
                StoreStage s => s with { Value = Read(s.Value) },
                _ => stage,
            };
        }
    }

    // The number of the part must stay a variable of its own.
    private static KernelPieces? PartsStandAlone(KernelPieces pieces) =>
        pieces.Pieces.Where(p => p.IsPart).All(p => LoopKernel.Of(p.Kernel).Outer is { Count: > 0 } outer && outer[0] == p.Kernel.Outer[0])
            ? pieces : null;

    // One thread for each element, in the order in which the elements lie.
    private static void AddMap(KernelPieces pieces, string suffix, IReadOnlyList<Axis> axes, StoreStage store)
    {
        var rank = axes.Count;
        var order = store.Index.Select(i => i.AsVariable()).ToList();
        if (order.Count != rank || order.Any(j => j < 0) || order.Distinct().Count() != rank) order = Enumerable.Range(0, rank).ToList();
        var moved = Enumerable.Range(0, rank).Select(j => AffineIndex.Variable(rank, order.IndexOf(j))).ToArray();
        var value = Substitution.Apply(store.Value, moved, rank) ?? throw new InvalidOperationException("A permuted index stays affine.");
        var index = store.Index
            .Select(i => i.Substitute(moved, rank) ?? throw new InvalidOperationException("A permuted index stays affine.")).ToEquatableArray();
        pieces.Add(suffix, order.Select(j => axes[j]), new[] { new StoreStage(EquatableArray<Axis>.Empty, value, store.Argument, index) }, isPart: false);
    }

    private static bool IsLong(GpuTarget target, Stage stage) =>
        stage.Inner.Count > 0 && Extent.Of(stage.Inner).At(target.TypicalBatch) >= target.PointsOfASplit;

    private static int Parts(GpuTarget target, Extent inner, long groups, int least)
    {
        var points = inner.At(target.TypicalBatch);
        if (points < target.PointsOfASplit) return 1;
        var parts = (int)Math.Min(Math.Min(target.WantedGroups / Math.Max(1, groups), points / target.PointsOfAPart), target.MostParts);
        return parts < least ? 1 : parts;
    }

    // The kernel of the parts, and the stages that combine them.
    private static IEnumerable<Stage> AddParts(
        KernelPieces pieces, Kernel kernel, IReadOnlyList<ReduceStage> phase, int parts, string suffix, Func<ReduceStage, ReduceStage> prepare)
    {
        // Of one part there is nothing to combine; two keep the form.
        parts = Math.Max(2, parts);
        var rank = kernel.Outer.Count;
        var stages = new List<Stage>();
        var combine = new List<Stage>();
        foreach (var reduce in phase)
        {
            // The part is one more outer axis, the first, that no read looks at.
            var from = rank + reduce.Inner.Count;
            var moved = Enumerable.Range(0, from).Select(j => AffineIndex.Variable(from + 1, j + 1)).ToArray();
            var body = Substitution.Apply(prepare(reduce).Body, moved, from + 1) ?? throw new InvalidOperationException("A shifted index stays affine.");
            stages.Add(reduce with { Body = body });
            var scratch = pieces.AddScratch(kernel.Outer.Prepend(parts));
            combine.Add(new ReduceStage(reduce.Local, new Axis[] { parts }.ToEquatableArray(), reduce.Combine,
                new Expr.Load(scratch, Enumerable.Range(0, rank + 1).Select(d => AffineIndex.Variable(rank + 1, d == 0 ? rank : d - 1)).ToEquatableArray())));
            stages.Add(new StoreStage(EquatableArray<Axis>.Empty, new Expr.Local(reduce.Local), scratch, Variables(rank + 1, rank + 1).ToEquatableArray()));
        }
        // Sums first, so that they share a loop.
        pieces.Add(suffix, kernel.Outer.Prepend(parts), stages.OrderBy(s => s is ReduceStage ? 0 : 1).ToList(), isPart: true);
        return combine;
    }

    private static IEnumerable<AffineIndex> Variables(int count, int rank) => Enumerable.Range(0, count).Select(k => AffineIndex.Variable(rank, k));
}
