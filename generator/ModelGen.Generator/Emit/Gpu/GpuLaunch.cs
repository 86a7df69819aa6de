using System.Collections.Generic;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One launch: the method, and which arguments of the program's kernel it takes.</summary>
/// <param name="Arguments">Numbers of arguments; below 0 those of scratch tensors.</param>
internal sealed record GpuLaunch(GpuMethod Method, IReadOnlyList<int> Arguments)
{
    public string Name => Method.Text.Entry.Name;

    /// <summary>The field that keeps the launcher: ILGPU itself would let it go.</summary>
    public string Field => "_" + char.ToLowerInvariant(Name[0]) + Name.Substring(1);
}
