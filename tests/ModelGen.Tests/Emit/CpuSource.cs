using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Lowering;

namespace ModelGen.Tests.Emit;

/// <summary>What is generated for the CPU as one text, for tests that ask what stands anywhere in it.</summary>
internal static class CpuSource
{
    public static string Of(LoweredModel model) => string.Concat(CpuFiles.Emit(model).Select(f => f.Text));
}
