namespace ModelGen.Gpu;

/// <summary>Implements AdamW (Loshchilov and Hutter 2019, algorithm 2): p *= 1 - lr w first, then the step of Adam without weight decay.</summary>
public sealed class GpuAdamW : GpuAdam
{
    /// <summary>Initializes a new instance of the <see cref="GpuAdamW"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="epsilon">ε.</param>
    /// <param name="weightDecay">w.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public GpuAdamW(float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 1e-2f)
        : base(learningRate, beta1, beta2, epsilon, weightDecay, isDecoupled: true)
    {
    }
}
