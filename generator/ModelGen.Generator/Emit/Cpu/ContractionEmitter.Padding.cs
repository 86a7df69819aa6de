using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>Sums over images with a border: what would be multiplied by zeros alone is left out.</content>
internal sealed partial class ContractionEmitter
{
    // For axes summed over, the positions at which a factor is not padding, where that follows from the loops around the tile: first and behind the last, as C#.
    private IReadOnlyDictionary<int, (string From, string To)> Inside(Scope scope, TileForm form)
    {
        var given = new HashSet<int>(_plan.GivenVariables.Where(j => (j != _plan.ExtraRows || form.RowGroups == 1) && (j != _plan.ExtraColumns || form.ColumnGroups == 1)));
        var found = new Dictionary<int, (string, string)>();
        // The innermost loop is as short as it is: a test there would cost what it saves.
        for (var level = _plan.BlockedLevels; level < _plan.K.Count - 1; level++)
            foreach (var load in new[] { _plan.ALoad, _plan.BLoad })
                if (!found.ContainsKey(level) && !_plan.K[level].PerSample && Inside(scope, load, _plan.KVariables[level], _plan.K[level].Factor, given) is { } range) found[level] = range;
        return found;
    }

    private (string From, string To)? Inside(Scope scope, Expr.Load load, int k, int size, HashSet<int> given)
    {
        var inside = _entry.Kernel.Arguments[load.Node].Inside;
        for (var d = 0; d < inside.Count; d++)
        {
            if (load.Index[d] is not { Divisor: 1, Lookup: null } full || !_plan.Loop.Stages[0].IsWhole(full)) continue;
            var index = _plan.Loop.Stages[0].Reindex(full);
            if (Math.Abs(index.Coefficients[k]) != 1) continue;
            if (!Enumerable.Range(0, index.Rank).All(j => j == k || index.Coefficients[j] == 0 || given.Contains(j))) continue;
            var (first, last) = inside[d];
            if (index.NumeratorRange(_plan.Loop.Outer.Concat(_plan.K).ToList()) is not var (low, high) || low >= first && high <= last) continue;
            // first <= index <= last, solved for k.
            AffineIndex Solved(int bound, int sign) => new(index.Coefficients.Select((c, j) => j == k ? 0 : c * sign).ToEquatableArray(), sign * (index.Offset - bound));
            var (from, to) = index.Coefficients[k] > 0 ? (Solved(first, -1), Solved(last + 1, -1)) : (Solved(last, 1), Solved(first - 1, 1));
            return ($"Math.Max(0, {scope.Index(from)})", $"Math.Min({Text(size)}, {scope.Index(to)})");
        }
        return null;
    }
}
