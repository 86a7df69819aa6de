using System.Reflection;

namespace ILGPU.Backends.EntryPoints;

/// <summary>A method as a kernel.</summary>
public readonly struct EntryPointDescription
{
    EntryPointDescription(MethodInfo method) => MethodSource = method;

    /// <summary>The method.</summary>
    public MethodInfo MethodSource { get; }

    /// <summary>A kernel that takes its index from Grid and Group.</summary>
    public static EntryPointDescription FromExplicitlyGroupedKernel(MethodInfo methodSource) => new(methodSource);
}
