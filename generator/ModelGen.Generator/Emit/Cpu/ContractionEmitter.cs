using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

internal sealed class ContractionEmitter
{
    public static bool TryEmit(CodeWriter writer, KernelEntry entry, string parameters) { _ = (writer, entry, parameters); return false; }
}
