namespace ModelGen.RandomPrograms;

/// <summary>How programs are tried.</summary>
/// <param name="Gpu">Whether the GPU kernels run too.</param>
/// <param name="OnePath">Whether kernels of instruction sets that this process does not use are left out before the generated text is compiled.</param>
/// <param name="Known">(source, compile) → the assembly, for processes that share what they compile; null compiles always.</param>
internal sealed record TrialOptions(bool Gpu = false, bool OnePath = true, Func<string, Func<byte[]>, byte[]>? Known = null);
