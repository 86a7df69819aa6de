namespace ILGPU.Runtime.OpenCL;

/// <summary>OpenCL devices of a context: the double has none, like a machine without the driver.</summary>
public static class CLContextExtensions
{
    /// <summary>Looks for OpenCL devices.</summary>
    public static Context.Builder OpenCL(this Context.Builder builder) => builder;
}
