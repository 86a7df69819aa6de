namespace ModelGen.Gpu;

/// <summary>Represents a model whose kernels were also generated for the GPU.</summary>
public interface IGpuModel : IModel
{
    /// <summary>Creates the model's program for one session.</summary>
    GpuProgram CreateGpuProgram();
}
