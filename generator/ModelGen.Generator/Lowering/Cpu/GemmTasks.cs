using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>How a product is shared out: a task is a range of points of the loops around its rows, or of rows and columns where there are none, or a point
/// and columns where each point has a matrix of its own for all rows.</summary>
internal sealed class GemmTasks
{
    private readonly GemmNest _nest;
    private readonly MicroTile _tile;
    private readonly CpuFamily _family;

    public GemmTasks(GemmNest nest, MicroTile tile, CpuTarget target, CpuFamily family)
    {
        (_nest, _tile, _family) = (nest, tile, family);
        var rows = tile.Rows;
        var loops = nest.LoopVariables.Where(v => Step(v) == 1).ToList();
        if (HasOwnLoops) Variables = nest.OwnLoops;
        else if (loops.Count == 0) Variables = nest.MVariable < 0 ? Array.Empty<int>() : new[] { nest.MVariable };
        else if (nest.Loop.Outer[loops[0]].PerSample) Variables = new[] { loops[0] };
        else
        {
            // Few loops and many rows: the rows are shared out too.
            var tiles = nest.M.PerSample ? 1 : (nest.M.Factor + rows - 1) / rows;
            RowParts = Math.Min(tiles, Math.Max(1, Costs.Enough / Math.Max(1, Size(loops))));
            Variables = loops;
            if (loops.Any(j => nest.Loop.Outer[j].PerSample)) (Variables, RowParts) = (new[] { loops[0] }, 1);
            RowsOfAPart = (tiles + RowParts - 1) / RowParts * rows;
            RowParts = nest.M.PerSample ? 1 : (nest.M.Factor + RowsOfAPart - 1) / RowsOfAPart;
        }
        if (IsOverRows && nest.Form != GemmForm.Dots)
        {
            // Where each task copies the rows of B that it reads, parts of the columns copy different ones and parts of the rows the same again.
            var least = IsLongCopy ? Costs.TilesOfACopy * tile.Columns : Costs.Columns;
            (ColumnsOfAPart, ColumnParts) = Parts(target,
                (int)Math.Max(1, Math.Min(Math.Min(Costs.Enough, nest.N.Factor / least), Rows * FlopsOfARow / Costs.FlopsOfAProduct)));
        }
        if (HasOwnLoops)
        {
            // A task has all rows, for which its columns of one B are copied.
            (ColumnsOfAPart, ColumnParts) = Parts(target, (Costs.Enough + Size(Variables) - 1) / Size(Variables));
            Chunk = 1;
            return;
        }
        if (Variables.Count == 0) return;
        Chunk = IsOverRows && nest.SharesB ? RowsOfATask(rows) : PointsOfATask(rows);
    }

    /// <summary>Gets the loops that make one index together.</summary>
    public IReadOnlyList<int> Variables { get; }

    /// <summary>Gets the parts that rows are cut into beside those loops.</summary>
    public int RowParts { get; } = 1;

    /// <summary>Gets the rows of such a part, but for the last one.</summary>
    public int RowsOfAPart { get; }

    /// <summary>Gets the points, or rows, of a task.</summary>
    public int Chunk { get; }

    /// <summary>Gets the parts that columns are cut into, where tasks have all rows or a range of them.</summary>
    public int ColumnParts { get; } = 1;

    /// <summary>Gets the columns of such a part, but for the last one.</summary>
    public int ColumnsOfAPart { get; }

    /// <summary>Gets the rows that a task has, about.</summary>
    public int RowsAtOnce => HasOwnLoops ? _nest.LoopVariables.Except(Variables).Aggregate(_nest.M.Typical, (p, j) => p * _nest.Loop.Outer[j].Typical)
        : IsOverRows ? Variables.Count == 0 ? 1 : Chunk
        : RowParts > 1 ? RowsOfAPart
        : _nest.M.Typical;

    /// <summary>Gets a value indicating whether many tiles may read the same rows of B and those lie far apart: a task of enough rows copies a block of them
    /// first.</summary>
    public bool CopiesB => _nest.Form == GemmForm.Rows && (_nest.SharesB || HasOwnLoops) && _tile.ColumnGroups == 1 && _nest.HasRowsOfBFarApart
        && _nest.Depth * _tile.Columns <= Costs.FloatsOfACopy && (_nest.BlockedLevels > 0 || !_nest.K.Any(k => k.PerSample));

    /// <summary>Gets a value indicating whether the parts are parts of the columns alone.</summary>
    public bool HasAllRows => IsLongCopy && Chunk >= _nest.M.Factor && ColumnParts > 1;

    /// <summary>Gets a value indicating whether tasks that follow one another read the same rows, rather than the same columns of B: what a cache does not
    /// hold until it is read again is to be read less often.</summary>
    public bool FollowsColumns
    {
        get
        {
            if (HasOwnLoops || Variables.Count == 0) return false;
            long Read(long floats, long times) => floats <= _family.Caches.L2Floats ? floats : floats * times;
            long depth = _nest.K.Aggregate(1L, (p, k) => p * k.Typical), rows = Rows * depth, columns = _nest.N.Typical * depth;
            return rows + Read(columns, (Rows + Chunk - 1) / Chunk) < columns + Read(rows, ColumnParts);
        }
    }

    /// <summary>Gets a value indicating whether tasks are ranges of rows: there are no loops around them.</summary>
    public bool IsOverRows => _nest.LoopVariables.All(v => Step(v) > 1);

    /// <summary>Gets a value indicating whether tiles go through blocks of samples together, so that parts of the rows change last.</summary>
    public bool HasRowsLast => _nest.Form == GemmForm.Dots && _nest.BlockedLevels > 0 && !IsOverRows;

    public bool HasOwnLoops => _nest.OwnLoops.Count > 0;

    public bool IsOneLoop => Variables.Count == 1 && RowParts == 1;

    /// <summary>Gets the rows that are cut into tiles together, but for the last ones; 0 for all.</summary>
    public int RowsCutTogether => IsOverRows && Variables.Count > 0 ? Chunk : RowParts > 1 ? RowsOfAPart : 0;

    /// <summary>Gets the columns of a task, but of the last ones.</summary>
    public int ColumnsOfATask => ColumnParts > 1 ? ColumnsOfAPart : _nest.N.Factor;

    private CpuTasks Costs => _family.Tasks;

    // A long sum over the batch with copies of B: a weight gradient.
    private bool IsLongCopy => CopiesB && _nest.MVariable >= 0 && !_nest.M.PerSample && _nest.K.Any(k => k.PerSample);

    private long Rows => _nest.MVariable < 0 ? 1 : _nest.M.Typical;

    private long FlopsOfARow => 2L * _nest.N.Typical * _nest.K.Aggregate(1L, (p, k) => p * k.Typical);

    /// <summary>The points of a loop that one tile takes.</summary>
    public int Step(int variable) => variable == _nest.ExtraRows ? _tile.RowGroups : variable == _nest.ExtraColumns ? _tile.ColumnGroups : 1;

    /// <summary>The points of several loops.</summary>
    public int Size(IReadOnlyList<int> variables) => variables.Aggregate(1, (p, j) => p * _nest.Loop.Outer[j].Factor);

    // The columns in about as many parts of whole tiles, and of as many as few rows take together.
    private (int Columns, int Parts) Parts(CpuTarget target, int wanted)
    {
        var together = _tile.Columns * _tile.PanelsOf(_nest, target, 1);
        var columns = ((_nest.N.Factor + wanted - 1) / wanted + together - 1) / together * together;
        return (columns, (_nest.N.Factor + columns - 1) / columns);
    }

    // So many that B is read seldom, as stay in the cache, and not so many that there are too few tasks.
    private int RowsOfATask(int tile)
    {
        if (IsLongCopy && ColumnParts >= Costs.Few)
        {
            var copied = Math.Max(Costs.RowsOfACopy, (_nest.M.Factor * ColumnParts + Costs.Enough - 1) / Costs.Enough);
            return Math.Min(_nest.M.Factor, (copied + tile - 1) / tile * tile);
        }
        var ideal = Math.Max(Costs.LeastTilesOfRows * tile, Math.Min(Costs.RowsPerElementRead, _family.Caches.L2RowsFloats / _nest.Depth));
        var flops = (long)Costs.FlopsOfAProduct * ColumnParts / FlopsOfARow;
        var rows = Math.Max(flops, ColumnParts >= Costs.EnoughColumnParts ? ideal
            : Math.Min(ideal, Math.Max(Costs.TilesOfRows * tile, Rows * ColumnParts / Costs.Enough)));
        rows = (Math.Max(1, rows) + tile - 1) / tile * tile;
        return (int)Math.Min(rows, _nest.M.PerSample ? Costs.MostRows : _nest.M.Factor);
    }

    private int PointsOfATask(int rows)
    {
        if (HasRowsLast) return (Size(Variables) * RowParts + Costs.Few - 1) / Costs.Few;
        long flops = 2;
        foreach (var k in _nest.K) flops *= k.Typical;
        var bytes = flops / 2 * sizeof(float) * (_nest.SharesB ? _nest.N.Typical : 0);
        for (var j = _nest.Loop.StepAxes; j < _nest.Loop.Outer.Count; j++)
            if (!Variables.Contains(j)) flops *= _nest.Loop.Outer[j].Typical;
        flops /= RowParts;
        var points = IsOneLoop ? _nest.Loop.Outer[Variables[0]].Typical : Size(Variables) * RowParts;
        // What is summed over the batch is too long for a cache: each task reads all of B from memory.
        var isFromAfar = _nest.SharesB && _nest.K.Any(k => k.PerSample);
        var enough = Math.Max(Costs.FlopsOfAProduct / Math.Max(1, flops),
            Math.Min(bytes * Costs.FlopsPerByteRead / Math.Max(1, flops), isFromAfar ? (points + Costs.Few - 1) / Costs.Few : points / Costs.Enough));
        var chunk = Math.Max(1, enough);
        // A task of rows is made of whole tiles, so that only the last one meets what is left over.
        if (IsOverRows) chunk = (chunk + rows - 1) / rows * rows;
        var first = _nest.Loop.Outer[Variables[0]];
        return (int)Math.Min(chunk, !IsOneLoop ? Size(Variables) * RowParts : first.PerSample ? Costs.MostRows : first.Factor);
    }
}
