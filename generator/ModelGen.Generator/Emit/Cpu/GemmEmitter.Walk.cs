using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>The driver: how tiles walk over the result.</content>
internal sealed partial class GemmEmitter
{
    private void Driver(List<TileForm> methods) => _walk.Emit(_writer, loops =>
    {
        if (_schedule.GathersB) RoomForACopy();
        if (_schedule.IsDots
            && _schedule.IsCut) Blocks(() => loops((rows, more) => Columns((columns, vectors) => Rows(methods, columns, vectors, rows, more))));
        else if (_schedule.LowTiles.Count > 0) Blocks(() => RowsThenLowTiles(methods));
        // A block of B is used for all rows before the next: columns and blocks go around the loops that share it. A block of A serves all columns.
        else if (_nest.SharesB || _nest.OwnLoops.Count > 0)
            Blocks(() => Columns((columns, vectors) =>
            {
                if (_schedule.GathersB) Gather(columns, vectors);
                loops((rows, more) => Rows(methods, columns, vectors, rows, more));
            }));
        else
            loops((rows, more) => Columns((columns, vectors) => Blocks(() =>
            {
                if (_schedule.GathersB) Gather(columns, vectors);
                Rows(methods, columns, vectors, rows, more);
            })));
    });

    // The blocks of the axes summed over, where they are cut.
    private void Blocks(Action body)
    {
        void Level(int level)
        {
            if (level == _nest.BlockedLevels)
            {
                body();
                return;
            }
            var (k, size) = ("k" + Text(level), Scope.Size(_nest.K[level]));
            var length = level == _nest.BlockedLevels - 1 ? _nest.BlockLength : 1;
            _writer.Block($"for (int {k} = 0; {k} < {size}; {(length == 1 ? k + "++" : $"{k} += {Text(length)}")})", () => Level(level + 1));
        }
        Level(0);
    }

    private void Columns(Action<int, int> body)
    {
        if (_schedule.IsDots)
        {
            Walk("n0", "0", Scope.Size(_nest.N), _nest.N, _schedule.CutColumns(), columns => body(columns, columns));
            return;
        }
        int n = _nest.N.Factor, width = _schedule.Tile.Columns, whole = n / width * width, rest = n - whole;
        var isPart = _walk.ColumnsFrom != "0";
        var end = !isPart ? Text(whole) : rest == 0 ? _walk.ColumnsTo : $"{_walk.ColumnsTo} - {Text(width - 1)}";
        if (whole > 0) _writer.Block($"for (int n0 = {_walk.ColumnsFrom}; n0 < {end}; n0 += {Text(width)})", () => body(width, width / _isa.Width));
        if (rest > 0)
        {
            _writer.Open(isPart ? $"if ({_walk.ColumnsTo} == {Text(n)})" : null);
            _writer.Line($"const int n0 = {Text(whole)};");
            body(rest, (rest + _isa.Width - 1) / _isa.Width);
            _writer.Close();
        }
    }

    private void Rows(List<TileForm> methods, int columns, int vectors, int rowGroups, int columnGroups)
    {
        void Call(int rows) => this.Call(methods, new(rows, columns, vectors, rowGroups, columnGroups));
        if (_nest.MVariable < 0)
        {
            _writer.Line("const int m = 0;");
            Call(1);
            return;
        }
        Walk("m", _walk.RowsFrom, _walk.RowsTo, _nest.M, _schedule.CutRows(vectors * columnGroups), Call);
    }

    private void Call(List<TileForm> methods, TileForm form)
    {
        methods.Add(form);
        _writer.Line($"{TileName(form)}({string.Join(", ", CallArguments())});");
    }

    // Whole tiles panel by panel, then the few rows left over, over several panels at a time.
    private void RowsThenLowTiles(List<TileForm> methods)
    {
        int width = _schedule.Tile.Columns, vectors = width / _isa.Width, rest = _nest.N.Factor % width;
        int part = _schedule.Tasks.ColumnsOfATask, lastPart = (_nest.N.Factor - 1) % part + 1;
        var (cut, low) = (_schedule.CutRows(vectors), _schedule.LowTiles);
        _writer.Line($"int m = {_walk.RowsFrom};");
        Columns((columns, ofARow) =>
        {
            _writer.Line($"m = {_walk.RowsFrom};");
            Tiles("m", _walk.RowsTo, cut, cut.Sizes.Except(low.Select(t => t.Rows)), rows => Call(methods, new(rows, columns, ofARow, 1, 1)));
        });
        _writer.Line("// The few rows left over, over several panels at a time: so many sums are under way.");
        foreach (var (rows, together) in low)
        {
            _writer.Block($"for (; m <= {_walk.RowsTo} - {Text(rows)}; m += {Text(rows)})", () =>
            {
                _writer.Line($"int n0 = {_walk.ColumnsFrom};");
                void Panels(int count) =>
                    _writer.Block($"for (; n0 <= {_walk.ColumnsTo} - {Text(count * width)}; n0 += {Text(count * width)})", () =>
                    Call(methods, new(rows, count * width, count * vectors, 1, 1, count)));
                Panels(together);
                if (lastPart / width % together > 0 || part < _nest.N.Factor && part / width % together > 0) Panels(1);
                if (rest > 0) _writer.Block(_walk.ColumnsFrom == "0" ? null
                    : $"if (n0 < {_walk.ColumnsTo})", () => Call(methods, new(rows, rest, (rest + _isa.Width - 1) / _isa.Width, 1, 1)));
            });
        }
    }

    // Tiles of the sizes of a cut, from a position to another.
    private void Walk(string variable, string from, string to, Axis size, TileCut cut, Action<int> body)
    {
        _writer.Open();
        if (cut.Sizes.Count == 1 && !size.PerSample && size.Factor == cut.Sizes[0] && from == "0")
        {
            _writer.Line($"const int {variable} = 0;");
            body(cut.Sizes[0]);
        }
        else
        {
            _writer.Line($"int {variable} = {from};");
            Tiles(variable, to, cut, cut.Sizes, body);
        }
        _writer.Close();
    }

    private void Tiles(string variable, string to, TileCut cut, IEnumerable<int> sizes, Action<int> body)
    {
        foreach (var rows in sizes)
        {
            var goesOn = $"{variable} <= {to} - {Text(rows)}";
            if (rows == cut.Sizes[0] && cut.EndsAt.Count > 0)
            {
                _writer.Line($"// {string.Join(", ", cut.EndsAt.Select(left => Text(left)))} left: lower tiles alone, for one more of {Text(rows)} would "
                    + "leave over one with too few sums to keep the processor busy.");
                goesOn += string.Concat(cut.EndsAt.Select(left => $" && {to} - {variable} != {Text(left)}"));
            }
            _writer.Block($"for (; {goesOn}; {variable} += {Text(rows)})", () => body(rows));
        }
    }
}
