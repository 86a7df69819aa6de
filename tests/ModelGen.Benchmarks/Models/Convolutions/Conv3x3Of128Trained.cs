namespace ModelGen.Benchmarks.Models;

/// <summary>The backward case of <see cref="Conv3x3Of128"/>.</summary>
[Model]
public partial class Conv3x3Of128Trained
{
    readonly OffsetConvolution conv = new(128, 3, 1);

    /// <summary>The convolution.</summary>
    public Tensor Forward([Shape(128, 16, 16)] Tensor x) => conv.Forward(x);

    /// <summary>The mean square against a target.</summary>
    public Tensor Loss(Tensor y, [Shape(128, 16, 16)] Tensor target) => MseLoss(y, target);
}
