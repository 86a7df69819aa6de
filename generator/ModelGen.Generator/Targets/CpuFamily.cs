using ModelGen.Generator.Support;

namespace ModelGen.Generator.Targets;

/// <summary>The processors that one generated file is for: several vector widths, of which the best is taken at run time, over the same memory.</summary>
/// <remarks>Whatever decides where values lie, in which order sums are added up, or what is packed must be the same for all widths: it follows from this
/// record and from the widest of them, never from the width at hand.</remarks>
/// <param name="Targets">The widths, the widest first; the last is <see cref="CpuTarget.Plain"/>.</param>
internal sealed record CpuFamily(EquatableArray<CpuTarget> Targets)
{
    /// <summary>x86-64: AVX-512, AVX2 with FMA, or plain loops.</summary>
    public static readonly CpuFamily X64 = new(EquatableArray.Of(CpuTarget.Avx512, CpuTarget.Avx2, CpuTarget.Plain));

    /// <summary>Gets the widest vectors.</summary>
    public CpuTarget Widest => Targets[0];

    /// <summary>Gets the narrowest vectors that are still vectors.</summary>
    public CpuTarget Narrowest => Targets[Targets.Count - 2];

    /// <summary>Gets what stays in which cache, and what lies too far apart.</summary>
    public CpuCaches Caches { get; init; } = new();

    /// <summary>Gets what makes work worth sharing out among threads.</summary>
    public CpuTasks Tasks { get; init; } = new();

    /// <summary>Gets the limits of the .NET JIT compiler.</summary>
    public JitLimits Jit { get; init; } = new();

    /// <summary>Gets the sizes from which one form of a loop or product gains over another.</summary>
    public CpuCrossovers Crossovers { get; init; } = new();
}
