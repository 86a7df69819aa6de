using System.ComponentModel;

namespace ModelGen.Gpu;

/// <summary>The numbers of one step of <see cref="OptimizerKernels.Sgd"/>; a kernel takes no bool.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct SgdConstants
{
    /// <summary>lr.</summary>
    public float LearningRate;

    /// <summary>momentum.</summary>
    public float Momentum;

    /// <summary>1 - dampening.</summary>
    public float Damping;

    /// <summary>w.</summary>
    public float WeightDecay;

    /// <summary>1 with Nesterov, otherwise 0.</summary>
    public int IsNesterov;

    /// <summary>1 in the first step, otherwise 0.</summary>
    public int IsFirst;
}
