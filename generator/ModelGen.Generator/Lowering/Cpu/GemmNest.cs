using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

internal enum GemmForm
{
    /// <summary>The columns of B lie side by side: broadcast an element of A, multiply a row piece of B, accumulate in registers.</summary>
    Rows,

    /// <summary>As Rows, after B has been laid out in panels.</summary>
    Panels,

    /// <summary>As Rows, with B laid out in panels by each task for itself: where B is no parameter, or another one for each point of a loop.</summary>
    Gathered,

    /// <summary>Both factors lie side by side along the axis summed over: multiply vectors, add up the lanes at the end.</summary>
    Dots,
}

/// <summary>The loop nest of a product, <c>C[loops, m, n] = Σ_k A[loops, m, k]·B[loops, n, k]</c>: the roles of its axes, the form in which B reaches the
/// micro-kernel, and the cache blocks of k. It is the same for all vector widths, because it decides what is packed and in which order sums are added
/// up.</summary>
internal sealed class GemmNest
{
    private readonly CpuFamily _family;

    private GemmNest(CpuFamily family, LoopKernel loop, GemmForm form, Expr.Load aLoad, Expr.Load bLoad, int m, int n)
    {
        _family = family;
        (Loop, Form, ALoad, BLoad, MVariable, NVariable) = (loop, form, aLoad, bLoad, m, n);
        var stage = loop.Stages[0];
        (A, B) = (stage.Reads[aLoad], stage.Reads[bLoad]);
        K = stage.Inner;
        KVariables = Enumerable.Range(loop.Outer.Count, K.Count).ToList();
        LoopVariables = Enumerable.Range(loop.StepAxes, loop.Outer.Count - loop.StepAxes).Where(j => j != m && j != n).ToList();
        OwnLoops = Form == GemmForm.Rows ? LoopsOfB() : Array.Empty<int>();
        ExtraColumns = Form == GemmForm.Rows && OwnLoops.Count == 0 && !N.PerSample && N.Factor <= _family.Crossovers.ColumnsToExtend ? Nearest(B, A) : -1;
        ExtraRows = Form != GemmForm.Dots && !M.PerSample ? Nearest(A, B) : -1;
        (BlockedLevels, BlockLength) = Block();
    }

    public LoopKernel Loop { get; }

    public GemmForm Form { get; }

    public Expr.Load ALoad { get; }

    public Expr.Load BLoad { get; }

    public Access A { get; }

    public Access B { get; }

    /// <summary>The axis whose elements are rows of a tile, or -1.</summary>
    public int MVariable { get; }

    /// <summary>The axis whose elements are columns of a tile.</summary>
    public int NVariable { get; }

    public Axis M => MVariable < 0 ? 1 : Loop.Outer[MVariable];

    public Axis N => Loop.Outer[NVariable];

    public IReadOnlyList<Axis> K { get; }

    public IReadOnlyList<int> KVariables { get; }

    /// <summary>A loop whose points may be further columns of a tile where the columns alone are few, or -1.</summary>
    public int ExtraColumns { get; }

    /// <summary>A loop whose points may be further rows of a tile where the rows alone are few, or -1.</summary>
    public int ExtraRows { get; }

    /// <summary>How many of the axes summed over, from the outermost, are cut into blocks so that a block of B stays in the cache while all rows pass by.
    /// Between blocks the sums wait in the result.</summary>
    public int BlockedLevels { get; }

    /// <summary>Positions of the last blocked axis in one block; one of the others.</summary>
    public int BlockLength { get; }

    /// <summary>True where B is the same for all loops around the rows.</summary>
    public bool SharesB => LoopVariables.All(j => B.Strides[j] == 0);

    /// <summary>True where the rows of B lie in lines that compete for the same places of a cache.</summary>
    public bool HasRowsOfBFarApart => Math.Abs(B.Strides[KVariables[KVariables.Count - 1]]) >= _family.Caches.FarApartFloats;

    /// <summary>Loops for each point of which B is another matrix, large and spread out, while many rows share it: they go around all else. Empty where they
    /// need not.</summary>
    public IReadOnlyList<int> OwnLoops { get; }

    // Phases of a strided convolution: for each there are weights of its own.
    private IReadOnlyList<int> LoopsOfB()
    {
        var own = LoopVariables.Where(j => B.Strides[j] != 0).ToList();
        var rows = LoopVariables.Where(j => B.Strides[j] == 0).Aggregate((long)M.Typical, (p, j) => p * Loop.Outer[j].Typical);
        return own.Any(j => Loop.Outer[j].PerSample) || N.PerSample || K.Any(k => k.PerSample) || MVariable < 0 || !HasRowsOfBFarApart
            || rows < _family.Crossovers.RowsOfOwnLoops
            || K.Aggregate((long)N.Factor, (p, k) => p * k.Factor) <= _family.Caches.L1Floats ? Array.Empty<int>() : own;
    }

    // Whether a task may well turn B around for itself: a small matrix, for many rows.
    private bool CanGather => !N.PerSample && N.Factor >= _family.Crossovers.ColumnsOfAGather && MVariable >= 0
        && (M.PerSample || M.Factor >= _family.Crossovers.RowsOfAGather) && B.Strides[KVariables[KVariables.Count - 1]] == 1
        && !K.Any(k => k.PerSample) && K.Aggregate(1L, (p, k) => p * k.Factor) <= _family.Crossovers.DepthOfAGather;

    /// <summary>Positions of the axes summed over that are walked through at once, at a batch of a usual size.</summary>
    public long Depth => K.Skip(BlockedLevels).Aggregate((long)(BlockedLevels > 0 ? BlockLength : 1), (p, k) => p * k.Typical);

    /// <summary>Outer axes that are neither: batch axes and further rows and columns.</summary>
    public IReadOnlyList<int> LoopVariables { get; }

    /// <summary>What a tile is given beside its corner: the step of a recurrence, and the loops.</summary>
    public IEnumerable<int> GivenVariables => Enumerable.Range(0, Loop.StepAxes).Concat(LoopVariables);

    /// <summary>Whether what follows the sum can be done on a tile: operands contiguous or constant along its rows; of dots, number by number, at plain
    /// addresses.</summary>
    public bool EpilogueFits => Epilogue.All(s => s.Inner.Count == 0 && s.PositionsAreLinear
        && s.Accesses.All(a => a.Guards.Count == 0 && !a.Special.Any(x => Form == GemmForm.Dots || x.Index.DependsOn(NVariable))
            && (Form == GemmForm.Dots || a.Strides[NVariable] is 0 or 1))
        && (s.Store is null || Form == GemmForm.Dots || s.Store.Strides[NVariable] == 1));

    /// <summary>True where a function of many instructions follows the sum.</summary>
    public bool HasCostlyEpilogue => Epilogue.Any(s => s.Stage.Expression.IsCostly());

    /// <summary>What follows the sum.</summary>
    public IReadOnlyList<LoopStage> Epilogue => Loop.Stages.Skip(1).ToList();

    /// <summary>Null where the kernel is no contraction or its data lie too scattered for tiles.</summary>
    public static GemmNest? Of(Kernel kernel, CpuFamily family)
    {
        if (!kernel.IsContraction) return null;
        var loop = LoopKernel.Of(kernel);
        var stage = loop.Stages[0];
        var (first, second) = Contraction.Factors(stage.Stage.Expression)!.Value;
        Access x = stage.Reads[first], y = stage.Reads[second];
        if (new[] { x, y }.Any(a => a.Guards.Count > 0 || a.Special.Count > 0) || stage.Inner.Count == 0) return null;
        var stores = loop.Stages.Where(s => s.Store is not null).Select(s => s.Store!).ToList();

        // Rows that lie close together, where there are enough of them for a tile; else the longest axis.
        int RowsOf(Access a, Access b) => Enumerable.Range(loop.StepAxes, loop.Outer.Count - loop.StepAxes).Where(j => a.Strides[j] != 0 && b.Strides[j] == 0)
            .OrderBy(j => !loop.Outer[j].PerSample && loop.Outer[j].Factor >= family.Crossovers.RowsOfATile ? Math.Abs((long)a.Strides[j]) : long.MaxValue)
            .ThenByDescending(j => loop.Outer[j].PerSample ? long.MaxValue : loop.Outer[j].Factor).ThenByDescending(j => j).Cast<int?>().FirstOrDefault() ?? -1;

        // The result's own rows: an axis along which it is contiguous.
        var n = loop.Outer.Count - 1;
        while (n >= loop.StepAxes && !stores.All(s => s.Strides[n] == 1)) n--;
        GemmNest? dots = null;
        var lastK = loop.Outer.Count + stage.Inner.Count - 1;
        if (x.Strides[lastK] == 1 && y.Strides[lastK] == 1)
        {
            int rows = RowsOf(x, y), columns = RowsOf(y, x);
            if (rows >= 0 && columns >= 0
                && new GemmNest(family, loop, GemmForm.Dots, first, second, rows, columns) is { EpilogueFits: true } fitting) dots = fitting;
        }
        if (n < loop.StepAxes) return dots;
        foreach (var (a, b, aLoad, bLoad) in new[] { (x, y, first, second), (y, x, second, first) })
        {
            if (a.Strides[n] != 0 || b.Strides[n] == 0) continue;
            GemmNest Make(GemmForm form) => new(family, loop, form, aLoad, bLoad, RowsOf(a, b), n);
            var plan = Make(GemmForm.Panels);
            // Panels need a matrix of known size that is the same for all loops.
            var canPack = !plan.K.Any(k => k.PerSample) && !plan.N.PerSample && plan.SharesB;
            if (b.Strides[n] == 1
                && !(canPack && plan.HasRowsOfBFarApart && plan.K.Aggregate((long)plan.N.Factor, (p, k) => p * k.Factor) > family.Caches.L1Floats))
            {
                plan = Make(GemmForm.Rows);

                // Short rows leave lanes idle; where the summed axis is longer, dots use more of them.
                if (dots is not null && !plan.N.PerSample && plan.N.Factor < family.Crossovers.ColumnsOfRows
                    && Length(stage.Inner[stage.Inner.Count - 1]) > plan.N.Factor) return dots;
                return plan;
            }
            if (canPack) return dots is { HasCostlyEpilogue: false } && plan.UsesFewLanes()
                && Length(stage.Inner[stage.Inner.Count - 1]) >= family.Crossovers.DepthOfDots ? dots : plan;
            if (plan.CanGather) return Make(GemmForm.Gathered);
        }
        return dots;
    }

    /// <summary>The form without panels, where the factor turned out not to be a parameter.</summary>
    public GemmNest? WithoutPanels()
    {
        if (Form != GemmForm.Panels) return this;
        if (B.Strides[NVariable] == 1) return new(_family, Loop, GemmForm.Rows, ALoad, BLoad, MVariable, NVariable);
        if (CanGather) return new(_family, Loop, GemmForm.Gathered, ALoad, BLoad, MVariable, NVariable);
        var last = KVariables[KVariables.Count - 1];
        return A.Strides[last] == 1 && B.Strides[last] == 1 && MVariable >= 0 ? new(_family, Loop, GemmForm.Dots, ALoad, BLoad, MVariable, NVariable) : null;
    }

    // The loop along which one factor moves least and the other not at all.
    private int Nearest(Access moves, Access stays) => LoopVariables
        .Where(j => moves.Strides[j] != 0 && stays.Strides[j] == 0 && Loop.Outer[j] is { PerSample: false, Factor: > 1 })
        .OrderBy(j => Math.Abs((long)moves.Strides[j])).DefaultIfEmpty(-1).First();

    private (int Levels, int Length) Block()
    {
        if (Form == GemmForm.Dots) return BlockOfDots();
        if (N.PerSample || !SharesB && OwnLoops.Count == 0 && !(M.PerSample || M.Factor > _family.Crossovers.RowsOfAnUncutBlock)) return (0, 0);
        if (K.Count == 1 && K[0] is { PerSample: true, Factor: var samples } && samples < _family.Crossovers.PositionsOfASample) return (0, 0);
        var columns = Math.Min(N.Factor, _family.Crossovers.ColumnsOfABlock);
        long inner = columns, block = MVariable >= 0 && A.Strides[MVariable] == 1 ? _family.Caches.L1Floats : _family.Caches.L2BlockFloats;
        var level = K.Count;
        // The levels that fit whole, from the innermost; one of the batch's size never does.
        while (level > 0 && !K[level - 1].PerSample && inner * K[level - 1].Factor <= block) inner *= K[--level].Factor;
        if (level == 0) return (0, 0);
        // Whole turns of the innermost loop.
        var most = level == K.Count ? Whole(block / inner) : Math.Max(1, block / inner);
        var size = K[level - 1].Typical;
        if (K[level - 1].PerSample) return (level, (int)most);
        var blocks = (size + most - 1) / most;
        return (level, (int)Math.Min(most, level == K.Count ? Whole((size + blocks - 1) / blocks + _family.Crossovers.StepOfABlock - 1)
            : (size + blocks - 1) / blocks));
    }

    // A sum over a batch that no near cache holds, read by several tiles: some samples for all tiles, then the next ones.
    private (int Levels, int Length) BlockOfDots()
    {
        long Floats(Access access) => Loop.Kernel.Arguments[access.Argument].Shape is { IsPerSample: true } shape ? shape.Length.Factor : 0;
        var floats = Floats(A) + Floats(B);
        var results = LoopVariables.Append(MVariable).Append(NVariable).Aggregate(1L, (p, j) => p * Loop.Outer[j].Typical);
        return K.Count < 2 || K[0] is not { PerSample: true, Factor: 1 } || floats * Axis.TypicalBatch <= _family.Caches.L2BlockFloats
            || floats > _family.Caches.L2BlockFloats || results < _family.Crossovers.ResultsOfADotTile * _family.Crossovers.TilesOfABlock
            ? (0, 0) : (1, Whole(_family.Caches.L2BlockFloats / floats));
    }

    // A multiple of what a turn takes and of what batches are made of.
    private int Whole(long positions)
    {
        var step = _family.Crossovers.StepOfABlock;
        return (int)(positions >= step ? positions / step * step : Math.Max(1, positions));
    }

    // Rows that leave many lanes idle when they are cut into vectors.
    private bool UsesFewLanes()
    {
        var lanes = _family.Crossovers.LanesOfFewColumns;
        var all = (N.Factor + lanes - 1) / lanes * lanes;
        return !N.PerSample && (all - N.Factor) * _family.Crossovers.LanesOfAnIdleOne >= all;
    }

    private static int Length(Axis axis) => axis.PerSample ? int.MaxValue : axis.Factor;
}
