using System.Collections.Generic;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One launch: the method, and which arguments of the program's kernel it takes.</summary>
/// <param name="Arguments">Numbers of arguments; below 0 those of scratch tensors.</param>
/// <param name="Tensor">The method that takes its place where the device has tensor cores; null where there is none.</param>
internal sealed record GpuLaunch(GpuMethod Method, IReadOnlyList<int> Arguments, GpuMethod? Tensor)
{
    public string Name => Method.Name;
}
