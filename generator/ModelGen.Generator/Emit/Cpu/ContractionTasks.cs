using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>How a contraction is shared out: a task is a range of points of the loops around its rows, or of rows where there are none.</summary>
internal sealed class ContractionTasks
{
    // Floating-point operations that make a task worth handing to another thread, and for each byte of B that it reads anew.
    private const long FlopsPerTask = 400_000;
    private const long FlopsPerByte = 64;

    // As many as an even share among a few threads needs.
    private const int EnoughTasks = 16;
    private const int TypicalBatch = 32;

    private readonly ContractionPlan _plan;
    private readonly TileShape _tile;

    // The loops that make one index together, the parts rows are cut into beside them, and the points of a task.
    private readonly IReadOnlyList<int> _variables;
    private readonly int _rowParts = 1;
    private readonly int _rowsOfAPart;
    private readonly int _chunk;

    public ContractionTasks(ContractionPlan plan, Isa isa)
    {
        _plan = plan;
        _tile = TileShape.Of(plan, isa);
        var rows = _tile.Rows;
        var loops = plan.LoopVariables.Where(v => Step(v) == 1).ToList();
        if (loops.Count == 0) _variables = plan.MVariable < 0 ? Array.Empty<int>() : new[] { plan.MVariable };
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
        if (_variables.Count == 0) return;
        _chunk = Chunk(rows);
    }

    private bool IsOverRows => _plan.LoopVariables.All(v => Step(v) > 1);

    private bool IsOneLoop => _variables.Count == 1 && _rowParts == 1;

    /// <summary>How many tasks there are, as C#.</summary>
    public string Count
    {
        get
        {
            if (_variables.Count == 0) return "1";
            var first = _plan.Loop.Outer[_variables[0]];
            if (!IsOneLoop) return Text((Size(_variables) * _rowParts + _chunk - 1) / _chunk);
            if (!first.PerSample) return Text((first.Factor + _chunk - 1) / _chunk);
            return _chunk == 1 ? Scope.Size(first) : $"({Scope.Size(first)} + {Text(_chunk - 1)}) / {Text(_chunk)}";
        }
    }

    /// <summary>First row of the task, as C#.</summary>
    public string RowsFrom => IsOverRows && _variables.Count > 0 ? "first" : _rowParts > 1 ? "rowsFrom" : "0";

    /// <summary>Behind the last row of the task, as C#.</summary>
    public string RowsTo => IsOverRows && _variables.Count > 0 ? "last" : _rowParts > 1 ? "rowsTo" : Scope.Size(_plan.M);

    /// <summary>Prints the range of the task, then what <paramref name="body"/> prints; it is given the printer of the loops over that range,
    /// which in turn tells how many points of the extra rows and of the extra columns a tile takes.</summary>
    public void Emit(CodeWriter writer, Action<Action<Action<int, int>>> body)
    {
        if (_variables.Count > 0)
        {
            var end = IsOneLoop ? Scope.Size(_plan.Loop.Outer[_variables[0]]) : Text(Size(_variables) * _rowParts);
            writer.Line(_chunk == 1 ? "int first = tile, last = tile + 1;" : $"int first = tile * {Text(_chunk)}, last = Math.Min(first + {Text(_chunk)}, {end});");
        }
        body(inner => Loops(writer, inner));
    }

    // Points of a loop that one tile takes.
    private int Step(int variable) => variable == _plan.ExtraRows ? _tile.RowGroups : variable == _plan.ExtraColumns ? _tile.ColumnGroups : 1;

    private void Loops(CodeWriter writer, Action<int, int> body)
    {
        var rest = _plan.LoopVariables.Where(v => IsOverRows || !_variables.Contains(v)).ToList();
        void Rest(int index, int rows, int columns)
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
                writer.Block($"for (int {Name(v)} = 0; {Name(v)} < {Scope.Size(size)}; {Name(v)}++)", () => Rest(index + 1, rows, columns));
                return;
            }
            void Part(int points) => Rest(index + 1, v == _plan.ExtraRows ? points : rows, v == _plan.ExtraColumns ? points : columns);
            int whole = size.Factor / step * step, left = size.Factor - whole;
            writer.Block($"for (int {Name(v)} = 0; {Name(v)} < {Text(whole)}; {Name(v)} += {Text(step)})", () => Part(step));
            if (left == 0) return;
            writer.Open();
            writer.Line($"const int {Name(v)} = {Text(whole)};");
            Part(left);
            writer.Close();
        }
        if (IsOverRows) Rest(0, 1, 1);
        else if (IsOneLoop) writer.Block($"for (int {Name(_variables[0])} = first; {Name(_variables[0])} < last; {Name(_variables[0])}++)", () => Rest(0, 1, 1));
        else
            writer.Block("for (int t = first; t < last; t++)", () =>
            {
                // The last loop, and the part of the rows, change fastest.
                long below = _rowParts;
                if (_rowParts > 1) writer.Line($"int rowsFrom = t % {Text(_rowParts)} * {Text(_rowsOfAPart)}, rowsTo = Math.Min(rowsFrom + {Text(_rowsOfAPart)}, {Scope.Size(_plan.M)});");
                foreach (var v in _variables.Reverse())
                {
                    var quotient = below == 1 ? "t" : $"t / {Text(below)}";
                    writer.Line($"int {Name(v)} = {(v == _variables[0] ? quotient : $"{quotient} % {Scope.Size(_plan.Loop.Outer[v])}")};");
                    below *= _plan.Loop.Outer[v].Factor;
                }
                Rest(0, 1, 1);
            });
    }

    private int Chunk(int rows)
    {
        long flops = 2;
        foreach (var k in _plan.K) flops *= k.At(TypicalBatch);
        var bytes = flops / 2 * sizeof(float) * (_plan.SharesB ? _plan.N.At(TypicalBatch) : 0);
        for (var j = _plan.Loop.StepAxes; j < _plan.Loop.Outer.Count; j++)
            if (!_variables.Contains(j)) flops *= _plan.Loop.Outer[j].At(TypicalBatch);
        flops /= _rowParts;
        var points = IsOneLoop ? _plan.Loop.Outer[_variables[0]].At(TypicalBatch) : Size(_variables) * _rowParts;
        var enough = Math.Max(FlopsPerTask / Math.Max(1, flops), Math.Min(bytes * FlopsPerByte / Math.Max(1, flops), points / EnoughTasks));
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
