using System;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>How many columns are summed side by side: of a sum over rows, such as a bias' gradient, one vector alone takes a part of a line of each row, and
/// each addition waits for the one before.</summary>
internal static class StripForm
{
    /// <summary>Columns that a task has at least: a strip, or one vector of the widest kind where there are none.</summary>
    public static int LeastLanes(CpuFamily family, LoopKernel loop, int variable) =>
        Vectors(family, family.Narrowest, loop, variable) > 1 ? Lanes(family, loop, variable) : family.Widest.Lanes;

    /// <summary>Vectors of a strip, or one where strips gain nothing: the kernel sums over rows, and may look at the rows again with what it found.</summary>
    /// <param name="variable">The one that runs over the columns.</param>
    public static int Vectors(CpuFamily family, CpuTarget target, LoopKernel loop, int variable)
    {
        var sums = loop.Stages.Where(s => s.Stage is ReduceStage).ToList();
        if (target.IsPlain || sums.Count == 0
            || sums.Any(s => s.Stage is not ReduceStage { Combine: Combine.Sum } || Rows(s) < family.Crossovers.RowsOfAStrip)) return 1;
        if (loop.Stages.Any(s => s.Stage.Expression.IsCostly() || s.Stage.Expression.Has(e => e is Expr.Random))) return 1;
        if (loop.Stages.SelectMany(s => s.Accesses).Any(a => a.Guards.Count > 0 || a.Special.Count > 0 || a.Strides[variable] is not (0 or 1))) return 1;
        var vectors = Lanes(family, loop, variable) / target.Lanes;
        while (vectors > 1 && vectors * sums.Count > family.Crossovers.SumsOfAStrip) vectors /= 2;
        return Math.Max(1, vectors);
    }

    private static long Rows(LoopStage stage) => stage.Inner.Aggregate(1L, (p, a) => p * a.Typical);

    // Where the rows are gone over again, each vector needs registers for what its columns have in common.
    private static int Lanes(CpuFamily family, LoopKernel loop, int variable)
    {
        var columns = loop.Outer[variable];
        var passes = loop.Stages.Where(s => s.Inner.Count > 0).ToList();
        var isOnePass = passes
            .All(s => s.Stage is ReduceStage && s.Inner.SequenceEqual(passes[0].Inner) && !s.Stage.Expression.SelfAndDescendants().OfType<Expr.Local>().Any());
        return isOnePass && (columns.PerSample || columns.Factor >= family.Crossovers.StripsToShare * family.Caches.PairOfLinesFloats)
            ? family.Caches.PairOfLinesFloats : family.Caches.LineFloats;
    }
}
