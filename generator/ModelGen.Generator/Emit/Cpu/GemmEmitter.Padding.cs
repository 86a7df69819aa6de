using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>Sums over images with a border: what would be multiplied by zeros alone is left out.</content>
internal sealed partial class GemmEmitter
{
    // For axes summed over, the positions at which a factor is not padding, where that follows from the loops around the tile: first and behind the last, as
    // C#.
    // The innermost loop is as short as it is: a test there would cost what it saves.
    private IReadOnlyDictionary<int, (string From, string To)> Inside(Scope scope, TileForm form) =>
        Inside(scope, form, _nest.BlockedLevels, _nest.K.Count - 1);

    // Whether the position that a block is of is not padding for all of the tile, as C#; empty where it never is.
    private string HasProducts(Scope scope, TileForm form) =>
        string.Join(" && ", Inside(scope, form, 0, _nest.BlockLength == 1 ? _nest.BlockedLevels : _nest.BlockedLevels - 1)
        .Select(r => $"k{Text(r.Key)} >= {r.Value.From} && k{Text(r.Key)} < {r.Value.To}"));

    private Dictionary<int, (string From, string To)> Inside(Scope scope, TileForm form, int first, int end)
    {
        var given = new HashSet<int>(_nest.GivenVariables
            .Where(j => (j != _nest.ExtraRows || form.RowGroups == 1) && (j != _nest.ExtraColumns || form.ColumnGroups == 1)));
        var found = new Dictionary<int, (string, string)>();
        for (var level = first; level < end; level++)
            foreach (var load in new[] { _nest.ALoad, _nest.BLoad })
                if (!found.ContainsKey(level) && !_nest.K[level].PerSample
                    && Inside(scope, load, _nest.KVariables[level], _nest.K[level].Factor, given) is { } range) found[level] = range;
        return found;
    }

    // Whether a tile has results that somebody needs, as C#; empty where all have.
    private string Idle(Scope scope, TileForm form)
    {
        if (_schedule.KeepsSumsInResult || _nest.Loop.Kernel.Unneeded is not { } index || !_nest.Loop.Stages[0].IsWhole(Widened(index))) return "";
        return Least(form, _nest.Loop.Stages[0].Reindex(Widened(index))) is { } least ? scope.Index(least.Times(-1)) + " >= 0" : "";

        // Over the axes summed over too.
        AffineIndex Widened(AffineIndex i) =>
            i with { Coefficients = i.Coefficients.Concat(new int[_nest.Loop.Kernel.Stages[0].Inner.Count]).ToEquatableArray() };
    }

    // The positions summed over at which a factor may be other than zero for some element of the tile, where that follows from where they lie: the first and
    // behind the last, with the factor, as C#.
    private (string Position, string Factor)[] Nonzero(Scope scope, TileForm form)
    {
        var bounds = new[] { ("", ""), ("", "") };
        if (_schedule.KeepsSumsInResult || _nest.K.Count != 1 || _nest.K[0].PerSample
            || _nest.K[0].Factor < _schedule.TurnsWithBounds * _schedule.Kernel(form).Steps) return bounds;
        var k = _nest.KVariables[0];
        foreach (var load in new[] { _nest.ALoad, _nest.BLoad })
        {
            if (_entry.Kernel.Arguments[load.Node].Zeros?.Substitute(load.Index, load.Index[0].Rank) is not { Divisor: 1, Lookup: null } full
                || !_nest.Loop.Stages[0].IsWhole(full)) continue;
            var index = _nest.Loop.Stages[0].Reindex(full);
            if (Math.Abs(index.Coefficients[k]) != 1) continue;
            // Zero where ±k + others > 0.
            if (Least(form, index with { Coefficients = index.Coefficients.With(k, 0) }) is not { } least) continue;
            var end = least.Times(-1);
            var isFirst = index.Coefficients[k] < 0;
            bounds[isFirst ? 0 : 1] = (scope.Index(isFirst ? least : end with { Offset = end.Offset + 1 }), _entry.Arguments[load.Node]);
        }
        return bounds;
    }

    // The least value of an index over a tile, as one that counts from the tile's corner; null where it follows from more.
    private AffineIndex? Least(TileForm form, AffineIndex index)
    {
        var offset = index.Offset;
        for (var j = 0; j < index.Rank; j++)
        {
            var c = index.Coefficients[j];
            if (c == 0) continue;
            if (j == _nest.ExtraRows && form.RowGroups > 1 || j == _nest.ExtraColumns && form.ColumnGroups > 1) return null;
            if (j == _nest.MVariable) offset += Math.Min(0, c) * (form.Rows - 1);
            else if (j == _nest.NVariable) offset += Math.Min(0, c) * (form.Columns - 1);
            else if (!_nest.GivenVariables.Contains(j)) return null;
        }
        return index with { Offset = offset };
    }

    // Where the innermost loop ends and begins, in whole turns: what it leaves out are products with zeros.
    private void Bounds((string Position, string Factor)[] nonzero, string pointer, long stride, string end, int steps, int xStride, int yStride)
    {
        var (from, to) = (nonzero[0], nonzero[1]);
        if (to.Position.Length > 0)
        {
            _writer.Line($"int kTo = Math.Min(Math.Max({to.Position}, 1), {Text(_nest.K[0].Factor)});   // from there on {to.Factor} is zero");
            end = (steps == 1 ? "kTo" : $"(kTo + {Text(steps - 1)}) / {Text(steps)} * {Text(steps)}") + $" * {Text(stride)}L";
        }
        _writer.Line($"float* kEnd = {pointer} + {end};");
        if (from.Position.Length == 0) return;
        var last = to.Position.Length > 0 ? "kTo - 1" : Text(_nest.K[0].Factor - steps);
        _writer.Line($"int kFrom = Math.Min(Math.Max({from.Position}, 0), {last}){(steps == 1 ? "" : $" / {Text(steps)} * {Text(steps)}")};   // before it "
            + $"{from.Factor} is zero");
        Advance("kFrom", xStride, yStride);
    }

    private (string From, string To)? Inside(Scope scope, Expr.Load load, int k, int size, HashSet<int> given)
    {
        var inside = _entry.Kernel.Arguments[load.Node].Inside;
        for (var d = 0; d < inside.Count; d++)
        {
            if (load.Index[d] is not { Divisor: 1, Lookup: null } full || !_nest.Loop.Stages[0].IsWhole(full)) continue;
            var index = _nest.Loop.Stages[0].Reindex(full);
            if (Math.Abs(index.Coefficients[k]) != 1) continue;
            if (!Enumerable.Range(0, index.Rank).All(j => j == k || index.Coefficients[j] == 0 || given.Contains(j))) continue;
            var (first, last) = inside[d];
            if (index.NumeratorRange(_nest.Loop.Outer.Concat(_nest.K).ToList()) is not var (low, high) || low >= first && high <= last) continue;
            // first <= index <= last, solved for k.
            AffineIndex Solved(int bound, int sign) =>
                new(index.Coefficients.Select((c, j) => j == k ? 0 : c * sign).ToEquatableArray(), sign * (index.Offset - bound));
            var (from, to) = index.Coefficients[k] > 0 ? (Solved(first, -1), Solved(last + 1, -1)) : (Solved(last, 1), Solved(first - 1, 1));
            return ($"Math.Max(0, {scope.Index(from)})", $"Math.Min({Text(size)}, {scope.Index(to)})");
        }
        return null;
    }
}
