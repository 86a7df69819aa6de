using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Programs;

internal enum ContractionForm
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

/// <summary>The roles of a contraction's axes: <c>C[loops, m, n] = Σ_k A[loops, m, k]·B[loops, n, k]</c>.</summary>
internal sealed class ContractionPlan
{
    private const int RowsOfATile = 4;

    // What a block of B may take of the second-level cache, and how wide the columns are that go through it together.
    private const long FloatsOfABlock = 52 * 1024;

    // Rows of B so far apart share few sets of a cache, and pages too: they are better laid out one after the other where there are many.
    private const int FarApart = 128;
    private const long FloatsOfALargeMatrix = 8 * 1024;

    // Where the rows of A lie side by side, each position summed over takes a line of A too: then B stays in the first-level cache.
    private const long FloatsOfASmallBlock = 8 * 1024;
    private const int ColumnsOfABlock = 64;

    // Products that outweigh adding up the lanes of a dot, of sixteen lanes too.
    private const int LeastDepthOfDots = 192;

    // Results of a tile of dots, about, and tiles that share a block of samples.
    private const int ResultsOfATile = 10;
    private const int LeastTilesOfABlock = 4;

    // Rows that are worth a loop around them all.
    private const int LeastRowsOfOwnLoops = 64;

    private const int ColumnsOfAGather = 16;
    private const int RowsOfAGather = 24;
    private const int DepthOfAGather = 256;

    private ContractionPlan(LoopKernel loop, ContractionForm form, Expr.Load aLoad, Expr.Load bLoad, int m, int n)
    {
        (Loop, Form, ALoad, BLoad, MVariable, NVariable) = (loop, form, aLoad, bLoad, m, n);
        var stage = loop.Stages[0];
        (A, B) = (stage.Reads[aLoad], stage.Reads[bLoad]);
        K = stage.Inner;
        KVariables = Enumerable.Range(loop.Outer.Count, K.Count).ToList();
        LoopVariables = Enumerable.Range(loop.StepAxes, loop.Outer.Count - loop.StepAxes).Where(j => j != m && j != n).ToList();
        OwnLoops = Form == ContractionForm.Rows ? LoopsOfB() : Array.Empty<int>();
        ExtraColumns = Form == ContractionForm.Rows && OwnLoops.Count == 0 && !N.PerSample && N.Factor <= ColumnsOfABlock / 2 ? Nearest(B, A) : -1;
        ExtraRows = Form != ContractionForm.Dots && !M.PerSample ? Nearest(A, B) : -1;
        (BlockedLevels, BlockLength) = Block();
    }

    public LoopKernel Loop { get; }

    public ContractionForm Form { get; }

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

    /// <summary>How many of the axes summed over, from the outermost, are cut into blocks so that a block of B stays in the cache while all
    /// rows pass by. Between blocks the sums wait in the result.</summary>
    public int BlockedLevels { get; }

    /// <summary>Positions of the last blocked axis in one block; one of the others.</summary>
    public int BlockLength { get; }

    /// <summary>True where B is the same for all loops around the rows.</summary>
    public bool SharesB => LoopVariables.All(j => B.Strides[j] == 0);

    /// <summary>True where the rows of B lie in lines that compete for the same places of a cache.</summary>
    public bool HasRowsOfBFarApart => Math.Abs(B.Strides[KVariables[KVariables.Count - 1]]) >= FarApart;

    /// <summary>Loops for each point of which B is another matrix, large and spread out, while many rows share it: they go around all else. Empty where they need not.</summary>
    public IReadOnlyList<int> OwnLoops { get; }

    // Phases of a strided convolution: for each there are weights of its own.
    private IReadOnlyList<int> LoopsOfB()
    {
        var own = LoopVariables.Where(j => B.Strides[j] != 0).ToList();
        var rows = LoopVariables.Where(j => B.Strides[j] == 0).Aggregate((long)M.Typical, (p, j) => p * Loop.Outer[j].Typical);
        return own.Any(j => Loop.Outer[j].PerSample) || N.PerSample || K.Any(k => k.PerSample) || MVariable < 0 || !HasRowsOfBFarApart || rows < LeastRowsOfOwnLoops
            || K.Aggregate((long)N.Factor, (p, k) => p * k.Factor) <= FloatsOfALargeMatrix ? Array.Empty<int>() : own;
    }

    // Whether a task may well turn B around for itself: a small matrix, for many rows.
    private bool CanGather => !N.PerSample && N.Factor >= ColumnsOfAGather && MVariable >= 0 && (M.PerSample || M.Factor >= RowsOfAGather) && B.Strides[KVariables[KVariables.Count - 1]] == 1
        && !K.Any(k => k.PerSample) && K.Aggregate(1L, (p, k) => p * k.Factor) <= DepthOfAGather;

    /// <summary>Positions of the axes summed over that are walked through at once, at a batch of a usual size.</summary>
    public long Depth => K.Skip(BlockedLevels).Aggregate((long)(BlockedLevels > 0 ? BlockLength : 1), (p, k) => p * k.Typical);

    /// <summary>Outer axes that are neither: batch axes and further rows and columns.</summary>
    public IReadOnlyList<int> LoopVariables { get; }

    /// <summary>What a tile is given beside its corner: the step of a recurrence, and the loops.</summary>
    public IEnumerable<int> GivenVariables => Enumerable.Range(0, Loop.StepAxes).Concat(LoopVariables);

    /// <summary>Whether what follows the sum can be done on a tile: operands contiguous or constant along its rows; of dots, number by number, at plain addresses.</summary>
    public bool EpilogueFits => Epilogue.All(s => s.Inner.Count == 0 && s.PositionsAreLinear
        && s.Accesses.All(a => a.Guards.Count == 0 && !a.Special.Any(x => Form == ContractionForm.Dots || x.Index.DependsOn(NVariable)) && (Form == ContractionForm.Dots || a.Strides[NVariable] is 0 or 1))
        && (s.Store is null || Form == ContractionForm.Dots || s.Store.Strides[NVariable] == 1));

    /// <summary>True where a function of many instructions follows the sum.</summary>
    public bool HasCostlyEpilogue => Epilogue.Any(s => s.Stage.Expression.IsCostly());

    /// <summary>What follows the sum.</summary>
    public IReadOnlyList<LoopStage> Epilogue => Loop.Stages.Skip(1).ToList();

    /// <summary>Null where the kernel is no contraction or its data lie too scattered for tiles.</summary>
    public static ContractionPlan? Of(Kernel kernel)
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
            .OrderBy(j => !loop.Outer[j].PerSample && loop.Outer[j].Factor >= RowsOfATile ? Math.Abs((long)a.Strides[j]) : long.MaxValue)
            .ThenByDescending(j => loop.Outer[j].PerSample ? long.MaxValue : loop.Outer[j].Factor).ThenByDescending(j => j).Cast<int?>().FirstOrDefault() ?? -1;

        // The result's own rows: an axis along which it is contiguous.
        var n = loop.Outer.Count - 1;
        while (n >= loop.StepAxes && !stores.All(s => s.Strides[n] == 1)) n--;
        ContractionPlan? dots = null;
        var lastK = loop.Outer.Count + stage.Inner.Count - 1;
        if (x.Strides[lastK] == 1 && y.Strides[lastK] == 1)
        {
            int rows = RowsOf(x, y), columns = RowsOf(y, x);
            if (rows >= 0 && columns >= 0 && new ContractionPlan(loop, ContractionForm.Dots, first, second, rows, columns) is { EpilogueFits: true } fitting) dots = fitting;
        }
        if (n < loop.StepAxes) return dots;
        foreach (var (a, b, aLoad, bLoad) in new[] { (x, y, first, second), (y, x, second, first) })
        {
            if (a.Strides[n] != 0 || b.Strides[n] == 0) continue;
            ContractionPlan Make(ContractionForm form) => new(loop, form, aLoad, bLoad, RowsOf(a, b), n);
            var plan = Make(ContractionForm.Panels);
            // Panels need a matrix of known size that is the same for all loops.
            var canPack = !plan.K.Any(k => k.PerSample) && !plan.N.PerSample && plan.SharesB;
            if (b.Strides[n] == 1 && !(canPack && plan.HasRowsOfBFarApart && plan.K.Aggregate((long)plan.N.Factor, (p, k) => p * k.Factor) > FloatsOfALargeMatrix))
            {
                plan = Make(ContractionForm.Rows);

                // Short rows leave lanes idle; where the summed axis is longer, dots use more of them.
                if (dots is not null && !plan.N.PerSample && plan.N.Factor < 16 && Length(stage.Inner[stage.Inner.Count - 1]) > plan.N.Factor) return dots;
                return plan;
            }
            if (canPack) return dots is { HasCostlyEpilogue: false } && UsesFewLanes(plan.N) && Length(stage.Inner[stage.Inner.Count - 1]) >= LeastDepthOfDots ? dots : plan;
            if (plan.CanGather) return Make(ContractionForm.Gathered);
        }
        return dots;
    }

    /// <summary>The form without panels, where the factor turned out not to be a parameter.</summary>
    public ContractionPlan? WithoutPanels()
    {
        if (Form != ContractionForm.Panels) return this;
        if (B.Strides[NVariable] == 1) return new(Loop, ContractionForm.Rows, ALoad, BLoad, MVariable, NVariable);
        if (CanGather) return new(Loop, ContractionForm.Gathered, ALoad, BLoad, MVariable, NVariable);
        var last = KVariables[KVariables.Count - 1];
        return A.Strides[last] == 1 && B.Strides[last] == 1 && MVariable >= 0 ? new(Loop, ContractionForm.Dots, ALoad, BLoad, MVariable, NVariable) : null;
    }

    // The loop along which one factor moves least and the other not at all.
    private int Nearest(Access moves, Access stays) => LoopVariables.Where(j => moves.Strides[j] != 0 && stays.Strides[j] == 0 && Loop.Outer[j] is { PerSample: false, Factor: > 1 })
        .OrderBy(j => Math.Abs((long)moves.Strides[j])).DefaultIfEmpty(-1).First();

    private (int Levels, int Length) Block()
    {
        if (Form == ContractionForm.Dots) return BlockOfDots();
        if (N.PerSample || !SharesB && OwnLoops.Count == 0 && !(M.PerSample || M.Factor > 2 * RowsOfATile)) return (0, 0);
        if (K.Count == 1 && K[0] is { PerSample: true, Factor: < 16 }) return (0, 0);
        var columns = Math.Min(N.Factor, ColumnsOfABlock);
        long inner = columns, block = MVariable >= 0 && A.Strides[MVariable] == 1 ? FloatsOfASmallBlock : FloatsOfABlock;
        var level = K.Count;
        // The levels that fit whole, from the innermost; one of the batch's size never does.
        while (level > 0 && !K[level - 1].PerSample && inner * K[level - 1].Factor <= block) inner *= K[--level].Factor;
        if (level == 0) return (0, 0);
        // Whole turns of the innermost loop.
        var most = level == K.Count ? Whole(block / inner) : Math.Max(1, block / inner);
        var size = K[level - 1].Typical;
        if (K[level - 1].PerSample) return (level, (int)most);
        var blocks = (size + most - 1) / most;
        return (level, (int)Math.Min(most, level == K.Count ? Whole((size + blocks - 1) / blocks + 7) : (size + blocks - 1) / blocks));
    }

    // A sum over a batch that no near cache holds, read by several tiles: some samples for all tiles, then the next ones.
    private (int Levels, int Length) BlockOfDots()
    {
        long Floats(Access access) => Loop.Kernel.Arguments[access.Argument].Shape is { IsPerSample: true } shape ? shape.Length.Factor : 0;
        var floats = Floats(A) + Floats(B);
        var results = LoopVariables.Append(MVariable).Append(NVariable).Aggregate(1L, (p, j) => p * Loop.Outer[j].Typical);
        return K.Count < 2 || K[0] is not { PerSample: true, Factor: 1 } || floats * Axis.TypicalBatch <= FloatsOfABlock || floats > FloatsOfABlock || results < ResultsOfATile * LeastTilesOfABlock
            ? (0, 0) : (1, Whole(FloatsOfABlock / floats));
    }

    // A multiple of what a turn takes and of what batches are made of.
    private static int Whole(long positions) => (int)(positions >= 8 ? positions / 8 * 8 : Math.Max(1, positions));

    // Rows that leave a third of the lanes idle when they are cut into vectors of eight.
    private static bool UsesFewLanes(Axis columns) => !columns.PerSample && 3 * columns.Factor <= 2 * ((columns.Factor + 7) / 8 * 8);

    private static int Length(Axis axis) => axis.PerSample ? int.MaxValue : axis.Factor;
}
