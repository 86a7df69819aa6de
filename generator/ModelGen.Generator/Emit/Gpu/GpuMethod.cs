using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>An emitted kernel as a method: its parameters follow from what its body turned out to use.</summary>
internal sealed class GpuMethod
{
    /// <summary>The most parameters ILGPU's launchers have.</summary>
    public const int MostParameters = 14;

    /// <summary>Views in the struct <c>FloatViews8</c> of ModelGen.Gpu.</summary>
    public const int ViewsInPack = 8;

    private readonly string _body;
    private readonly List<int> _plain = new();
    private readonly List<List<int>> _packs = new();
    private readonly List<int> _based;

    // Where the views start, eight numbers in a struct; none where each is a parameter.
    private readonly List<List<int>> _startPacks = new();

    /// <param name="suffix">Of the name, where it is not the kernel's first form.</param>
    public GpuMethod(GpuKernelText text, string suffix = "")
    {
        (Text, Name) = (text, text.Entry.Name + suffix);
        var writer = new CodeWriter();
        text.Body(writer);
        _body = writer.ToString().TrimEnd('\n');
        var all = Enumerable.Range(0, text.Entry.Arguments.Count).ToList();
        _based = all.Where(text.Scope.Based.Contains).ToList();
        // What does not fit goes into structs of eight views; integers stay, the struct holds floats.
        var room = MostParameters - _based.Count - text.Addressed.Count - (text.Scope.UsesBatch ? 1 : 0) - (text.Scope.UsesSeed ? 1 : 0)
            - (text.Scope.Kernel.IsStepped ? 1 : 0);
        var floats = all.Where(a => !text.Scope.IsInteger(a)).ToList();
        var packed = 0;
        while (all.Count - packed + (packed + ViewsInPack - 1) / ViewsInPack > room && packed < floats.Count) packed++;
        var inPacks = floats.Skip(floats.Count - packed).ToList();
        _plain.AddRange(all.Except(inPacks));
        for (var k = 0; k < inPacks.Count; k += ViewsInPack) _packs.Add(inPacks.Skip(k).Take(ViewsInPack).ToList());
        if (_plain.Count + _packs.Count <= room) return;
        for (var k = 0; k < _based.Count; k += ViewsInPack) _startPacks.Add(_based.Skip(k).Take(ViewsInPack).ToList());
    }

    public GpuKernelText Text { get; }

    public string Name { get; }

    /// <summary>The field that keeps the launcher: ILGPU itself would let it go.</summary>
    public string Field => "_" + char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>C# that loads it.</summary>
    public string Load =>
        $"{Field} = loader.LoadKernel<{ParameterTypes}>(GpuKernels.{Name}, new KernelSpecialization({Extent.Number(Text.Threads)}, "
            + $"{Extent.Number(Text.MinGroups)}));";

    /// <summary>True where views had to be packed into structs.</summary>
    public bool IsPacked => _packs.Count > 0 || _startPacks.Count > 0;

    /// <summary>Whether it is launched by itself, and whether beside others.</summary>
    public bool IsAlone { get; set; }

    /// <inheritdoc cref="IsAlone"/>
    public bool IsBesideOthers { get; set; }

    /// <summary>The method that takes the number of the group, where it is not the device's.</summary>
    public string BodyName => Name + "_Group";

    /// <summary>The arguments of that method.</summary>
    public string BodyArguments(Func<int, string> view, Func<int, string> start, string group) => string.Join(", ",
        _plain.Select(view).Concat(_based.Select(start))
            .Concat(Text.Scope.UsesBatch ? new[] { "n" } : Array.Empty<string>())
            .Concat(Text.Scope.UsesSeed ? new[] { "seed" } : Array.Empty<string>())
            .Concat(Text.Scope.Kernel.IsStepped ? new[] { CallList.Step } : Array.Empty<string>())
            .Append(group));

    /// <summary>The delegate that a loaded kernel is.</summary>
    public string LauncherType => $"Action<AcceleratorStream, KernelConfig, {ParameterTypes}>";

    public string ParameterTypes => string.Join(", ", Parameters().Select(p => p.Type));

    /// <summary>The arguments of a launch.</summary>
    /// <param name="view">The view of an argument.</param>
    /// <param name="start">Where the argument starts in it, for those that have to be told.</param>
    public string Arguments(Func<int, string> view, Func<int, string> start) => string.Join(", ",
        _plain.Select(view)
            .Concat(_packs.Select(p => "new FloatViews8 { " + string.Join(", ", p.Select((a, k) => $"V{Extent.Number(k)} = {view(a)}")) + " }"))
            .Concat(_startPacks.Count == 0 ? _based.Select(start)
                : _startPacks.Select(p => "new Ints8 { " + string.Join(", ", p.Select((a, k) => $"V{Extent.Number(k)} = {start(a)}")) + " }"))
            .Concat(Text.Addressed.Select(a => $"Address({view(a)})"))
            .Concat(Text.Scope.UsesBatch ? new[] { "n" } : Array.Empty<string>())
            .Concat(Text.Scope.UsesSeed ? new[] { "s.Seed" } : Array.Empty<string>())
            .Concat(Text.Scope.Kernel.IsStepped ? new[] { CallList.Step } : Array.Empty<string>()));

    /// <summary>C# that launches it.</summary>
    /// <inheritdoc cref="Arguments"/>
    public string Launch(Func<int, string> view, Func<int, string> start) =>
        $"{Field}(s.Stream, Groups({Text.Groups}, {Extent.Number(Text.Threads)}), {Arguments(view, start)});";

    public void Write(CodeWriter writer)
    {
        var entry = Text.Entry;
        writer.Line("/// <summary>");
        foreach (var line in entry.Formula.Split('\n')) writer.Line("/// " + Escape(line) + "<br/>");
        writer.Line("/// </summary>");
        writer.Line($"/// <remarks>{Escape(Text.Remark)}</remarks>");
        var parameters = string.Join(", ", Parameters().Select(p => p.Type + " " + p.Name));
        if (!IsBesideOthers)
        {
            writer.Open($"public static void {Name}({parameters})");
            if (Text.UsesGroup) writer.Line("var group = Grid.IdxX;");
            for (var p = 0; p < _packs.Count; p++)
                for (var k = 0; k < _packs[p].Count; k++) writer.Line($"var {entry.Arguments[_packs[p][k]]} = views{Extent.Number(p)}.V{Extent.Number(k)};");
            for (var p = 0; p < _startPacks.Count; p++)
                for (var k = 0; k < _startPacks[p].Count; k++) writer.Line(
                    $"var {Text.Scope.BaseOf(_startPacks[p][k])} = starts{Extent.Number(p)}.V{Extent.Number(k)};");
            writer.Lines(_body);
            writer.Close();
            return;
        }
        writer.Open($"private static void {BodyName}({parameters}, int group)");
        writer.Lines(_body);
        writer.Close();
        if (!IsAlone) return;
        writer.Line();
        writer.Line($"/// <inheritdoc cref=\"{BodyName}\"/>");
        writer.Line($"public static void {Name}({parameters}) => {BodyName}({string.Join(", ", Parameters().Select(p => p.Name).Append("Grid.IdxX"))});");
    }

    private IEnumerable<(string Type, string Name)> Parameters()
    {
        foreach (var argument in _plain) yield return (Text.Scope.IsInteger(argument) ? "ArrayView<int>" : "ArrayView<float>", Text.Entry.Arguments[argument]);
        for (var p = 0; p < _packs.Count; p++) yield return ("FloatViews8", "views" + Extent.Number(p));
        for (var p = 0; p < _startPacks.Count; p++) yield return ("Ints8", "starts" + Extent.Number(p));
        if (_startPacks.Count == 0)
            foreach (var argument in _based) yield return ("int", Text.Scope.BaseOf(argument));
        foreach (var argument in Text.Addressed) yield return ("long", Text.Scope.AddressOf(argument));
        if (Text.Scope.UsesBatch) yield return ("int", "n");
        if (Text.Scope.UsesSeed) yield return ("uint", "seed");
        if (Text.Scope.Kernel.IsStepped) yield return ("int", CallList.Step);
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
