using System.Text.RegularExpressions;

namespace ModelGen.Ilgpu.Tests.Ptx;

/// <summary>Where the value that an instruction reads comes from, along every path to it: a register may hold one value in one
/// branch and another in the next.</summary>
internal sealed partial class PtxSlice
{
    private readonly List<string> _instructions = [];
    private readonly List<List<int>> _before = [];

    public PtxSlice(string ptx)
    {
        var labels = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in ptx.Split('\n').Select(l => l.Trim()))
        {
            if (Label().Match(line) is { Success: true } label) labels[label.Groups[1].Value] = _instructions.Count;
            else if (line.StartsWith('@') || char.IsAsciiLetterLower(line.FirstOrDefault())) _instructions.Add(line);
        }

        foreach (var _ in _instructions) _before.Add([]);
        for (var i = 0; i < _instructions.Count; i++)
        {
            var branch = Branch().Match(_instructions[i]);
            if (branch.Success && labels.TryGetValue(branch.Groups[2].Value, out var target) && target < _instructions.Count) _before[target].Add(i);
            var ends = !_instructions[i].StartsWith('@') && (branch.Success || _instructions[i].StartsWith("ret", StringComparison.Ordinal));
            if (!ends && i + 1 < _instructions.Count) _before[i + 1].Add(i);
        }
    }

    /// <summary>Whether what a branch asks for follows from the thread's number, from memory or from other threads.</summary>
    public bool DiffersByThread(string branch)
    {
        var seen = new HashSet<(int, string)>();
        var waiting = new Stack<(int Instruction, string Register)>();
        for (var i = 0; i < _instructions.Count; i++)
            if (_instructions[i] == branch) waiting.Push((i, Register().Match(branch).Value));
        while (waiting.Count > 0)
        {
            var use = waiting.Pop();
            if (!seen.Add(use)) continue;
            foreach (var at in Definitions(use.Instruction, use.Register))
            {
                if (PtxTraps.IsSourceOfDifference(_instructions[at])) return true;
                foreach (Match read in Register().Matches(_instructions[at]))
                    if (read.Value != use.Register || Reads(at, read.Value)) waiting.Push((at, read.Value));
            }
        }

        return false;
    }

    private bool Reads(int at, string register) => Register().Matches(_instructions[at]).Skip(1).Any(m => m.Value == register);

    private IEnumerable<int> Definitions(int use, string register)
    {
        var seen = new HashSet<int>();
        var waiting = new Stack<int>(_before[use]);
        while (waiting.Count > 0)
        {
            var at = waiting.Pop();
            if (!seen.Add(at)) continue;
            var isResult = PtxTraps.ResultsOf(_instructions[at]).Contains(register);
            if (isResult) yield return at;
            if (isResult && !_instructions[at].StartsWith('@')) continue;
            foreach (var before in _before[at]) waiting.Push(before);
        }
    }

    [GeneratedRegex(@"^([\w$]+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^(@!?%\w+\s+)?bra(?:\.uni)?\s+([\w$]+)")]
    private static partial Regex Branch();

    [GeneratedRegex(@"%(?:p|rs|rd|r|fd|f)\d+")]
    private static partial Regex Register();
}
