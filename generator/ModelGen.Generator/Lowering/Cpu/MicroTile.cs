using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>The register tile of the largest micro-kernel of a product (MR × NR), for one vector width.</summary>
/// <param name="Rows">Rows of a whole tile.</param>
/// <param name="Columns">Columns of a whole tile (lanes included, for the forms that multiply rows).</param>
/// <param name="RowGroups">Points of <see cref="GemmNest.ExtraRows"/> in a whole tile, each with its rows.</param>
/// <param name="ColumnGroups">Points of <see cref="GemmNest.ExtraColumns"/> in a whole tile, each with its columns.</param>
internal sealed record MicroTile(int Rows, int Columns, int RowGroups, int ColumnGroups)
{
    /// <summary>Chosen so that the accumulators fill the registers and every loaded vector is used as often as possible.</summary>
    public static MicroTile Of(GemmNest nest, CpuTarget target, CpuFamily family)
    {
        if (nest.Form == GemmForm.Dots)
        {
            // Accumulators enough to hide a multiply-add's latency, in the registers that there are.
            return target.DotTiles.Select(t => new MicroTile(Fit(nest.M, t.Rows), Fit(nest.N, t.Columns), 1, 1))
                .OrderBy(t => CostOfDots(t, nest, target, family)).First();
        }
        var most = target.TileRows.Count;
        var vectors = Math.Min(most, (nest.N.Factor + target.Lanes - 1) / target.Lanes);
        var columnGroups = nest.ExtraColumns < 0 || nest.N.Factor > vectors * target.Lanes ? 1 : Fit(nest.Loop.Outer[nest.ExtraColumns], most / vectors);
        var tall = target.TileRows[vectors * columnGroups - 1];
        // What follows the sums stands there once for each vector of the tile.
        if (!target.IsPlain) tall = Math.Min(tall, Math.Max(1, family.Jit.StatementsOfAnEpilogue / (vectors * columnGroups * Statements(nest))));
        var rowsOfOne = Fit(nest.M, tall);
        var rowGroups = nest.ExtraRows < 0 || rowsOfOne < nest.M.Factor ? 1 : Fit(nest.Loop.Outer[nest.ExtraRows], Math.Max(1, tall / rowsOfOne));
        return new(rowsOfOne, vectors * target.Lanes, rowGroups, columnGroups);
    }

    /// <summary>The heights of micro-kernels.</summary>
    /// <param name="rows">The rows of the product.</param>
    /// <param name="part">As many are cut together, but for the last ones; 0 for all.</param>
    /// <param name="sums">Accumulators of a row: vectors, or columns of dots.</param>
    public TileCut CutRows(CpuTarget target, CpuFamily family, Axis rows, int part, int sums) =>
        TileCut.Of(Costs(target, family), rows, part, Rows, target.IsPlain ? target.SumsInFlight : sums * RowGroups);

    /// <summary>The widths of micro-kernels of dots.</summary>
    public TileCut CutColumns(CpuTarget target, CpuFamily family, Axis columns) =>
        TileCut.Of(Costs(target, family), columns, 0, Columns, target.IsPlain ? target.SumsInFlight : Rows);

    /// <summary>Panels side by side that a micro-kernel of few rows takes, where one panel would leave it latency-bound: a prediction of one sample would
    /// wait for each.</summary>
    public int PanelsOf(GemmNest nest, CpuTarget target, int rows)
    {
        if (target.IsPlain || nest.Form != GemmForm.Panels || nest.MVariable < 0 || !nest.M.PerSample || nest.LoopVariables.Any()
            || Columns != target.PanelColumns) return 1;
        return Math.Max(1, Math.Min(target.SumsInFlight * target.Lanes / (rows * Columns), Math.Min(nest.N.Factor / Columns, Rows / rows)));
    }

    // What one vector of every row and column takes.
    private static double CostOfDots(MicroTile tile, GemmNest nest, CpuTarget target, CpuFamily family) =>
        tile.CutColumns(target, family, nest.N).Tiles(nest.N.Typical).Sum(n =>
            n.Count * tile.CutRows(target, family, nest.M, 0, n.Size).Cost(nest.M.Typical, n.Size));

    private static TileCosts Costs(CpuTarget target, CpuFamily family) => new(target.SumsInFlight, family.Crossovers.CostOfATile);

    // What follows the sum, for one vector of results; what several stages contain is there once.
    private static int Statements(GemmNest nest) => nest.Epilogue.Count
        + nest.Epilogue.SelectMany(s => s.Stage.Expression.SelfAndDescendants()).Distinct().Count(e => e is not (Expr.Const or Expr.Local));

    // Equal tiles where the number is known: 7 rows in tiles of at most 6 are 4 + 3, not 6 + 1.
    private static int Fit(Axis size, int most)
    {
        if (size.PerSample) return most;
        var tiles = (size.Factor + most - 1) / most;
        return (size.Factor + tiles - 1) / tiles;
    }
}
