using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>
/// Finds the drivers' libraries where ILGPU looks in vain: on Linux it asks for <c>libcuda.so</c> and <c>libOpenCL.so</c>, names that only
/// development packages install, and takes the failure for a machine without a GPU.
/// </summary>
internal static class DriverLibraries
{
    private static readonly object Gate = new();
    private static bool _isSet;

    /// <summary>The library's file on this system.</summary>
    /// <param name="name">ILGPU's name of it: <c>cuda</c> or <c>OpenCL</c>.</param>
    public static string FileOf(string name) => (name, OperatingSystem.IsWindows(), OperatingSystem.IsMacOS()) switch
    {
        ("cuda", true, _) => "nvcuda.dll",
        ("cuda", _, true) => "libcuda.dylib",
        ("cuda", _, _) => "libcuda.so.1",
        (_, true, _) => "OpenCL.dll",
        (_, _, true) => "/System/Library/Frameworks/OpenCL.framework/OpenCL",
        _ => "libOpenCL.so.1",
    };

    /// <summary>Loads a library; 0 where there is none.</summary>
    public static nint Load(string name)
    {
        // The Windows side of a WSL machine brings the driver, in a folder that is not searched.
        foreach (var file in (string[])[FileOf(name), "/usr/lib/wsl/lib/" + FileOf(name)])
        {
            if (NativeLibrary.TryLoad(file, typeof(Context).Assembly, null, out var handle))
                return handle;
        }

        return 0;
    }

    /// <summary>Answers for ILGPU where its own search has failed, once for the process.</summary>
    /// <remarks>Not by a resolver of the assembly: it takes one only, and on WSL ILGPU sets its own and fails where there is one.</remarks>
    public static void EnsureResolved()
    {
        lock (Gate)
        {
            if (_isSet || !OperatingSystem.IsLinux())
                return;
            _isSet = true;
            var ilgpu = typeof(Context).Assembly;
            if (AssemblyLoadContext.GetLoadContext(ilgpu) is { } context)
                context.ResolvingUnmanagedDll += (assembly, name) => Resolve(ilgpu, assembly, name);
        }
    }

    private static nint Resolve(Assembly ilgpu, Assembly assembly, string name) => assembly == ilgpu && name is ("cuda" or "OpenCL") ? Load(name) : 0;
}
