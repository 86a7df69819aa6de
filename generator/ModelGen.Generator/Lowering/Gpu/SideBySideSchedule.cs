using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>Kernels that run side by side in one launch: of its groups the first compute one, the next another.</summary>
/// <param name="Members">The kernels.</param>
/// <param name="Parameters">What the launch takes.</param>
internal sealed record SideBySideSchedule(IReadOnlyList<GpuSchedule> Members, SideBySideParameters Parameters)
{
    /// <summary>Gets the threads of a group: the same for all.</summary>
    public int Threads => Members[0].Threads;

    /// <summary>Gets the groups that must fit one multiprocessor at a time.</summary>
    public int MinGroups => Members.Min(m => m.MinGroups);

    /// <summary>Gets the bytes of the arrays that a group shares: those of all of them, whichever it computes.</summary>
    public int SharedBytes => Members.Sum(m => m.SharedBytes);

    /// <inheritdoc cref="GpuSchedule.Description"/>
    public string Description => string.Join(", ", new[]
    {
        $"{Text(Members.Count)} kernels side by side", $"{Text(Threads)} threads in a group", SharedBytes == 0 ? "" : $"{Text(SharedBytes)} bytes shared",
    }.Where(part => part.Length > 0));

    public static SideBySideSchedule Of(IReadOnlyList<GpuSchedule> members) => new(members, SideBySideParameters.Of(members));

    /// <summary>Whether the device and ILGPU's launchers take them together.</summary>
    public bool Fits(GpuTarget target) => Members.Count <= target.KernelsOfALaunch && Members.All(m => m.Threads == Threads)
        && SharedBytes <= target.SharedBytes && Members.All(m => !m.Parameters.IsPacked) && Parameters.Count <= GpuParameters.Most;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
