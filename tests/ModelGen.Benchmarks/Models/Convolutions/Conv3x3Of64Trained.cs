namespace ModelGen.Benchmarks.Models;

/// <summary>The backward case of <see cref="Conv3x3Of64"/>.</summary>
[Model]
public partial class Conv3x3Of64Trained
{
    readonly OffsetConvolution conv = new(64, 3, 1);

    /// <summary>The convolution.</summary>
    public Tensor Forward([Shape(64, 32, 32)] Tensor x) => conv.Forward(x);

    /// <summary>The mean square against a target, whose gradient is one multiplication for each element.</summary>
    public Tensor Loss(Tensor y, [Shape(64, 32, 32)] Tensor target) => MseLoss(y, target);
}
