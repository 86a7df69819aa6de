namespace ILGPU.Runtime.Cuda;

/// <summary>CUDA devices of a context: the double has none, like a machine without the driver.</summary>
public static class CudaContextExtensions
{
    /// <summary>Looks for CUDA devices.</summary>
    public static Context.Builder Cuda(this Context.Builder builder) => builder;
}
