namespace ModelGen.Gpu;

/// <summary>A model whose kernels were also generated for the GPU.</summary>
public interface IGpuModel : IModel
{
    /// <summary>Makes the model's program, for one session.</summary>
    GpuProgram CreateGpuProgram();
}
