namespace ModelGen.Benchmarks.Models;

/// <summary>The backward case of <see cref="Conv5x5Of64"/>.</summary>
[Model]
public partial class Conv5x5Of64Trained
{
    readonly OffsetConvolution conv = new(64, 5, 2);

    /// <summary>The convolution.</summary>
    public Tensor Forward([Shape(64, 12, 12)] Tensor x) => conv.Forward(x);

    /// <summary>The mean square against a target.</summary>
    public Tensor Loss(Tensor y, [Shape(64, 12, 12)] Tensor target) => MseLoss(y, target);
}
