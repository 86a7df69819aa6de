using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>How operand B reaches the micro-kernel.</summary>
internal enum OperandB
{
    /// <summary>As it lies: its columns are contiguous and its rows close together.</summary>
    InPlace,

    /// <summary>A parameter, packed into panels once after each update.</summary>
    PackedParameter,

    /// <summary>Each task copies the rows of its block, which lie far apart.</summary>
    CopiedByTask,

    /// <summary>Each task transposes its block, whose columns lie along k.</summary>
    TransposedByTask,

    /// <summary>Both operands are contiguous along k: the micro-kernel multiplies vectors of k and adds up the lanes at the end.</summary>
    AlongK,
}

/// <summary>How a product is computed for one vector width: the loops around the micro-kernel of Goto and van de Geijn (2008), and the micro-kernel
/// itself.</summary>
internal sealed record GemmSchedule : CpuSchedule
{
    private readonly CpuFamily _family;
    private readonly Dictionary<TileForm, MicroKernel> _kernels = new();

    public GemmSchedule(GemmNest nest, CpuTarget target, CpuFamily family)
        : base(target)
    {
        (Nest, _family) = (nest, family);
        Tile = MicroTile.Of(nest, target, family);
        Tasks = new(nest, Tile, target, family);
        B = nest.Form switch
        {
            GemmForm.Dots => OperandB.AlongK,
            GemmForm.Panels => OperandB.PackedParameter,
            GemmForm.Gathered => OperandB.TransposedByTask,
            _ => Tasks.CopiesB && Tasks.RowsAtOnce >= family.Tasks.TilesThatShareACopy * Tile.Rows ? OperandB.CopiedByTask : OperandB.InPlace,
        };
        PrefetchedEpilogue = FarEpilogue();
    }

    /// <summary>Gets the loop nest, with the cache blocks of k (KC).</summary>
    public GemmNest Nest { get; }

    /// <summary>Gets the register tile of the largest micro-kernel (MR × NR).</summary>
    public MicroTile Tile { get; }

    /// <summary>Gets the rows and columns of a task (MC and NC).</summary>
    public GemmTasks Tasks { get; }

    /// <summary>Gets how B reaches the micro-kernel.</summary>
    public OperandB B { get; }

    /// <summary>Gets what follows the sums and lies in rows far apart, which no hardware prefetcher follows: its lines are asked for while the products are
    /// summed up.</summary>
    public IReadOnlyList<Access> PrefetchedEpilogue { get; }

    /// <summary>Gets a value indicating whether k is cut into cache blocks, between which sums wait in the result.</summary>
    public bool IsCut => Nest.BlockedLevels > 0;

    public bool IsDots => B == OperandB.AlongK;

    /// <inheritdoc/>
    public override bool KeepsSumsInResult => IsCut || Nest.Loop.Kernel.Accumulates;

    /// <summary>Gets a value indicating whether a task lays out its block of B for itself before its micro-kernels read it.</summary>
    public bool GathersB => B is OperandB.CopiedByTask or OperandB.TransposedByTask;

    /// <summary>Gets a value indicating whether a costly epilogue is computed for two vectors at a time.</summary>
    public bool HasEpilogueInPairs => Target.ComputesPairs && PairForm.Fits(_family, Nest.Loop, Nest.Epilogue, Nest.NVariable);

    /// <summary>Gets the rows of a panel of a packed B.</summary>
    public long PanelRows => Nest.K.Aggregate(1L, (p, k) => p * k.Factor);

    /// <summary>Gets the turns of the innermost loop from which its bounds are computed.</summary>
    public int TurnsWithBounds => _family.Crossovers.TurnsWithBounds;

    /// <summary>Gets the floats of a cache line.</summary>
    public int Line => _family.Caches.LineFloats;

    /// <summary>Gets the tiles, one after the other, that share the prefetch of the next panel, columns or copy.</summary>
    public int PartsOfAPrefetch => _family.Crossovers.TilesOfAPrefetch;

    /// <summary>Gets the shape of the largest micro-kernel.</summary>
    public TileForm WholeTile => new(Tile.Rows, Tile.Columns, Tile.Columns / Target.Lanes, Tile.RowGroups, Tile.ColumnGroups);

    /// <summary>Gets the heights of micro-kernels of few rows that take several panels side by side, and how many.</summary>
    public IReadOnlyList<(int Rows, int Panels)> LowTiles => IsDots || Nest.N.PerSample ? Array.Empty<(int, int)>()
        : CutRows(Tile.Columns / Target.Lanes).Sizes.Skip(1).Select(rows => (Rows: rows, Panels: Tile.PanelsOf(Nest, Target, rows)))
            .Where(t => t.Panels > 1).ToList();

    /// <summary>Gets the loops around the rows whose points share a panel, and how far apart the points of two tiles are; loops over samples are as long as
    /// the batch is, which may be one.</summary>
    public IEnumerable<(int Variable, int Step)> LoopsOfAPanel => Nest.SharesB
        ? Nest.LoopVariables.Where(j => !Nest.Loop.Outer[j].PerSample).Select(j => (j, j == Nest.ExtraRows ? Tile.RowGroups : 1))
        : Enumerable.Empty<(int, int)>();

    /// <summary>Gets the loop that changes fastest among those for each point of which B is another matrix, or -1.</summary>
    public int PointOfB => Nest.LoopVariables.Where(j => Nest.B.Strides[j] != 0 && !Nest.Loop.Outer[j].PerSample).DefaultIfEmpty(-1).Last();

    /// <summary>Gets a value indicating whether the rows of the copy to come are asked for while micro-kernels read this one: enough tiles, each of which
    /// asks for some rows.</summary>
    public bool CopiesAhead => B == OperandB.CopiedByTask && Nest.K.Count == 1 && IsCut && !Target.IsPlain && Tile.Columns >= Line
        && StepsOfATurn(WholeTile) > 1
        && Tasks.RowsAtOnce >= StepsOfATurn(WholeTile) * Tile.Rows;

    /// <inheritdoc/>
    public override string Description => GemmText.Of(this);

    /// <summary>The heights of micro-kernels with as many accumulators in a row: the largest, then those of the remainder.</summary>
    public TileCut CutRows(int sums) => Tile.CutRows(Target, _family, Nest.M, Tasks.RowsCutTogether, sums);

    /// <summary>The widths of micro-kernels of dots.</summary>
    public TileCut CutColumns() => Tile.CutColumns(Target, _family, Nest.N);

    /// <summary>The micro-kernel of a shape; the same one whenever it is asked for.</summary>
    public MicroKernel Kernel(TileForm form)
    {
        if (!_kernels.TryGetValue(form, out var kernel)) _kernels.Add(form, kernel = Make(form));
        return kernel;
    }

    /// <summary>Whether the whole loop over k is written out: so short that a loop would cost more than its body.</summary>
    public bool IsUnrolled(TileForm form, Axis k) => !k.PerSample && k.Factor <= _family.Jit.UnrolledSteps
        && k.Factor * form.Sums <= _family.Jit.UnrolledMultiplyAdds;

    /// <summary>Whether the vectors of a dot's innermost loop are written out.</summary>
    public bool IsUnrolledDot(Axis k) => !k.PerSample && Nest.K.Count > 1 && k.Factor <= _family.Jit.UnrolledVectorsOfADot * Target.Lanes;

    /// <summary>Vectors of a dot that one turn takes, where turns take all of them.</summary>
    public int StepsOfADot(Axis k, int sums)
    {
        if (Target.IsPlain || k.PerSample || sums < Math.Min(Target.SumsInFlight, Tile.Rows * Tile.Columns)) return 1;
        var steps = _family.Jit.StepsOfADot;
        while (steps > 1 && (k.Factor / Target.Lanes % steps != 0 || steps * sums > _family.Jit.MultiplyAddsOfATurn)) steps /= 2;
        return steps;
    }

    private MicroKernel Make(TileForm form)
    {
        var steps = StepsOfATurn(form);
        var lines = steps * form.Vectors * Target.Lanes / (PartsOfAPrefetch * Line);
        var rows = steps / PartsOfAPrefetch;
        var (prefetch, perTurn) = AsksForNextPanel(form, lines) ? (Prefetch.NextPanel, lines)
            : AsksForNextColumns(form, rows) ? (Prefetch.NextColumns, rows)
            : CopiesAhead && form == WholeTile ? (Prefetch.NextCopy, 1)
            : (Prefetch.None, 0);
        return new(form, steps, prefetch, perTurn, !Target.IsPlain && !IsDots && form.Sums > _family.Jit.SumsWithACostlyEpilogue
            && form is { RowGroups: 1, ColumnGroups: 1 } && Nest.HasCostlyEpilogue);
    }

    // The taken branch and the moved pointers of a longer turn cost less, wherever the loop comes to lie.
    private int StepsOfATurn(TileForm form)
    {
        if (Target.IsPlain) return 1;
        // Remainder tiles are kept shorter, and are not unrolled where they are latency-bound anyway.
        var most = form.AllRows == Tile.Rows * Tile.RowGroups ? _family.Jit.MultiplyAddsOfATurn
            : form.Sums < Target.SumsInFlight ? 1 : _family.Jit.MultiplyAddsOfATurn / _family.Jit.PartOfATurnForRemainders;
        var level = Nest.K.Count - 1;
        var (axis, isCut) = (Nest.K[level], level == Nest.BlockedLevels - 1);
        var steps = _family.Jit.StepsOfATurn;
        while (steps > 1 && !((axis.PerSample || axis.Factor % steps == 0) && (!isCut || Nest.BlockLength % steps == 0)
            && steps * form.Sums <= most)) steps /= 2;
        return steps;
    }

    // A matrix of many panels comes from afar, and the first tile of a panel would wait for it: the tiles before ask for it, each for a part.
    private bool AsksForNextPanel(TileForm form, int lines) => !Target.IsPlain && B == OperandB.PackedParameter && Nest.MVariable >= 0
        && Nest.N.Factor > Target.PanelColumns
        && form.Rows == Tile.Rows && form.Columns == Tile.Columns && lines > 0 && PanelRows * Nest.N.Factor >= _family.Caches.L2Floats
            && TilesOfAPanel >= PartsOfAPrefetch;

    // Tiles, one after the other, that read the same panel.
    private int TilesOfAPanel => Tasks.RowsAtOnce / Tile.Rows * LoopsOfAPanel.Aggregate(1, (p, l) => p * (Nest.Loop.Outer[l.Variable].Factor / l.Step));

    // As for panels, where B is another matrix for each point of a loop around the rows and lies as it is: its next columns, then those of the next point.
    private bool AsksForNextColumns(TileForm form, int rows) => !Target.IsPlain && B == OperandB.InPlace && !IsCut && Nest.MVariable >= 0 && !Nest.N.PerSample
        && Nest.K.Count == 1 && !Nest.K[0].PerSample
        && form == WholeTile && form.RowGroups * form.ColumnGroups == 1 && form.Columns % Line == 0 && rows > 0 && PointOfB >= 0
        && Nest.Loop.Kernel.Arguments[Nest.B.Argument].Shape is { IsPerSample: false } shape && shape.Length.Factor >= _family.Caches.L2Floats
            && Tasks.RowsAtOnce >= PartsOfAPrefetch * Tile.Rows;

    private IReadOnlyList<Access> FarEpilogue()
    {
        if (Target.IsPlain || IsDots || IsCut || Nest.MVariable < 0 || Nest.Depth < _family.Crossovers.DepthOfAPrefetch) return Array.Empty<Access>();
        return Nest.Epilogue.SelectMany(s => s.Accesses).Distinct()
            .Where(a => a.Strides[Nest.MVariable] >= _family.Caches.FarApartFloats && a.Strides[Nest.NVariable] == 1
            && Nest.Loop.Kernel.Arguments[a.Argument].Shape.Length.Typical >= _family.Caches.LargeL2Floats).ToList();
    }
}
