namespace ILGPU;

/// <summary>Strides of one dimension.</summary>
public static class Stride1D
{
    /// <summary>Elements lie next to each other.</summary>
    public readonly struct Dense;
}
