using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>A kernel of whose groups the first compute one kernel, the next another: what needs nothing of each other takes one launch.</summary>
internal sealed class SideBySide
{
    private readonly IReadOnlyList<GpuMethod> _members;

    public SideBySide(IReadOnlyList<GpuMethod> members, string name) => (_members, Name) = (members, name);

    public string Name { get; }

    public int Threads => _members[0].Text.Threads;

    public int MinGroups => _members.Min(m => m.Text.MinGroups);

    /// <summary>The number of groups as C# over n.</summary>
    public string Groups => string.Join(" + ", _members.Select(m => m.Text.Groups));

    public string ParameterTypes => string.Join(", ", Parameters().Select(p => p.Type));

    private bool TakesBatch => _members.Any(m => m.Text.Scope.UsesBatch || !int.TryParse(m.Text.Groups, out _));

    private bool TakesSeed => _members.Any(m => m.Text.Scope.UsesSeed);

    private bool IsStepped => _members.Any(m => m.Text.Scope.Kernel.IsStepped);

    /// <summary>True where a launcher has enough parameters.</summary>
    public static bool CanBe(IReadOnlyList<GpuMethod> members)
    {
        var both = new SideBySide(members, "");
        return members.All(m => !m.IsPacked) && both.Parameters().Count() <= GpuMethod.MostParameters;
    }

    /// <summary>The arguments of a launch.</summary>
    /// <param name="view">The view of an argument of a member.</param>
    /// <param name="start">Where the argument starts in it, for those that have to be told.</param>
    public string Arguments(Func<int, int, string> view, Func<int, int, string> start) => string.Join(", ",
        Packs().Select(pack => "new FloatViews8 { " + string.Join(", ", pack.Select((a, k) => $"V{Extent.Number(k)} = {view(a.Member, a.Argument)}")) + " }")
            .Concat(Integers().Select(a => view(a.Member, a.Argument)))
            .Concat(Starts().Select(a => start(a.Member, a.Argument)))
            .Concat(TakesBatch ? new[] { "n" } : Array.Empty<string>())
            .Concat(TakesSeed ? new[] { "s.Seed" } : Array.Empty<string>())
            .Concat(IsStepped ? new[] { CallList.Step } : Array.Empty<string>()));

    public void Write(CodeWriter writer)
    {
        writer.Line($"/// <summary>Side by side: {string.Join(", ", _members.Select(m => m.Text.Entry.Name))}.</summary>");
        writer.Open($"public static void {Name}({string.Join(", ", Parameters().Select(p => p.Type + " " + p.Name))})");
        writer.Line("var group = Grid.IdxX;");
        var packs = Packs();
        for (var m = 0; m < _members.Count; m++)
        {
            var member = m;
            // The groups of the members before it.
            var before = string.Join(" + ", _members.Take(m).Select(x => x.Text.Groups));
            var arguments = _members[m].BodyArguments(a => View(member, a), a => Start(member, a), m == 0 ? "group" : m == 1
                && !before.Contains(" ") ? $"group - {before}" : $"group - ({before})");
            var upTo = string.Join(" + ", _members.Take(m + 1).Select(x => x.Text.Groups));
            var head = m == 0 ? $"if (group < {upTo})" : m < _members.Count - 1 ? $"else if (group < {upTo})" : "else";
            writer.Line(head);
            writer.Indent();
            writer.Line($"{_members[m].BodyName}({arguments});");
            writer.Unindent();
        }
        writer.Close();

        string View(int member, int argument)
        {
            for (var p = 0; p < packs.Count; p++)
                for (var k = 0; k < packs[p].Count; k++)
                    if (packs[p][k] == (member, argument)) return $"views{Extent.Number(p)}.V{Extent.Number(k)}";
            return Parameter(member, argument);
        }
        string Start(int member, int argument) => Parameter(member, argument) + "Start";
    }

    private IEnumerable<(string Type, string Name)> Parameters()
    {
        for (var p = 0; p < Packs().Count; p++) yield return ("FloatViews8", "views" + Extent.Number(p));
        foreach (var (member, argument) in Integers()) yield return ("ArrayView<int>", Parameter(member, argument));
        foreach (var (member, argument) in Starts()) yield return ("int", Parameter(member, argument) + "Start");
        if (TakesBatch) yield return ("int", "n");
        if (TakesSeed) yield return ("uint", "seed");
        if (IsStepped) yield return ("int", CallList.Step);
    }

    private static string Parameter(int member, int argument) => FormattableString.Invariant($"a{member}_{argument}");

    private IEnumerable<(int Member, int Argument)> All(Func<GpuMethod, int, bool> which) =>
        _members.SelectMany((m, at) => Enumerable.Range(0, m.Text.Entry.Arguments.Count).Where(a => which(m, a)).Select(a => (at, a)));

    private IReadOnlyList<IReadOnlyList<(int Member, int Argument)>> Packs() =>
        All((m, a) => !m.Text.Scope.IsInteger(a)).Select((a, at) => (a, at)).GroupBy(x => x.at / GpuMethod.ViewsInPack, x => x.a)
            .Select(g => (IReadOnlyList<(int, int)>)g.ToList()).ToList();

    private IEnumerable<(int Member, int Argument)> Integers() => All((m, a) => m.Text.Scope.IsInteger(a));

    private IEnumerable<(int Member, int Argument)> Starts() => All((m, a) => m.Text.Scope.Based.Contains(a));
}
