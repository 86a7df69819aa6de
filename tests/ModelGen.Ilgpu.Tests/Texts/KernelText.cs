
namespace ModelGen.Ilgpu.Tests.Texts;

/// <summary>What ILGPU makes of one kernel.</summary>
/// <param name="Ptx">The text for an NVIDIA driver.</param>
/// <param name="Cl">The text for an OpenCL driver; empty for a kernel with inline PTX.</param>
/// <param name="Error">Why there is none; null where both are there.</param>
internal sealed record KernelText(string Ptx, string Cl, string? Error);
