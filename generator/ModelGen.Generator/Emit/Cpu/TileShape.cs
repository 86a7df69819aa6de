using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>The register tile of a contraction for one instruction set.</summary>
/// <param name="Isa">The instruction set.</param>
/// <param name="Rows">Rows of a whole tile.</param>
/// <param name="Columns">Columns of a whole tile (lanes included, for the forms that multiply rows).</param>
/// <param name="RowGroups">Points of <see cref="ContractionPlan.ExtraRows"/> in a whole tile, each with its rows.</param>
/// <param name="ColumnGroups">Points of <see cref="ContractionPlan.ExtraColumns"/> in a whole tile, each with its columns.</param>
internal sealed record TileShape(Isa Isa, int Rows, int Columns, int RowGroups, int ColumnGroups)
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
            return tiles.Select(t => new TileShape(isa, Fit(plan.M, t.Item1), Fit(plan.N, t.Item2), 1, 1)).OrderBy(t => t.CostOfDots(plan)).First();
        }
        var most = isa.IsScalar || isa.Registers >= 32 ? 4 : 2;
        var vectors = Math.Min(most, (plan.N.Factor + isa.Width - 1) / isa.Width);
        var columnGroups = plan.ExtraColumns < 0 || plan.N.Factor > vectors * isa.Width ? 1 : Fit(plan.Loop.Outer[plan.ExtraColumns], most / vectors);
        var tall = isa.IsScalar ? 4 : isa.Registers >= 32 ? (vectors * columnGroups) switch { 4 => 6, 3 => 8, 2 => 12, _ => 14 } : vectors * columnGroups == 2 ? 6 : 10;
        if (!isa.IsScalar) tall = Math.Min(tall, Math.Max(1, MostStatements / (vectors * columnGroups * Statements(plan))));
        var rowsOfOne = Fit(plan.M, tall);
        var rowGroups = plan.ExtraRows < 0 || rowsOfOne < plan.M.Factor ? 1 : Fit(plan.Loop.Outer[plan.ExtraRows], Math.Max(1, tall / rowsOfOne));
        return new(isa, rowsOfOne, vectors * isa.Width, rowGroups, columnGroups);
    }

    // What one vector of every row and column takes.
    private double CostOfDots(ContractionPlan plan) => CutColumns(plan.N).Tiles(plan.N.Typical).Sum(n => n.Count * CutRows(plan.M, 0, n.Size).Cost(plan.M.Typical, n.Size));

    // What follows the sum, for one vector of results; what several stages contain is there once.
    private static int Statements(ContractionPlan plan) => plan.Epilogue.Count
        + plan.Epilogue.SelectMany(s => s.Stage.Expression.SelfAndDescendants()).Distinct().Count(e => e is not (Expressions.Expr.Const or Expressions.Expr.Local));

    /// <summary>The heights of tiles.</summary>
    /// <param name="rows">The rows of the contraction.</param>
    /// <param name="part">As many are cut together, but for the last ones; 0 for all.</param>
    /// <param name="sums">Sums of a row: vectors, or columns of dots.</param>
    public TileCut CutRows(Expressions.Axis rows, int part, int sums) => TileCut.Of(rows, part, Rows, Isa.IsScalar ? TileCut.UnderWay : sums * RowGroups);

    /// <summary>The widths of tiles of dots.</summary>
    public TileCut CutColumns(Expressions.Axis columns) => TileCut.Of(columns, 0, Columns, Isa.IsScalar ? TileCut.UnderWay : Rows);

    /// <summary>Panels side by side that a tile of few rows takes, where those of one panel would be too few sums: a prediction of one sample would wait for each.</summary>
    public int PanelsOf(ContractionPlan plan, int rows)
    {
        if (Isa.IsScalar || plan.Form != ContractionForm.Panels || plan.MVariable < 0 || !plan.M.PerSample || plan.LoopVariables.Any() || Columns != Isa.PanelWidth) return 1;
        return Math.Max(1, Math.Min(TileCut.UnderWay * Isa.Width / (rows * Columns), Math.Min(plan.N.Factor / Columns, Rows / rows)));
    }

    // Equal tiles where the number is known: 7 rows in tiles of at most 6 are 4 + 3, not 6 + 1.
    private static int Fit(Expressions.Axis size, int most)
    {
        if (size.PerSample) return most;
        var tiles = (size.Factor + most - 1) / most;
        return (size.Factor + tiles - 1) / tiles;
    }
}
