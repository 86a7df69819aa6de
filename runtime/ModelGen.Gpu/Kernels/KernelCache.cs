using System.Reflection;
using System.Runtime.CompilerServices;
using ILGPU.Runtime;

namespace ModelGen.Gpu;

/// <summary>The kernels that sessions of one device have loaded, for the next session; they go with their methods' assembly.</summary>
internal sealed class KernelCache
{
    private readonly ConditionalWeakTable<MethodInfo, List<(KernelSpecialization Specialization, Kernel Kernel)>> _kernels = [];

    public Kernel? Find(MethodInfo method, KernelSpecialization specialization)
    {
        if (!_kernels.TryGetValue(method, out var known))
            return null;
        lock (known)
            return known.Find(entry => entry.Specialization.Equals(specialization)).Kernel;
    }

    public Kernel Add(MethodInfo method, KernelSpecialization specialization, Kernel kernel)
    {
        var known = _kernels.GetOrCreateValue(method);
        lock (known)
            known.Add((specialization, kernel));
        return kernel;
    }
}
