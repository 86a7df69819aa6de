namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>
/// Between a load from shared memory and the next store to that array, and between a store and the next load, all threads wait; also around
/// the back edge of a loop.
/// </summary>
/// <remarks>
/// Follows all paths through the text with what may have been accessed since the last barrier. An element that the thread has loaded itself it may store
/// (a tree of sums: <c>shared[t] += shared[t + d]</c>), one that it has stored it may load. In one pass of a loop with two stages, which addresses that
/// alternate show, loads and stores do not meet.
/// </remarks>
internal static class BarrierRule
{
    private enum Fact
    {
        Loaded,
        LoadedInAnEarlierPass,
        Stored,
    }

    /// <summary>One sentence for each step that breaks the rule; none for a good kernel.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<TextStep> steps)
    {
        var findings = new SortedSet<string>(StringComparer.Ordinal);
        if (!steps.Any(s => s.Access is not null)) return [];
        var targets = steps.Select(s => s.Target).ToHashSet();
        var before = new HashSet<(Fact, SharedAccess)>?[steps.Count];
        before[0] = [];
        var work = new Stack<int>([0]);
        while (work.TryPop(out var at))
        {
            var facts = new HashSet<(Fact Fact, SharedAccess Access)>(before[at]!);
            // Straight on to the next place that paths share or part.
            while (true)
            {
                var step = steps[at];
                if (step.IsBarrier) facts.Clear();
                if (step.Access is { } access)
                {
                    if (Breach(access, facts) is { } breach) findings.Add($"{breach}: {step.Text}");
                    if (!access.IsAsynchronous) facts.Add((access.IsStore ? Fact.Stored : Fact.Loaded, access));
                }

                if (step.Target >= 0)
                    Flow(step.Target, step.Target <= at ? facts.Select(f => f.Fact == Fact.Loaded ? (Fact.LoadedInAnEarlierPass, f.Access) : f) : facts);
                if (!step.FallsThrough || ++at >= steps.Count) break;
                if (before[at] is not null || step.Target >= 0 || targets.Contains(at))
                {
                    Flow(at, facts);
                    break;
                }
            }
        }

        return [.. findings];

        void Flow(int to, IEnumerable<(Fact, SharedAccess)> facts)
        {
            if (to >= steps.Count) return;
            if (before[to] is not { } known)
                before[to] = [.. facts];
            else
            {
                var count = known.Count;
                known.UnionWith(facts);
                if (known.Count == count) return;
            }

            if (!work.Contains(to)) work.Push(to);
        }
    }

    private static string? Breach(SharedAccess access, HashSet<(Fact Fact, SharedAccess Access)> facts)
    {
        var same = facts.Where(f => f.Access.Array == access.Array).ToList();
        var isOwn = same.Any(f => f.Access.Place == access.Place && f.Fact == (access.IsStore ? Fact.Loaded : Fact.Stored));
        if (!access.IsStore)
            return same.Any(f => f.Fact == Fact.Stored && !isOwn && !(f.Access.Alternates && access.Alternates))
                ? "loads what is stored without a barrier between" : null;
        if (same.Any(f => f.Fact == Fact.LoadedInAnEarlierPass) && !isOwn) return "stores what the pass before still loads";
        return same.Any(f => f.Fact == Fact.Loaded && !(f.Access.Alternates || access.Alternates)) && !isOwn
            ? "stores what is loaded without a barrier between" : null;
    }
}
