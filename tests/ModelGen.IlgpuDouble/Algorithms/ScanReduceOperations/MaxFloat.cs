namespace ILGPU.Algorithms.ScanReduceOperations;

/// <summary>The maximum.</summary>
public readonly struct MaxFloat : IScanReduceOperation<float>
{
    /// <inheritdoc/>
    public float Identity => float.MinValue;

    /// <inheritdoc/>
    public float Apply(float first, float second) => IntrinsicMath.Max(first, second);
}
