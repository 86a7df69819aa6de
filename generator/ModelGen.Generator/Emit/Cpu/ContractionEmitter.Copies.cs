using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>Blocks of a factor that a task lays out for itself, row after row, before its tiles read them.</content>
internal sealed partial class ContractionEmitter
{
    // How many tiles have to read a block of B that is copied.
    private const int LeastTilesOfAGather = 4;

    // Where a task copies what it reads of B first.
    private bool GathersB => _plan.Form == ContractionForm.Gathered || _tasks.CopiesB && _tasks.RowsAtOnce >= LeastTilesOfAGather * _tile.Rows;

    // The block of B for the columns of a tile, its rows one after the other.
    private void Gather(int columns, int vectors)
    {
        var width = vectors * _isa.Width;
        var scope = new Scope(VariableNames(), _entry.Arguments, _ => false);
        if (CopiesAhead) NextSource(scope);
        var start = scope.Linear(_plan.B, _plan.GivenVariables.Append(_plan.NVariable));
        var at = _entry.Arguments[_plan.B.Argument] + (start.Length == 0 ? "" : " + (" + start + ")");
        for (var level = 0; level < _plan.BlockedLevels; level++) at += $" + k{Text(level)} * {Text(_plan.B.Strides[_plan.KVariables[level]])}L";
        var target = "panel";
        void Level(int level)
        {
            var stride = _plan.B.Strides[_plan.KVariables[level]];
            var isCut = level == _plan.BlockedLevels - 1;
            var length = isCut ? _plan.BlockLength == 1 ? "1" : CutLength(level) : Scope.Size(_plan.K[level]);
            if (level == _plan.K.Count - 1)
            {
                if (_plan.Form == ContractionForm.Gathered) _writer.Line($"Transposition.Copy({at}, {Text(columns)}, {Text(_plan.B.Strides[_plan.NVariable])}, {length}, {target}, {Text(width)});");
                else _writer.Line($"Panels.CopyRows({at}, {Text(stride)}, {length}, {Text(width)}, {target});");
                return;
            }
            if (length == "1")
            {
                Level(level + 1);
                return;
            }
            var k = "r" + Text(level);
            at += $" + {k} * {Text(stride)}L";
            target += $" + {k} * {Text(_plan.K.Skip(level + 1).Aggregate((long)width, (p, x) => p * x.Factor))}";
            _writer.Block($"for (int {k} = 0; {k} < {length}; {k}++)", () => Level(level + 1));
        }
        Level(Math.Max(0, _plan.BlockedLevels - 1));
    }

    private void RoomForACopy()
    {
        _writer.Line($"// Room for a block of {_entry.Arguments[_plan.B.Argument]}, one row after the other, from a line's boundary on.");
        _writer.Line($"float* scratch = stackalloc float[{Text(_plan.Depth * _tile.Columns + 16)}];");
        _writer.Line("float* panel = (float*)(((ulong)scratch + 63) & ~63ul);");
    }

    // What a tile is told of the copies.
    private IEnumerable<string> CopyParameters => !GathersB ? Array.Empty<string>() : CopiesAhead ? new[] { "panel", "next" } : new[] { "panel" };

    // Whether the rows of the copy to come are asked for while tiles read this one: enough tiles, each of which asks for some rows.
    private bool CopiesAhead => GathersB && _plan.Form == ContractionForm.Rows && _plan.K.Count == 1 && IsCut && !_isa.IsScalar && _tile.Columns >= Line && StepsOfATurn(WholeTile, 0) > 1
        && _tasks.RowsAtOnce >= StepsOfATurn(WholeTile, 0) * _tile.Rows;

    private TileForm WholeTile => new(_tile.Rows, _tile.Columns, _tile.Columns / _isa.Width, _tile.RowGroups, _tile.ColumnGroups);

    private bool AsksForNextCopy(TileForm form) => CopiesAhead && form == WholeTile;

    // Where the copy to come lies: further columns of the same rows, or the first ones of the rows to come.
    private void NextSource(Scope scope)
    {
        var others = scope.Linear(_plan.B, _plan.GivenVariables);
        var source = _entry.Arguments[_plan.B.Argument] + (others.Length == 0 ? "" : " + (" + others + ")");
        var (stride, length) = (Text(_plan.B.Strides[_plan.KVariables[0]]), Text(_plan.BlockLength));
        _writer.Line($"float* next = n0 + {Text(_tile.Columns)} < {_tasks.ColumnsTo} ? {source} + n0 + {Text(_tile.Columns)} + k0 * {stride}L : {source} + {_tasks.ColumnsFrom} + (k0 + {length}) * {stride}L;");
    }

    private void NextCopy() => _writer.Line($"next += m / {Text(_tile.Rows)} % {Text(StepsOfATurn(WholeTile, 0))} * {Text(_plan.BlockLength / StepsOfATurn(WholeTile, 0) * (long)_plan.B.Strides[_plan.KVariables[0]])}L;   // a part of the copy to come");
}
