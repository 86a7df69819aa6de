using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Passes;

/// <summary>Groups that grow by being joined, and an order of them in which each follows all it reads, however far away. What would close a circle stands
/// between
/// those that are to be one; so only that is looked at, and only that is moved (after Pearce and Kelly 2006).</summary>
internal sealed class Precedence
{
    // Room for the next ones between two places: they are numbered anew when there is none.
    private const long Spacing = 1L << 32;

    private readonly Dictionary<int, Group> _groupOf = new();
    private readonly Group _start = new(Array.Empty<int>());
    private readonly Func<int, IEnumerable<int>> _reads;
    private readonly int _most;
    private int _looks;

    /// <param name="groups">In an order in which each follows what it reads.</param>
    /// <param name="reads">What a member of a group reads; of that, what is in no group does not count.</param>
    /// <param name="most">Whether groups depend on each other is followed over this many members; beyond it they are taken to. Then the cost does not grow with
    /// the distance.</param>
    public Precedence(IEnumerable<IReadOnlyList<int>> groups, Func<int, IEnumerable<int>> reads, int most = int.MaxValue)
    {
        (_reads, _most) = (reads, most);
        var last = _start;
        foreach (var members in groups)
        {
            last = new(members) { Before = last, Place = last.Place + Spacing };
            last.Before!.After = last;
            foreach (var member in members) _groupOf[member] = last;
        }
    }

    /// <summary>All groups, each behind those that it reads.</summary>
    public IEnumerable<IReadOnlyList<int>> InOrder
    {
        get
        {
            for (var group = _start.After; group is not null; group = group.After) yield return group.Members;
        }
    }

    /// <summary>Makes the groups of some members one; false, and nothing is done, where it would read, through others, something of its own.</summary>
    public bool TryJoin(params int[] members)
    {
        var own = members.Select(m => _groupOf[m]).Distinct().OrderBy(g => g.Place).ToList();
        if (Between(own) is not { } between) return false;
        // What they read goes before the first of them; what reads them stands behind it as it is.
        if (between.Count > 0) MoveBefore(own[0], between);
        foreach (var other in own.Skip(1))
        {
            Remove(other);
            own[0].Members.AddRange(other.Members);
            foreach (var member in other.Members) _groupOf[member] = own[0];
        }
        return true;
    }

    // All that groups depend on and that stands behind the first of them; null where they are among it.
    private List<Group>? Between(List<Group> own)
    {
        _looks++;
        var (between, members) = (new List<Group>(), 0);
        var todo = new Stack<Group>(own);
        while (todo.Count > 0)
        {
            var reader = todo.Pop();
            foreach (var read in reader.Members.SelectMany(_reads))
            {
                if (!_groupOf.TryGetValue(read, out var group) || group.Place < own[0].Place || group.Look == _looks) continue;
                if (own.Contains(group))
                {
                    if (own.Contains(reader)) continue;
                    return null;
                }
                group.Look = _looks;
                between.Add(group);
                members += group.Members.Count;
                if (members > _most) return null;
                todo.Push(group);
            }
        }
        return between;
    }

    private void MoveBefore(Group first, List<Group> groups)
    {
        groups.Sort((a, b) => a.Place.CompareTo(b.Place));
        foreach (var group in groups) Remove(group);
        var step = Step();
        if (step == 0)
        {
            long place = 0;
            for (var group = _start.After; group is not null; group = group.After) group.Place = place += Spacing;
            step = Step();
        }
        foreach (var group in groups)
        {
            (group.Before, group.After, group.Place) = (first.Before, first, first.Before!.Place + step);
            group.Before!.After = group;
            first.Before = group;
        }

        long Step() => (first.Place - first.Before!.Place) / (groups.Count + 1);
    }

    private static void Remove(Group group)
    {
        group.Before!.After = group.After;
        if (group.After is { } after) after.Before = group.Before;
    }

    private sealed class Group(IReadOnlyList<int> members)
    {
        public List<int> Members { get; } = members.ToList();

        public Group? Before { get; set; }

        public Group? After { get; set; }

        /// <summary>Grows along the order.</summary>
        public long Place { get; set; }

        /// <summary>The number of the look that came by last.</summary>
        public int Look { get; set; }
    }
}
