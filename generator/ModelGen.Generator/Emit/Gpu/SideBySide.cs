using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>A kernel of whose groups the first compute one kernel, the next another: what needs nothing of each other takes one launch.</summary>
internal sealed class SideBySide
{
    private readonly IReadOnlyList<GpuMethod> _members;
    private readonly SideBySideParameters _parameters;

    public SideBySide(IReadOnlyList<GpuMethod> members, SideBySideSchedule schedule, string name) =>
        (_members, Name, Schedule, _parameters) = (members, name, schedule, schedule.Parameters);

    public string Name { get; }

    /// <summary>How it is launched.</summary>
    public SideBySideSchedule Schedule { get; }

    /// <summary>The number of groups as C# over n.</summary>
    public string Groups => string.Join(" + ", _members.Select(m => m.Text.Groups));

    public string ParameterTypes => string.Join(", ", Parameters().Select(p => p.Type));

    /// <summary>The arguments of a launch.</summary>
    /// <param name="view">The view of an argument of a member.</param>
    /// <param name="start">Where the argument starts in it, for those that have to be told.</param>
    public string Arguments(Func<int, int, string> view, Func<int, int, string> start) => string.Join(", ",
        _parameters.Packs.Select(pack => pack.Select((a, k) => $"V{Literals.Int(k)} = {view(a.Member, a.Argument)}"))
            .Select(views => "new FloatViews8 { " + string.Join(", ", views) + " }")
            .Concat(_parameters.Integers.Select(a => view(a.Member, a.Argument)))
            .Concat(_parameters.Starts.Select(a => start(a.Member, a.Argument)))
            .Concat(_parameters.TakesBatch ? new[] { "n" } : Array.Empty<string>())
            .Concat(_parameters.TakesSeed ? new[] { "s.Seed" } : Array.Empty<string>())
            .Concat(_parameters.TakesStep ? new[] { CallList.Step } : Array.Empty<string>()));

    public void Write(CodeWriter writer)
    {
        writer.Line($"/// <summary>Side by side: {string.Join(", ", _members.Select(m => m.Text.Entry.Name))}.</summary>");
        writer.Line($"// Schedule: {Schedule.Description}.");
        writer.Open($"public static void {Name}({string.Join(", ", Parameters().Select(p => p.Type + " " + p.Name))})");
        writer.Line("var group = Grid.IdxX;");
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
            for (var p = 0; p < _parameters.Packs.Count; p++)
                for (var k = 0; k < _parameters.Packs[p].Count; k++)
                    if (_parameters.Packs[p][k] == (member, argument)) return $"views{Literals.Int(p)}.V{Literals.Int(k)}";
            return Parameter(member, argument);
        }
        string Start(int member, int argument) => Parameter(member, argument) + "Start";
    }

    private IEnumerable<(string Type, string Name)> Parameters()
    {
        for (var p = 0; p < _parameters.Packs.Count; p++) yield return ("FloatViews8", "views" + Literals.Int(p));
        foreach (var (member, argument) in _parameters.Integers) yield return ("ArrayView<int>", Parameter(member, argument));
        foreach (var (member, argument) in _parameters.Starts) yield return ("int", Parameter(member, argument) + "Start");
        if (_parameters.TakesBatch) yield return ("int", "n");
        if (_parameters.TakesSeed) yield return ("uint", "seed");
        if (_parameters.TakesStep) yield return ("int", CallList.Step);
    }

    private static string Parameter(int member, int argument) => FormattableString.Invariant($"a{member}_{argument}");
}
