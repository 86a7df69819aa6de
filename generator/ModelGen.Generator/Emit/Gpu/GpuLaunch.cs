using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One launch of a kernel of the program: the method, and which arguments of the program's kernel it takes.</summary>
/// <param name="Arguments">Numbers of arguments, or <see cref="SplitContraction.Scratch"/>.</param>
internal sealed record GpuLaunch(GpuMethod Method, IReadOnlyList<int> Arguments)
{
    public string Name => Method.Text.Entry.Name;

    /// <summary>The field that keeps the launcher: ILGPU itself would let it go.</summary>
    public string Field => "_" + char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>The launches of one kernel of the program, and the scratch memory they share.</summary>
    /// <param name="based">Arguments that do not start where their view starts.</param>
    public static IReadOnlyList<GpuLaunch> Of(KernelEntry entry, IReadOnlyCollection<int> based, out long scratchFloats)
    {
        scratchFloats = 0;
        var all = Enumerable.Range(0, entry.Arguments.Count).ToList();
        if (GpuContraction.TryCreate(entry, based) is not { } whole) return new[] { new GpuLaunch(new(new GpuLoopKernel(entry, based)), all) };
        if (SplitContraction.Of(entry, whole.TypicalGroups, whole.Terms) is not { } split) return new[] { new GpuLaunch(new(whole), all) };
        scratchFloats = split.ScratchFloats;
        IReadOnlyCollection<int> Based(IReadOnlyList<int> arguments) => Enumerable.Range(0, arguments.Count).Where(k => based.Contains(arguments[k])).ToList();
        var parts = GpuContraction.TryCreate(split.Parts, Based(split.PartsArguments), isSplit: true)
            ?? throw new InvalidOperationException("A part of a contraction is a contraction.");
        return new[]
        {
            new GpuLaunch(new(parts), split.PartsArguments),
            new GpuLaunch(new(new GpuLoopKernel(split.Sum, Based(split.SumArguments))), split.SumArguments),
        };
    }
}
