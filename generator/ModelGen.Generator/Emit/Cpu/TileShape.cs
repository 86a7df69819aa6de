using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>The register tile of a contraction for one instruction set.</summary>
/// <param name="Rows">Rows of a whole tile.</param>
/// <param name="Columns">Columns of a whole tile (lanes included, for the forms that multiply rows).</param>
/// <param name="RowGroups">Points of <see cref="ContractionPlan.ExtraRows"/> in a whole tile, each with its rows.</param>
/// <param name="ColumnGroups">Points of <see cref="ContractionPlan.ExtraColumns"/> in a whole tile, each with its columns.</param>
internal sealed record TileShape(int Rows, int Columns, int RowGroups, int ColumnGroups)
{
    // The JIT gives up optimising a method of some thousand vector statements; a tile's epilogue stands there once for each of its vectors.
    private const int MostStatements = 500;

    /// <summary>Chosen so that the accumulators fill the registers and every loaded vector is used as often as possible: with 32 registers
    /// 6×64 (24 accumulators), 8×48, 12×32 or 14×16; with 16 registers 6×16 or 10×8.</summary>
    public static TileShape Of(ContractionPlan plan, Isa isa)
    {
        if (plan.Form == ContractionForm.Dots)
        {
            // Sums enough to hide a multiply-add's latency, in the registers that there are.
            var tiles = isa.Registers >= 32 ? new[] { (4, 4) } : new[] { (3, 3), (5, 2), (2, 5) };
            return tiles.Select(t => new TileShape(Fit(plan.M, t.Item1), Fit(plan.N, t.Item2), 1, 1)).OrderBy(t => t.CyclesOfDots(plan)).First();
        }
        var most = isa.IsScalar || isa.Registers >= 32 ? 4 : 2;
        var vectors = Math.Min(most, (plan.N.Factor + isa.Width - 1) / isa.Width);
        var columnGroups = plan.ExtraColumns < 0 || plan.N.Factor > vectors * isa.Width ? 1 : Fit(plan.Loop.Outer[plan.ExtraColumns], most / vectors);
        var tall = isa.IsScalar ? 4 : isa.Registers >= 32 ? (vectors * columnGroups) switch { 4 => 6, 3 => 8, 2 => 12, _ => 14 } : vectors * columnGroups == 2 ? 6 : 10;
        if (!isa.IsScalar) tall = Math.Min(tall, Math.Max(1, MostStatements / (vectors * columnGroups * Statements(plan))));
        var rowsOfOne = Fit(plan.M, tall);
        var rowGroups = plan.ExtraRows < 0 || rowsOfOne < plan.M.Factor ? 1 : Fit(plan.Loop.Outer[plan.ExtraRows], Math.Max(1, tall / rowsOfOne));
        return new(rowsOfOne, vectors * isa.Width, rowGroups, columnGroups);
    }

    // Cycles for one vector of every row and column: a tile starts two multiply-adds in each, and the next on the same sum waits until the last is done.
    private double CyclesOfDots(ContractionPlan plan) => CutColumns(plan.N).Tiles(plan.N.Typical).Sum(n => n.Count * CutRows(plan.M, plan.M.Factor, n.Size).Cost(plan.M.Typical, n.Size));

    // What follows the sum, for one vector of results; what several stages contain is there once.
    private static int Statements(ContractionPlan plan) => plan.Epilogue.Count
        + plan.Epilogue.SelectMany(s => s.Stage.Expression.SelfAndDescendants()).Distinct().Count(e => e is not (Expressions.Expr.Const or Expressions.Expr.Local));

    /// <summary>The heights of tiles.</summary>
    /// <param name="rows">The rows of the contraction.</param>
    /// <param name="part">Rows that are cut together, where their number is known.</param>
    /// <param name="vectors">Vectors of a tile's row.</param>
    public TileCut CutRows(Expressions.Axis rows, int part, int vectors) => TileCut.Of(rows, part, Rows, vectors * RowGroups);

    /// <summary>The widths of tiles of dots.</summary>
    public TileCut CutColumns(Expressions.Axis columns) => TileCut.Of(columns, columns.Factor, Columns, Rows);

    // Equal tiles where the number is known: 7 rows in tiles of at most 6 are 4 + 3, not 6 + 1.
    private static int Fit(Expressions.Axis size, int most)
    {
        if (size.PerSample) return most;
        var tiles = (size.Factor + most - 1) / most;
        return (size.Factor + tiles - 1) / tiles;
    }
}
