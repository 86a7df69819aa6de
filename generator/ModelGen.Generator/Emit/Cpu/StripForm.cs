using System;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>How many columns are summed side by side: of a sum over rows, such as a bias' gradient, one vector alone takes a part of a line of each
/// row, and each addition waits for the one before.</summary>
internal static class StripForm
{
    // Floats of a line, and of the two that a processor fetches together.
    private const int Line = 16;
    private const int TwoLines = 32;

    // Strips that are enough to share out.
    private const int EnoughStrips = 4;

    // Sums at once: half of sixteen registers, the others are for what is added.
    private const int MostSums = 8;

    // Rows that are worth it.
    private const int LeastRows = 16;

    /// <summary>Columns that a task has at least: a strip, or one vector of the widest kind where there are none.</summary>
    public static int LeastLanes(LoopKernel loop, int variable) => Vectors(loop, Isa.Avx2, variable) > 1 ? Lanes(loop.Outer[variable]) : Line;

    /// <summary>Vectors of a strip, or one where strips gain nothing: the stages are sums over the same rows and what is made of them.</summary>
    /// <param name="variable">The one that runs over the columns.</param>
    public static int Vectors(LoopKernel loop, Isa isa, int variable)
    {
        var sums = loop.Stages.TakeWhile(s => s.Stage is ReduceStage { Combine: Combine.Sum }).ToList();
        if (isa.IsScalar || sums.Count == 0 || loop.Stages.Skip(sums.Count).Any(s => s.Stage is ReduceStage || s.Inner.Count > 0)) return 1;
        if (sums.Any(s => !s.Inner.SequenceEqual(sums[0].Inner) || s.Stage.Expression.SelfAndDescendants().OfType<Expr.Local>().Any())) return 1;
        var rows = sums[0].Inner.Aggregate(1L, (p, a) => p * a.Typical);
        if (rows < LeastRows || loop.Stages.Any(s => s.Stage.Expression.IsCostly() || s.Stage.Expression.SelfAndDescendants().Any(e => e is Expr.Random))) return 1;
        if (loop.Stages.SelectMany(s => s.Accesses).Any(a => a.Guards.Count > 0 || a.Special.Count > 0 || a.Strides[variable] is not (0 or 1))) return 1;
        var vectors = Lanes(loop.Outer[variable]) / isa.Width;
        while (vectors > 1 && vectors * sums.Count > MostSums) vectors /= 2;
        return Math.Max(1, vectors);
    }

    private static int Lanes(Axis columns) => !columns.PerSample && columns.Factor < EnoughStrips * TwoLines ? Line : TwoLines;
}
