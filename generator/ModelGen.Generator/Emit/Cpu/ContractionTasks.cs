using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>How a contraction is shared out: a task is a range of points of the loops around its rows, or of rows and columns where there are none, or a point and columns
/// where each point has a matrix of its own for all rows.</summary>
internal sealed class ContractionTasks
{
    // Floating-point operations that make a task worth handing to another thread, and for each byte of B that it reads anew.
    private const long FlopsPerTask = 400_000;
    private const long FlopsPerByte = 64;

    // What the rows of a task may take of the second-level cache, and the columns that make reading them worth while.
    private const long FloatsOfRows = 48 * 1024;
    private const int LeastColumns = 64;

    // What stays in that cache while all the rest of an operand is read.
    private const long FloatsKept = 64 * 1024;
    private const int LeastTiles = 8;

    // Tiles side by side that the columns of a task have at least where each task copies its part of B.
    private const int TilesOfACopy = 2;

    // Rows that share a copy, at least, and what it may take of the stack.
    private const int RowsOfACopy = 512;
    private const long MostCopied = 16 * 1024;

    // As many as an even share among a few threads needs.
    private const int EnoughTasks = 16;
    private const int FewTasks = 4;

    private readonly ContractionPlan _plan;
    private readonly TileShape _tile;

    // The loops that make one index together, the parts rows are cut into beside them, and the points of a task.
    private readonly IReadOnlyList<int> _variables;
    private readonly int _rowParts = 1;
    private readonly int _rowsOfAPart;
    private readonly int _chunk;

    // Where tasks have all rows or a range of them: the parts the columns are cut into, in columns.
    private readonly int _columnParts = 1;
    private readonly int _columnsOfAPart;

    public ContractionTasks(ContractionPlan plan, Isa isa)
    {
        _plan = plan;
        _tile = TileShape.Of(plan, isa);
        var rows = _tile.Rows;
        var loops = plan.LoopVariables.Where(v => Step(v) == 1).ToList();
        if (HasOwnLoops) _variables = plan.OwnLoops;
        else if (loops.Count == 0) _variables = plan.MVariable < 0 ? Array.Empty<int>() : new[] { plan.MVariable };
        else if (plan.Loop.Outer[loops[0]].PerSample) _variables = new[] { loops[0] };
        else
        {
            // Few loops and many rows: the rows are shared out too.
            var tiles = plan.M.PerSample ? 1 : (plan.M.Factor + rows - 1) / rows;
            _rowParts = Math.Min(tiles, Math.Max(1, EnoughTasks / Math.Max(1, Size(loops))));
            _variables = loops;
            if (loops.Any(j => plan.Loop.Outer[j].PerSample)) (_variables, _rowParts) = (new[] { loops[0] }, 1);
            _rowsOfAPart = (tiles + _rowParts - 1) / _rowParts * rows;
            _rowParts = plan.M.PerSample ? 1 : (plan.M.Factor + _rowsOfAPart - 1) / _rowsOfAPart;
        }
        if (IsOverRows && plan.Form != ContractionForm.Dots)
        {
            // Where each task copies the rows of B that it reads, parts of the columns copy different ones and parts of the rows the same again.
            var least = IsLongCopy ? TilesOfACopy * _tile.Columns : LeastColumns;
            (_columnsOfAPart, _columnParts) = Parts((int)Math.Max(1, Math.Min(Math.Min(EnoughTasks, plan.N.Factor / least), Rows * FlopsOfARow / FlopsPerTask)));
        }
        if (HasOwnLoops)
        {
            // A task has all rows, for which its columns of one B are copied.
            (_columnsOfAPart, _columnParts) = Parts((EnoughTasks + Size(_variables) - 1) / Size(_variables));
            _chunk = 1;
            return;
        }
        if (_variables.Count == 0) return;
        _chunk = IsOverRows && plan.SharesB ? RowsOfATask(rows) : Chunk(rows);
    }

    // The columns in about as many parts of whole tiles, and of as many as few rows take together.
    private (int Columns, int Parts) Parts(int wanted)
    {
        var together = _tile.Columns * _tile.PanelsOf(_plan, 1);
        var columns = ((_plan.N.Factor + wanted - 1) / wanted + together - 1) / together * together;
        return (columns, (_plan.N.Factor + columns - 1) / columns);
    }

    /// <summary>Rows that a task has, about.</summary>
    public int RowsAtOnce => HasOwnLoops ? _plan.LoopVariables.Except(_variables).Aggregate(_plan.M.Typical, (p, j) => p * _plan.Loop.Outer[j].Typical)
        : IsOverRows ? _variables.Count == 0 ? 1 : _chunk
        : _rowParts > 1 ? _rowsOfAPart
        : _plan.M.Typical;

    /// <summary>True where many tiles may read the same rows of B and those lie far apart: a task of enough rows copies a block of them first.</summary>
    public bool CopiesB => _plan.Form == ContractionForm.Rows && (_plan.SharesB || HasOwnLoops) && _tile.ColumnGroups == 1 && _plan.HasRowsOfBFarApart
        && _plan.Depth * _tile.Columns <= MostCopied && (_plan.BlockedLevels > 0 || !_plan.K.Any(k => k.PerSample));

    // A long sum over the batch with such copies: a weight gradient.
    private bool IsLongCopy => CopiesB && _plan.MVariable >= 0 && !_plan.M.PerSample && _plan.K.Any(k => k.PerSample);

    // The parts are parts of the columns alone.
    private bool HasAllRows => IsLongCopy && _chunk >= _plan.M.Factor && _columnParts > 1;

    // Tasks that follow one another read the same rows, or the same columns of B: what a cache does not hold until it is read again is to be read less often.
    private bool FollowsColumns
    {
        get
        {
            if (HasOwnLoops || _variables.Count == 0) return false;
            static long Read(long floats, long times) => floats <= FloatsKept ? floats : floats * times;
            long depth = _plan.K.Aggregate(1L, (p, k) => p * k.Typical), rows = Rows * depth, columns = _plan.N.Typical * depth;
            return rows + Read(columns, (Rows + _chunk - 1) / _chunk) < columns + Read(rows, _columnParts);
        }
    }

    private long Rows => _plan.MVariable < 0 ? 1 : _plan.M.Typical;

    private long FlopsOfARow => 2L * _plan.N.Typical * _plan.K.Aggregate(1L, (p, k) => p * k.Typical);

    private bool IsOverRows => _plan.LoopVariables.All(v => Step(v) > 1);

    // Tiles that go through blocks of samples together.
    private bool HasRowsLast => _plan.Form == ContractionForm.Dots && _plan.BlockedLevels > 0 && !IsOverRows;

    private bool HasOwnLoops => _plan.OwnLoops.Count > 0;

    private bool IsOneLoop => _variables.Count == 1 && _rowParts == 1;

    /// <summary>How many tasks there are, as C#.</summary>
    public string Count
    {
        get
        {
            if (_variables.Count == 0) return Text(_columnParts);
            var first = _plan.Loop.Outer[_variables[0]];
            if (HasOwnLoops) return Text(Size(_variables) * _columnParts);
            if (!IsOneLoop) return Text((Size(_variables) * _rowParts + _chunk - 1) / _chunk);
            if (!first.PerSample) return Text((first.Factor + _chunk - 1) / _chunk * _columnParts);
            return (_chunk == 1 ? Scope.Size(first) : $"({Scope.Size(first)} + {Text(_chunk - 1)}) / {Text(_chunk)}") + (_columnParts > 1 ? " * " + Text(_columnParts) : "");
        }
    }

    /// <summary>As many rows are cut into tiles together, but for the last ones; 0 for all.</summary>
    public int RowsOfAPart => IsOverRows && _variables.Count > 0 ? _chunk : _rowParts > 1 ? _rowsOfAPart : 0;

    /// <summary>Columns of a task, but of the last ones.</summary>
    public int ColumnsOfAPart => _columnParts > 1 ? _columnsOfAPart : _plan.N.Factor;

    /// <summary>First row of the task, as C#.</summary>
    public string RowsFrom => IsOverRows && _variables.Count > 0 ? "first" : _rowParts > 1 ? "rowsFrom" : "0";

    /// <summary>Behind the last row of the task, as C#.</summary>
    public string RowsTo => IsOverRows && _variables.Count > 0 ? "last" : _rowParts > 1 ? "rowsTo" : Scope.Size(_plan.M);

    /// <summary>First column of the task, as C#.</summary>
    public string ColumnsFrom => _columnParts > 1 ? "columnsFrom" : "0";

    /// <summary>Behind the last column of the task, as C#.</summary>
    public string ColumnsTo => _columnParts > 1 ? "columnsTo" : Scope.Size(_plan.N);

    /// <summary>Prints the range of the task, then what <paramref name="body"/> prints; it is given the printer of the loops over that range,
    /// which in turn tells how many points of the extra rows and of the extra columns a tile takes.</summary>
    public void Emit(CodeWriter writer, Action<Action<Action<int, int>>> body)
    {
        if (HasOwnLoops) writer.Line($"int point = {(_columnParts > 1 ? $"tile % {RowTasks}" : "tile")};   // each has a matrix of its own, for all rows");
        else if (_variables.Count > 0)
        {
            var end = IsOneLoop ? Scope.Size(_plan.Loop.Outer[_variables[0]]) : Text(Size(_variables) * _rowParts);
            var part = _columnParts == 1 ? "tile" : FollowsColumns ? $"tile / {Text(_columnParts)}" : $"tile % {RowTasks}";
            writer.Line(HasAllRows ? $"const int first = 0, last = {end};" : _chunk == 1 ? $"int first = {part}, last = first + 1;" : $"int first = {part} * {Text(_chunk)}, last = Math.Min(first + {Text(_chunk)}, {end});");
        }
        if (_columnParts > 1)
            writer.Line($"int columnsFrom = {(_variables.Count == 0 || HasAllRows ? "tile" : FollowsColumns ? $"tile % {Text(_columnParts)}" : $"tile / {RowTasks}")} * {Text(_columnsOfAPart)}, columnsTo = Math.Min(columnsFrom + {Text(_columnsOfAPart)}, {Scope.Size(_plan.N)});");
        if (HasOwnLoops) Point(writer, "point", 1);
        body(inner => Loops(writer, inner));
    }

    // Points of a loop that one tile takes.
    private int Step(int variable) => variable == _plan.ExtraRows ? _tile.RowGroups : variable == _plan.ExtraColumns ? _tile.ColumnGroups : 1;

    private void Loops(CodeWriter writer, Action<int, int> body)
    {
        if (IsOverRows || HasOwnLoops) Rest(writer, body);
        else if (IsOneLoop) writer.Block($"for (int {Name(_variables[0])} = first; {Name(_variables[0])} < last; {Name(_variables[0])}++)", () => Rest(writer, body));
        else
            writer.Block("for (int t = first; t < last; t++)", () =>
            {
                // The last loop, and the part of the rows, change fastest; but where a task's tiles are to read the same rows, their part changes last.
                void RowPart(string part) => writer.Line($"int rowsFrom = {part} * {Text(_rowsOfAPart)}, rowsTo = Math.Min(rowsFrom + {Text(_rowsOfAPart)}, {Scope.Size(_plan.M)});");
                if (_rowParts > 1 && !HasRowsLast) RowPart($"t % {Text(_rowParts)}");
                Point(writer, "t", HasRowsLast ? 1 : _rowParts);
                if (_rowParts > 1 && HasRowsLast) RowPart($"t / {Text(Size(_variables))}");
                Rest(writer, body);
            });
    }

    // The loops' positions at a point; as many numbers as given belong to one.
    private void Point(CodeWriter writer, string number, long below)
    {
        foreach (var v in _variables.Reverse())
        {
            var quotient = below == 1 ? number : $"{number} / {Text(below)}";
            writer.Line($"int {Name(v)} = {(v == _variables[0] && !(HasRowsLast && _rowParts > 1) ? quotient : $"{quotient} % {Scope.Size(_plan.Loop.Outer[v])}")};");
            below *= _plan.Loop.Outer[v].Factor;
        }
    }

    // The loops that the points of a task are none of, and in them the tiles.
    private void Rest(CodeWriter writer, Action<int, int> body)
    {
        var rest = _plan.LoopVariables.Where(v => IsOverRows || !_variables.Contains(v)).ToList();
        void Level(int index, int rows, int columns)
        {
            if (index == rest.Count)
            {
                body(rows, columns);
                return;
            }
            var (v, step) = (rest[index], Step(rest[index]));
            var size = _plan.Loop.Outer[v];
            if (step == 1)
            {
                writer.Block($"for (int {Name(v)} = 0; {Name(v)} < {Scope.Size(size)}; {Name(v)}++)", () => Level(index + 1, rows, columns));
                return;
            }
            void Part(int points) => Level(index + 1, v == _plan.ExtraRows ? points : rows, v == _plan.ExtraColumns ? points : columns);
            int whole = size.Factor / step * step, left = size.Factor - whole;
            writer.Block($"for (int {Name(v)} = 0; {Name(v)} < {Text(whole)}; {Name(v)} += {Text(step)})", () => Part(step));
            if (left == 0) return;
            writer.Open();
            writer.Line($"const int {Name(v)} = {Text(whole)};");
            Part(left);
            writer.Close();
        }
        Level(0, 1, 1);
    }

    // Ranges of rows, or points that have all of them, as C#.
    private string RowTasks => HasOwnLoops ? Text(Size(_variables)) : _plan.M.PerSample ? _chunk == 1 ? $"({Scope.Size(_plan.M)})" : $"(({Scope.Size(_plan.M)} + {Text(_chunk - 1)}) / {Text(_chunk)})" : Text((_plan.M.Factor + _chunk - 1) / _chunk);

    // So many that B is read seldom, as stay in the cache, and not so many that there are too few tasks.
    private int RowsOfATask(int tile)
    {
        if (IsLongCopy && _columnParts >= FewTasks)
        {
            var copied = Math.Max(RowsOfACopy, (_plan.M.Factor * _columnParts + EnoughTasks - 1) / EnoughTasks);
            return Math.Min(_plan.M.Factor, (copied + tile - 1) / tile * tile);
        }
        var ideal = Math.Max(4 * tile, Math.Min(2 * FlopsPerByte, FloatsOfRows / _plan.Depth));
        var flops = FlopsPerTask * _columnParts / FlopsOfARow;
        // Half as many parts of the columns as tasks are wanted are many.
        var rows = Math.Max(flops, _columnParts * 2 >= EnoughTasks ? ideal : Math.Min(ideal, Math.Max(LeastTiles * tile, Rows * _columnParts / EnoughTasks)));
        rows = (Math.Max(1, rows) + tile - 1) / tile * tile;
        return (int)Math.Min(rows, _plan.M.PerSample ? 1 << 20 : _plan.M.Factor);
    }

    private int Chunk(int rows)
    {
        if (HasRowsLast) return (Size(_variables) * _rowParts + FewTasks - 1) / FewTasks;
        long flops = 2;
        foreach (var k in _plan.K) flops *= k.Typical;
        var bytes = flops / 2 * sizeof(float) * (_plan.SharesB ? _plan.N.Typical : 0);
        for (var j = _plan.Loop.StepAxes; j < _plan.Loop.Outer.Count; j++)
            if (!_variables.Contains(j)) flops *= _plan.Loop.Outer[j].Typical;
        flops /= _rowParts;
        var points = IsOneLoop ? _plan.Loop.Outer[_variables[0]].Typical : Size(_variables) * _rowParts;
        // What is summed over the batch is too long for a cache: each task reads all of B from memory.
        var isFromAfar = _plan.SharesB && _plan.K.Any(k => k.PerSample);
        var enough = Math.Max(FlopsPerTask / Math.Max(1, flops), Math.Min(bytes * FlopsPerByte / Math.Max(1, flops), isFromAfar ? (points + FewTasks - 1) / FewTasks : points / EnoughTasks));
        var chunk = Math.Max(1, enough);
        // A task of rows is made of whole tiles, so that only the last one meets what is left over.
        if (IsOverRows) chunk = (chunk + rows - 1) / rows * rows;
        var first = _plan.Loop.Outer[_variables[0]];
        return (int)Math.Min(chunk, !IsOneLoop ? Size(_variables) * _rowParts : first.PerSample ? 1 << 20 : first.Factor);
    }

    private int Size(IReadOnlyList<int> variables) => variables.Aggregate(1, (p, j) => p * _plan.Loop.Outer[j].Factor);

    private static string Name(int variable) => "i" + Text(variable);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
