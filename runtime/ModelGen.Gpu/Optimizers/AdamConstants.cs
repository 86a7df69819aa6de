using System.ComponentModel;

namespace ModelGen.Gpu;

/// <summary>Holds the numbers of one step of <see cref="OptimizerKernels.Adam"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct AdamConstants
{
    /// <summary>lr / (1 - β₁ᵗ) if the step before did not count.</summary>
    public float StepSize;

    /// <summary>lr / (1 - β₁ᵗ) if it did: t is one more.</summary>
    public float StepSizeAfterOne;

    /// <summary>β₁.</summary>
    public float Beta1;

    /// <summary>1 - β₁.</summary>
    public float Rest1;

    /// <summary>β₂.</summary>
    public float Beta2;

    /// <summary>1 - β₂.</summary>
    public float Rest2;

    /// <summary>1 / √(1 - β₂ᵗ) if the step before did not count.</summary>
    public float RootScale;

    /// <summary>1 / √(1 - β₂ᵗ) if it did.</summary>
    public float RootScaleAfterOne;

    /// <summary>ε.</summary>
    public float Epsilon;

    /// <summary>w, added to the gradient; 0 with AdamW.</summary>
    public float GradientDecay;

    /// <summary>1 - lr w with AdamW, otherwise 1.</summary>
    public float Keep;
}
