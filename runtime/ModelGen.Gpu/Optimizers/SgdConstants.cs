using System.ComponentModel;

namespace ModelGen.Gpu;

/// <summary>Holds the numbers of one step of <see cref="OptimizerKernels.Sgd"/>; a kernel takes no bool.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct SgdConstants
{
    /// <summary>lr.</summary>
    public float LearningRate;

    /// <summary>momentum.</summary>
    public float Momentum;

    /// <summary>1 - dampening, or 1 in the first step that counts, before which the velocity is zero.</summary>
    public float Share;

    /// <summary>The same if the step before this one counted.</summary>
    public float ShareAfterOne;

    /// <summary>w.</summary>
    public float WeightDecay;

    /// <summary>1 with Nesterov, otherwise 0.</summary>
    public int IsNesterov;
}
