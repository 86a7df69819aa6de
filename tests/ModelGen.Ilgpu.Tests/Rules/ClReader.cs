using System.Text.RegularExpressions;

namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>The steps of an OpenCL text as ILGPU writes it: assignments of one operation each, labels and goto.</summary>
internal static partial class ClReader
{
    public static IReadOnlyList<TextStep> Read(string source)
    {
        if (source.Length == 0) return [];
        var values = new ValueNumbers();
        var steps = new List<TextStep>();
        var labels = new Dictionary<string, int>();
        var branches = new List<(int Step, string Label)>();
        var arrays = new HashSet<string>();
        var body = source[source.LastIndexOf("kernel void", StringComparison.Ordinal)..];
        body = body[(body.IndexOf('{') + 1)..body.LastIndexOf('}')];
        foreach (var part in body.Split(';', '\n').Select(p => Spaces().Replace(p, " ").Trim()))
        {
            if (Label().Match(part) is { Success: true } label)
                labels[label.Groups[1].Value] = steps.Count;
            else if (LocalArray().Match(part) is { Success: true } array)
                arrays.Add(array.Groups[1].Value);
            else if (Goto().Match(part) is { Success: true } jump)
                branches.Add((Add(new(part, FallsThrough: steps.Count > 0 && steps[^1].Text.StartsWith("if", StringComparison.Ordinal))),
                    jump.Groups[1].Value));
            else if (part == "return")
                Add(new(part, FallsThrough: false));
            else if (part.StartsWith("work_group_barrier", StringComparison.Ordinal) || part.StartsWith("barrier", StringComparison.Ordinal))
                Add(new(part) { IsBarrier = true });
            else if (Store().Match(part) is { Success: true } store)
                Add(new(part) { Access = Access(store.Groups[1].Value, true) });
            else if (Load().Match(part) is { Success: true } load)
            {
                Add(new(part) { Access = Access(load.Groups[2].Value, false) });
                values.Define(load.Groups[1].Value, "load", [], isFresh: true);
            }
            else if (Assignment().Match(part) is { Success: true } assignment)
            {
                var sources = Word().Matches(assignment.Groups[2].Value).Select(m => m.Value).ToList();
                var operation = Word().Replace(assignment.Groups[2].Value, "");
                if (operation.Contains('^')) operation = "^";
                Add(new(part)
                {
                    Divides = !assignment.Groups[2].Value.Contains("float", StringComparison.Ordinal)
                        && (operation.Contains('/') || operation.Contains('%'))
                });
                values.Define(assignment.Groups[1].Value, operation, sources, sources.FirstOrDefault(arrays.Contains));
            }
            else if (part.Length > 0)
                Add(new(part));
        }

        foreach (var (step, label) in branches) steps[step] = steps[step] with { Target = labels[label] };
        return steps;

        int Add(TextStep step)
        {
            steps.Add(step);
            return steps.Count - 1;
        }

        SharedAccess? Access(string pointer, bool isStore) =>
            values[pointer] is { Array: { } array } value ? new(isStore, array, value.Number, value.Alternates) : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(\w+) ?: ?$")]
    private static partial Regex Label();

    [GeneratedRegex(@"^local [\w ]+ (\w+) ?\[\d+\]$")]
    private static partial Regex LocalArray();

    [GeneratedRegex(@"^goto (\w+)$")]
    private static partial Regex Goto();

    [GeneratedRegex(@"^\* ?(\w+) ?= ?")]
    private static partial Regex Store();

    [GeneratedRegex(@"^(\w+) ?= ?\* ?(\w+)$")]
    private static partial Regex Load();

    [GeneratedRegex(@"^([\w.]+) ?= ?(.*)$")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\b[A-Za-z_0-9.]+\b")]
    private static partial Regex Word();
}
