namespace ILGPU.Algorithms;

/// <summary>Switches the algorithms on.</summary>
public static class AlgorithmContext
{
    /// <summary>Needed by <see cref="XMath"/> and by rounding.</summary>
    public static Context.Builder EnableAlgorithms(this Context.Builder builder)
    {
        builder.Algorithms = true;
        return builder;
    }
}
