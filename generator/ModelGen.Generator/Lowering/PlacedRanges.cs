using System;
using System.Collections.Generic;

namespace ModelGen.Generator.Lowering;

/// <summary>Live ranges that have their place, in the order of their offsets.</summary>
/// <remarks>Each one more is held against all of them, so they lie in arrays, number by number: with tens of thousands that is still a small part of what
/// else is done for each.</remarks>
internal sealed class PlacedRanges
{
    private readonly int[] _first, _last, _node;
    private readonly long[] _offset, _end;
    private int _count;

    /// <param name="most">How many there will be.</param>
    public PlacedRanges(int most) => (_first, _last, _node, _offset, _end) = (new int[most], new int[most], new int[most], new long[most], new long[most]);

    /// <summary>The lowest offset that is free for the whole life of a value.</summary>
    /// <param name="reuse">Pairs (operand, result) of which the result may take exactly the operand's place; null where the value is in none.</param>
    public long Lowest((int Node, int First, int Last) range, long length, HashSet<(int, int)>? reuse)
    {
        if (reuse is null) return Lowest(range, length, reuse, shares: false);
        var offset = Lowest(range, length, reuse, shares: true);
        // Sharing a place with an operand is allowed only at exactly its offset.
        for (var p = 0; p < _count && _offset[p] < offset + length; p++)
            if (_offset[p] != offset && offset < _end[p] && Meets(p, range)
                && MayShare(p, range, length, reuse)) return Lowest(range, length, reuse, shares: false);
        return offset;
    }

    public void Add((int Node, int First, int Last) range, long offset, long length)
    {
        var at = _count;
        while (at > 0 && _offset[at - 1] > offset) at--;
        Insert(_first, at, range.First);
        Insert(_last, at, range.Last);
        Insert(_node, at, range.Node);
        Insert(_offset, at, offset);
        Insert(_end, at, offset + length);
        _count++;
    }

    private void Insert<T>(T[] items, int at, T item)
    {
        Array.Copy(items, at, items, at + 1, _count - at);
        items[at] = item;
    }

    private long Lowest((int Node, int First, int Last) range, long length, HashSet<(int, int)>? reuse, bool shares)
    {
        long offset = 0;
        for (var p = 0; p < _count; p++)
        {
            if (!Meets(p, range) || shares && MayShare(p, range, length, reuse!)) continue;
            if (offset + length <= _offset[p]) break;
            offset = Math.Max(offset, _end[p]);
        }
        return offset;
    }

    private bool Meets(int p, (int Node, int First, int Last) range) => _first[p] <= range.Last && range.First <= _last[p];

    private bool MayShare(int p, (int Node, int First, int Last) range, long length, HashSet<(int, int)> reuse) =>
        (_last[p] == range.First || range.Last == _first[p]) && _end[p] - _offset[p] == length
        && (_last[p] == range.First && reuse.Contains((_node[p], range.Node)) || range.Last == _first[p] && reuse.Contains((range.Node, _node[p])));
}
