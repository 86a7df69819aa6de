using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>An emitted kernel as a method.</summary>
internal sealed class GpuMethod
{
    private readonly GpuParameters _parameters;

    /// <param name="suffix">Of the name, where it is not the kernel's first form.</param>
    public GpuMethod(GpuKernelText text, string suffix = "") =>
        (Text, Name, _parameters) = (text, text.Entry.Name + suffix, text.Schedule.Parameters);

    public GpuKernelText Text { get; }

    public string Name { get; }

    /// <summary>The field that keeps the launcher: ILGPU itself would let it go.</summary>
    public string Field => "_" + char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>C# that loads it.</summary>
    public string Load =>
        $"{Field} = loader.LoadKernel<{ParameterTypes}>(GpuKernels.{Name}, new KernelSpecialization({Literals.Int(Text.Schedule.Threads)}, "
            + $"{Literals.Int(Text.Schedule.MinGroups)}));";

    /// <summary>Whether it is launched by itself, and whether beside others.</summary>
    public bool IsAlone { get; set; }

    /// <inheritdoc cref="IsAlone"/>
    public bool IsBesideOthers { get; set; }

    /// <summary>The method that takes the number of the group, where it is not the device's.</summary>
    public string BodyName => Name + "_Group";

    /// <summary>The arguments of that method.</summary>
    public string BodyArguments(Func<int, string> view, Func<int, string> start, string group) => string.Join(", ",
        _parameters.Views.Select(view).Concat(_parameters.Based.Select(start)).Concat(Numbers("seed")).Append(group));

    /// <summary>The delegate that a loaded kernel is.</summary>
    public string LauncherType => $"Action<AcceleratorStream, KernelConfig, {ParameterTypes}>";

    public string ParameterTypes => string.Join(", ", Parameters().Select(p => p.Type));

    /// <summary>The arguments of a launch.</summary>
    /// <param name="view">The view of an argument.</param>
    /// <param name="start">Where the argument starts in it, for those that have to be told.</param>
    public string Arguments(Func<int, string> view, Func<int, string> start) => string.Join(", ",
        _parameters.Views.Select(view)
            .Concat(_parameters.Packs.Select(p => "new FloatViews8 { " + string.Join(", ", p.Select((a, k) => $"V{Literals.Int(k)} = {view(a)}")) + " }"))
            .Concat(_parameters.StartPacks.Count == 0 ? _parameters.Based.Select(start)
                : _parameters.StartPacks.Select(p => "new Ints8 { " + string.Join(", ", p.Select((a, k) => $"V{Literals.Int(k)} = {start(a)}")) + " }"))
            .Concat(_parameters.Addressed.Select(a => $"Address({view(a)})"))
            .Concat(Numbers("s.Seed")));

    /// <summary>C# that launches it.</summary>
    /// <inheritdoc cref="Arguments"/>
    public string Launch(Func<int, string> view, Func<int, string> start) =>
        $"{Field}(s.Stream, Groups({Text.Groups}, {Literals.Int(Text.Schedule.Threads)}), {Arguments(view, start)});";

    public void Write(CodeWriter writer)
    {
        var entry = Text.Entry;
        writer.Line("/// <summary>");
        foreach (var line in entry.Formula.Split('\n')) writer.Line("/// " + Escape(line) + "<br/>");
        writer.Line("/// </summary>");
        writer.Line($"/// <remarks>{Escape(Text.Remark)}</remarks>");
        writer.Line($"// Schedule: {Text.Schedule.Description}.");
        var parameters = string.Join(", ", Parameters().Select(p => p.Type + " " + p.Name));
        if (!IsBesideOthers)
        {
            writer.Open($"public static void {Name}({parameters})");
            if (Text.UsesGroup) writer.Line("var group = Grid.IdxX;");
            for (var p = 0; p < _parameters.Packs.Count; p++)
                for (var k = 0; k < _parameters.Packs[p].Count; k++)
                    writer.Line($"var {entry.Arguments[_parameters.Packs[p][k]]} = views{Literals.Int(p)}.V{Literals.Int(k)};");
            for (var p = 0; p < _parameters.StartPacks.Count; p++)
                for (var k = 0; k < _parameters.StartPacks[p].Count; k++)
                    writer.Line($"var {Text.Scope.BaseOf(_parameters.StartPacks[p][k])} = starts{Literals.Int(p)}.V{Literals.Int(k)};");
            Text.Body(writer);
            writer.Close();
            return;
        }
        writer.Open($"private static void {BodyName}({parameters}, int group)");
        Text.Body(writer);
        writer.Close();
        if (!IsAlone) return;
        writer.Line();
        writer.Line($"/// <inheritdoc cref=\"{BodyName}\"/>");
        writer.Line($"public static void {Name}({parameters}) => {BodyName}({string.Join(", ", Parameters().Select(p => p.Name).Append("Grid.IdxX"))});");
    }

    private IEnumerable<(string Type, string Name)> Parameters()
    {
        foreach (var argument in _parameters.Views)
            yield return (Text.Scope.IsInteger(argument) ? "ArrayView<int>" : "ArrayView<float>", Text.Entry.Arguments[argument]);
        for (var p = 0; p < _parameters.Packs.Count; p++) yield return ("FloatViews8", "views" + Literals.Int(p));
        for (var p = 0; p < _parameters.StartPacks.Count; p++) yield return ("Ints8", "starts" + Literals.Int(p));
        if (_parameters.StartPacks.Count == 0)
            foreach (var argument in _parameters.Based) yield return ("int", Text.Scope.BaseOf(argument));
        foreach (var argument in _parameters.Addressed) yield return ("long", Text.Scope.AddressOf(argument));
        if (_parameters.TakesBatch) yield return ("int", "n");
        if (_parameters.TakesSeed) yield return ("uint", "seed");
        if (_parameters.TakesStep) yield return ("int", CallList.Step);
    }

    // What a launch tells besides its tensors.
    private IEnumerable<string> Numbers(string seed)
    {
        if (_parameters.TakesBatch) yield return "n";
        if (_parameters.TakesSeed) yield return seed;
        if (_parameters.TakesStep) yield return CallList.Step;
    }

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
