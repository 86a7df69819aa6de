namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>No division of integers in a loop: some ten instructions each, more than the work of many loops.</summary>
internal static class LoopRule
{
    /// <summary>The divisions that a loop repeats.</summary>
    public static IReadOnlyList<string> Find(IReadOnlyList<TextStep> steps)
    {
        if (!steps.Any(s => s.Divides)) return [];
        var inLoop = InLoops(steps);
        return [.. steps.Where((s, i) => s.Divides && inLoop[i]).Select(s => "divides in a loop: " + s.Text)];
    }

    // Steps that a path leads back to, by Tarjan's strongly connected components.
    private static bool[] InLoops(IReadOnlyList<TextStep> steps)
    {
        var (order, low, onStack, result) = (new int[steps.Count], new int[steps.Count], new bool[steps.Count], new bool[steps.Count]);
        var component = new Stack<int>();
        var calls = new Stack<(int Step, int Next)>([(0, 0)]);
        var count = 0;
        while (calls.TryPop(out var call))
        {
            var (at, next) = call;
            if (next == 0)
            {
                order[at] = low[at] = ++count;
                component.Push(at);
                onStack[at] = true;
            }

            var successors = Successors(steps, at);
            if (next > 0) low[at] = Math.Min(low[at], low[successors[next - 1]]);
            while (next < successors.Length && order[successors[next]] != 0)
            {
                if (onStack[successors[next]]) low[at] = Math.Min(low[at], order[successors[next]]);
                next++;
            }

            if (next < successors.Length)
            {
                calls.Push((at, next + 1));
                calls.Push((successors[next], 0));
                continue;
            }

            if (low[at] != order[at]) continue;
            var members = new List<int>();
            int member;
            do
            {
                member = component.Pop();
                onStack[member] = false;
                members.Add(member);
            }
            while (member != at);
            if (members.Count > 1 || successors.Contains(at))
                foreach (var m in members) result[m] = true;
        }

        return result;
    }

    private static int[] Successors(IReadOnlyList<TextStep> steps, int at) =>
        (steps[at].Target, steps[at].FallsThrough && at + 1 < steps.Count) switch
        {
            ( >= 0, true) => [steps[at].Target, at + 1],
            ( >= 0, false) => [steps[at].Target],
            (_, true) => [at + 1],
            _ => [],
        };
}
