using System;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints the range of rows and columns that a task of a product has, and the loops over it.</summary>
internal sealed class GemmTaskWalk
{
    private readonly GemmNest _nest;
    private readonly GemmTasks _tasks;

    public GemmTaskWalk(GemmSchedule schedule) => (_nest, _tasks) = (schedule.Nest, schedule.Tasks);

    /// <summary>How many tasks there are, as C#.</summary>
    public string Count
    {
        get
        {
            if (_tasks.Variables.Count == 0) return Text(_tasks.ColumnParts);
            var first = _nest.Loop.Outer[_tasks.Variables[0]];
            if (_tasks.HasOwnLoops) return Text(_tasks.Size(_tasks.Variables) * _tasks.ColumnParts);
            if (!_tasks.IsOneLoop) return Text((_tasks.Size(_tasks.Variables) * _tasks.RowParts + _tasks.Chunk - 1) / _tasks.Chunk);
            if (!first.PerSample) return Text((first.Factor + _tasks.Chunk - 1) / _tasks.Chunk * _tasks.ColumnParts);
            return (_tasks.Chunk == 1 ? Scope.Size(first) : $"({Scope.Size(first)} + {Text(_tasks.Chunk - 1)}) / {Text(_tasks.Chunk)}")
                + (_tasks.ColumnParts > 1 ? " * " + Text(_tasks.ColumnParts) : "");
        }
    }

    /// <summary>First row of the task, as C#.</summary>
    public string RowsFrom => _tasks.IsOverRows && _tasks.Variables.Count > 0 ? "first" : _tasks.RowParts > 1 ? "rowsFrom" : "0";

    /// <summary>Behind the last row of the task, as C#.</summary>
    public string RowsTo => _tasks.IsOverRows && _tasks.Variables.Count > 0 ? "last" : _tasks.RowParts > 1 ? "rowsTo" : Scope.Size(_nest.M);

    /// <summary>First column of the task, as C#.</summary>
    public string ColumnsFrom => _tasks.ColumnParts > 1 ? "columnsFrom" : "0";

    /// <summary>Behind the last column of the task, as C#.</summary>
    public string ColumnsTo => _tasks.ColumnParts > 1 ? "columnsTo" : Scope.Size(_nest.N);

    /// <summary>Prints the range of the task, then what <paramref name="body"/> prints; it is given the printer of the loops over that range,
    /// which in turn tells how many points of the extra rows and of the extra columns a tile takes.</summary>
    public void Emit(CodeWriter writer, Action<Action<Action<int, int>>> body)
    {
        if (_tasks.HasOwnLoops) writer.Line(
            $"int point = {(_tasks.ColumnParts > 1 ? $"tile % {RowTasks}" : "tile")};   // each has a matrix of its own, for all rows");
        else if (_tasks.Variables.Count > 0)
        {
            var end = _tasks.IsOneLoop ? Scope.Size(_nest.Loop.Outer[_tasks.Variables[0]]) : Text(_tasks.Size(_tasks.Variables) * _tasks.RowParts);
            var part = _tasks.ColumnParts == 1 ? "tile" : _tasks.FollowsColumns ? $"tile / {Text(_tasks.ColumnParts)}" : $"tile % {RowTasks}";
            writer.Line(_tasks.HasAllRows ? $"const int first = 0, last = {end};" : _tasks.Chunk == 1 ? $"int first = {part}, last = first + 1;"
                : $"int first = {part} * {Text(_tasks.Chunk)}, last = Math.Min(first + {Text(_tasks.Chunk)}, {end});");
        }
        if (_tasks.ColumnParts > 1)
        {
            var part = _tasks.Variables.Count == 0 || _tasks.HasAllRows ? "tile"
                : _tasks.FollowsColumns ? $"tile % {Text(_tasks.ColumnParts)}" : $"tile / {RowTasks}";
            var columns = Text(_tasks.ColumnsOfAPart);
            writer.Line($"int columnsFrom = {part} * {columns}, columnsTo = Math.Min(columnsFrom + {columns}, {Scope.Size(_nest.N)});");
        }
        if (_tasks.HasOwnLoops) Point(writer, "point", 1);
        body(inner => Loops(writer, inner));
    }

    private void Loops(CodeWriter writer, Action<int, int> body)
    {
        if (_tasks.IsOverRows || _tasks.HasOwnLoops) Rest(writer, body);
        else if (_tasks.IsOneLoop) writer.Block(
            $"for (int {Name(_tasks.Variables[0])} = first; {Name(_tasks.Variables[0])} < last; {Name(_tasks.Variables[0])}++)", () => Rest(writer, body));
        else
            writer.Block("for (int t = first; t < last; t++)", () =>
            {
                // The last loop, and the part of the rows, change fastest; but where a task's tiles are to read the same rows, their part changes last.
                void RowPart(string part) =>
                    writer.Line($"int rowsFrom = {part} * {Text(_tasks.RowsOfAPart)}, rowsTo = Math.Min(rowsFrom + {Text(_tasks.RowsOfAPart)}, "
                        + $"{Scope.Size(_nest.M)});");
                if (_tasks.RowParts > 1 && !_tasks.HasRowsLast) RowPart($"t % {Text(_tasks.RowParts)}");
                Point(writer, "t", _tasks.HasRowsLast ? 1 : _tasks.RowParts);
                if (_tasks.RowParts > 1 && _tasks.HasRowsLast) RowPart($"t / {Text(_tasks.Size(_tasks.Variables))}");
                Rest(writer, body);
            });
    }

    // The loops' positions at a point; as many numbers as given belong to one.
    private void Point(CodeWriter writer, string number, long below)
    {
        foreach (var v in _tasks.Variables.Reverse())
        {
            var quotient = below == 1 ? number : $"{number} / {Text(below)}";
            var isLast = v == _tasks.Variables[0] && !(_tasks.HasRowsLast && _tasks.RowParts > 1);
            writer.Line($"int {Name(v)} = {quotient}{(isLast ? "" : " % " + Scope.Size(_nest.Loop.Outer[v]))};");
            below *= _nest.Loop.Outer[v].Factor;
        }
    }

    // The loops that the points of a task are none of, and in them the tiles.
    private void Rest(CodeWriter writer, Action<int, int> body)
    {
        var rest = _nest.LoopVariables.Where(v => _tasks.IsOverRows || !_tasks.Variables.Contains(v)).ToList();
        void Level(int index, int rows, int columns)
        {
            if (index == rest.Count)
            {
                body(rows, columns);
                return;
            }
            var (v, step) = (rest[index], _tasks.Step(rest[index]));
            var size = _nest.Loop.Outer[v];
            if (step == 1)
            {
                writer.Block($"for (int {Name(v)} = 0; {Name(v)} < {Scope.Size(size)}; {Name(v)}++)", () => Level(index + 1, rows, columns));
                return;
            }
            void Part(int points) => Level(index + 1, v == _nest.ExtraRows ? points : rows, v == _nest.ExtraColumns ? points : columns);
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
    private string RowTasks => _tasks.HasOwnLoops ? Text(_tasks.Size(_tasks.Variables)) : _nest.M.PerSample ? _tasks.Chunk == 1 ? $"({Scope.Size(_nest.M)})"
        : $"(({Scope.Size(_nest.M)} + {Text(_tasks.Chunk - 1)}) / {Text(_tasks.Chunk)})" : Text((_nest.M.Factor + _tasks.Chunk - 1) / _tasks.Chunk);

    private static string Name(int variable) => "i" + Text(variable);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
