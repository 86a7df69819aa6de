using System.Text.RegularExpressions;

namespace ModelGen.Ilgpu.Tests.Ptx;

/// <summary>Finds in the text of a compiled kernel what loads wrongly or runs slowly on a device.</summary>
public static partial class PtxTraps
{
    /// <summary>One sentence for each trap; none for a good kernel.</summary>
    public static IReadOnlyList<string> Find(string ptx)
    {
        var traps = new List<string>();
        foreach (Match match in ExternalFunction().Matches(ptx))
            traps.Add($"calls the function {match.Groups[1].Value}, which nothing defines");
        var perThread = RegistersThatDifferByThread(ptx);
        PtxSlice? slice = null;
        foreach (Match branch in UniformBranch().Matches(ptx))
        {
            if (perThread.Contains(branch.Groups[1].Value) && (slice ??= new(ptx)).DiffersByThread(branch.Value.Trim()))
                traps.Add($"branches on a value of the thread as if all threads agreed: {branch.Value.Trim()}");
        }

        if (LocalMemory().Match(ptx) is { Success: true } local)
            traps.Add($"keeps an array in local memory, which is as slow as global memory: {local.Value.Trim()}");
        if (GenericAccess().Match(ptx) is { Success: true } access)
            traps.Add($"loads or stores without naming the address space: {access.Value.Trim()}");
        if (ptx.Contains("tanh.approx", StringComparison.Ordinal))
            traps.Add("uses tanh.approx, good to 2^-11");
        if (ptx.Contains(".f64", StringComparison.Ordinal))
            traps.Add("computes in double precision");
        return traps;
    }

    /// <summary>Whether an instruction reads the thread's number, memory or other lanes.</summary>
    public static bool IsSourceOfDifference(string instruction) => SourceOfDifference().IsMatch(instruction);

    /// <summary>The registers an instruction writes.</summary>
    public static IEnumerable<string> ResultsOf(string instruction)
    {
        if (NoResult().IsMatch(instruction)) return [];
        var registers = Register().Matches(instruction).Select(match => match.Value).ToArray();
        return Results(instruction, instruction.StartsWith('@') ? registers[1..] : registers);
    }

    // From the thread's number, from memory and from other lanes, and on through every instruction; the order of the text does not
    // matter, so a value that loops carry around is found too.
    private static HashSet<string> RegistersThatDifferByThread(string ptx)
    {
        var differing = new HashSet<string>(StringComparer.Ordinal);
        var instructions = ptx.Split('\n').Select(line => line.Trim())
            .Where(line => line.StartsWith('@') || char.IsAsciiLetterLower(line.FirstOrDefault())).ToArray();
        for (var before = -1; before != differing.Count;)
        {
            before = differing.Count;
            foreach (var instruction in instructions)
            {
                var registers = Register().Matches(instruction).Select(match => match.Value).ToArray();
                var isSource = SourceOfDifference().IsMatch(instruction);
                if (registers.Length > 0 && (isSource || registers.Any(differing.Contains)) && !NoResult().IsMatch(instruction))
                    differing.UnionWith(Results(instruction, registers));
            }
        }

        return differing;
    }

    // A vector load writes all registers in its braces; anything else its first one.
    private static IEnumerable<string> Results(string instruction, string[] registers)
    {
        var end = instruction.IndexOf('}');
        return end > 0 && instruction.StartsWith("ld.", StringComparison.Ordinal)
            ? Register().Matches(instruction[..end]).Select(match => match.Value)
            : registers.Take(1);
    }

    [GeneratedRegex(@"%(?:p|rs|rd|r|fd|f)\d+")]
    private static partial Regex Register();

    [GeneratedRegex(@"%tid\.|%laneid|^(?:@!?%\w+\s+)?(?:ld\.(?!param)|atom\.|shfl\.|vote\.)")]
    private static partial Regex SourceOfDifference();

    [GeneratedRegex(@"^(?:@!?%\w+\s+)?(?:st\.|bra|bar\.|ret|red\.)")]
    private static partial Regex NoResult();

    [GeneratedRegex(@"\.extern\s+\.func\s+(?:\([^)]*\)\s*)?([\w$]+)")]
    private static partial Regex ExternalFunction();

    [GeneratedRegex(@"^\s*@!?(%\w+)\s+bra\.uni.*$", RegexOptions.Multiline)]
    private static partial Regex UniformBranch();

    [GeneratedRegex(@"^\s*\.local\b.*$", RegexOptions.Multiline)]
    private static partial Regex LocalMemory();

    [GeneratedRegex(@"^\s*(?:@!?%\w+\s+)?(?:ld|st)\.(?:v[24]\.)?[bfsu]\d+.*$", RegexOptions.Multiline)]
    private static partial Regex GenericAccess();
}
