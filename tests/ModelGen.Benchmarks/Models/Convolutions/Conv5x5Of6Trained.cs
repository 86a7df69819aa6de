namespace ModelGen.Benchmarks.Models;

/// <summary>The backward case of <see cref="Conv5x5Of6"/>.</summary>
[Model]
public partial class Conv5x5Of6Trained
{
    readonly OffsetConvolution conv = new(16, 5, 0);

    /// <summary>The convolution.</summary>
    public Tensor Forward([Shape(6, 14, 14)] Tensor x) => conv.Forward(x);

    /// <summary>The mean square against a target.</summary>
    public Tensor Loss(Tensor y, [Shape(16, 10, 10)] Tensor target) => MseLoss(y, target);
}
