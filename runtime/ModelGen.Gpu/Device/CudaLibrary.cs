using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>
/// Finds the CUDA driver where ILGPU looks in vain: it asks for <c>libcuda.so</c>, a name that only the development package
/// installs, and takes the failure for a machine without a GPU.
/// </summary>
internal static class CudaLibrary
{
    private static readonly object Gate = new();
    private static bool _isSet;

    /// <summary>Sets the resolver, once; where the program has set one of its own, that one stays.</summary>
    public static void EnsureResolved()
    {
        lock (Gate)
        {
            if (_isSet || !OperatingSystem.IsLinux())
                return;
            _isSet = true;
            try
            {
                NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, Resolve);
            }
            catch (InvalidOperationException)
            {
                // An assembly takes one resolver only.
            }
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != "cuda")
            return 0;
        return NativeLibrary.TryLoad("libcuda.so.1", assembly, paths, out var handle) ? handle : 0;
    }
}
