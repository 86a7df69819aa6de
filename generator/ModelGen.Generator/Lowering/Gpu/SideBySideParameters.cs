using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The parameters of a launch of several kernels side by side; an argument is told by the number of its kernel and its own.</summary>
/// <param name="Packs">The views of floats, eight in a struct.</param>
/// <param name="Integers">The views of integers.</param>
/// <param name="Starts">Arguments that do not start where their view starts.</param>
/// <param name="TakesBatch">Whether a kernel, or the number of its groups, counts by the batch.</param>
/// <param name="TakesSeed">Whether a kernel draws random numbers.</param>
/// <param name="TakesStep">Whether a kernel is a step of a recurrence.</param>
internal sealed record SideBySideParameters(
    IReadOnlyList<IReadOnlyList<(int Member, int Argument)>> Packs, IReadOnlyList<(int Member, int Argument)> Integers,
    IReadOnlyList<(int Member, int Argument)> Starts, bool TakesBatch, bool TakesSeed, bool TakesStep)
{
    /// <summary>Gets their number.</summary>
    public int Count => Packs.Count + Integers.Count + Starts.Count + (TakesBatch ? 1 : 0) + (TakesSeed ? 1 : 0) + (TakesStep ? 1 : 0);

    public static SideBySideParameters Of(IReadOnlyList<GpuSchedule> members)
    {
        List<(int, int)> All(Func<GpuSchedule, int, bool> which) =>
            members.SelectMany((m, at) => Enumerable.Range(0, m.Kernel.Arguments.Count).Where(a => which(m, a)).Select(a => (at, a))).ToList();
        var floats = All((m, a) => m.Kernel.Arguments[a].Element != ElementType.I32);
        var packs = floats.Select((a, at) => (a, at)).GroupBy(x => x.at / GpuParameters.ViewsInPack, x => x.a)
            .Select(g => (IReadOnlyList<(int, int)>)g.ToList()).ToList();
        return new(packs, All((m, a) => m.Kernel.Arguments[a].Element == ElementType.I32), All((m, a) => m.Parameters.Based.Contains(a)),
            members.Any(m => m.Parameters.TakesBatch || !m.HasLiteralGrid), members.Any(m => m.Parameters.TakesSeed),
            members.Any(m => m.Parameters.TakesStep));
    }
}
