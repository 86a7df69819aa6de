using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>Blocks of a factor that a task lays out for itself, row after row, before its tiles read them.</content>
internal sealed partial class GemmEmitter
{
    // The block of B for the columns of a tile, its rows one after the other.
    private void Gather(int columns, int vectors)
    {
        var width = vectors * _isa.Width;
        var scope = new Scope(VariableNames(), _entry.Arguments, _ => false);
        if (_schedule.CopiesAhead) NextSource(scope);
        var start = scope.Linear(_nest.B, _nest.GivenVariables.Append(_nest.NVariable));
        var at = _entry.Arguments[_nest.B.Argument] + (start.Length == 0 ? "" : " + (" + start + ")");
        for (var level = 0; level < _nest.BlockedLevels; level++) at += $" + k{Text(level)} * {Text(_nest.B.Strides[_nest.KVariables[level]])}L";
        var target = "panel";
        void Level(int level)
        {
            var stride = _nest.B.Strides[_nest.KVariables[level]];
            var isCut = level == _nest.BlockedLevels - 1;
            var length = isCut ? _nest.BlockLength == 1 ? "1" : CutLength(level) : Scope.Size(_nest.K[level]);
            if (level == _nest.K.Count - 1)
            {
                if (_schedule.B == OperandB.TransposedByTask) _writer.Line(
                    $"Transposition.Copy({at}, {Text(columns)}, {Text(_nest.B.Strides[_nest.NVariable])}, {length}, {target}, {Text(width)});");
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
            target += $" + {k} * {Text(_nest.K.Skip(level + 1).Aggregate((long)width, (p, x) => p * x.Factor))}";
            _writer.Block($"for (int {k} = 0; {k} < {length}; {k}++)", () => Level(level + 1));
        }
        Level(Math.Max(0, _nest.BlockedLevels - 1));
    }

    private void RoomForACopy()
    {
        _writer.Line($"// Room for a block of {_entry.Arguments[_nest.B.Argument]}, one row after the other, from a line's boundary on.");
        _writer.Line($"float* scratch = stackalloc float[{Text(_nest.Depth * _schedule.Tile.Columns + _schedule.Line)}];");
        _writer.Line("float* panel = (float*)(((ulong)scratch + 63) & ~63ul);");
    }

    // What a tile is told of the copies.
    private IEnumerable<string> CopyParameters => !_schedule.GathersB ? Array.Empty<string>() : _schedule.CopiesAhead ? new[] { "panel", "next" }
        : new[] { "panel" };

    // Where the copy to come lies: further columns of the same rows, or the first ones of the rows to come.
    private void NextSource(Scope scope)
    {
        var others = scope.Linear(_nest.B, _nest.GivenVariables);
        var source = _entry.Arguments[_nest.B.Argument] + (others.Length == 0 ? "" : " + (" + others + ")");
        var (stride, length) = (Text(_nest.B.Strides[_nest.KVariables[0]]), Text(_nest.BlockLength));
        _writer.Line($"float* next = n0 + {Text(_schedule.Tile.Columns)} < {_walk.ColumnsTo} ? {source} + n0 + {Text(_schedule.Tile.Columns)} + k0 * "
            + $"{stride}L : {source} + {_walk.ColumnsFrom} + (k0 + {length}) * {stride}L;");
    }

    private void NextCopy() =>
        _writer.Line($"next += m / {Text(_schedule.Tile.Rows)} % {Text(_schedule.Kernel(_schedule.WholeTile).Steps)} * "
            + $"{Text(_nest.BlockLength / _schedule.Kernel(_schedule.WholeTile).Steps * (long)_nest.B.Strides[_nest.KVariables[0]])}L;   // a part of the "
            + "copy to come");
}
