namespace ILGPU.Algorithms.ScanReduceOperations;

/// <summary>The sum.</summary>
public readonly struct AddFloat : IScanReduceOperation<float>
{
    /// <inheritdoc/>
    public float Identity => 0f;

    /// <inheritdoc/>
    public float Apply(float first, float second) => first + second;
}
