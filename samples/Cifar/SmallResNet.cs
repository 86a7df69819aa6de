using ModelGen.Zoo;

namespace CifarSample;

/// <summary>The residual network of He et al. 2015, section 4.2, at its smallest: one block a stage, eight layers with weights.</summary>
[Model]
public partial class SmallResNet
{
    readonly CifarResNet _ = new(blocks: 1, classes: 10, width: 16);

    /// <summary>The scores (logits) of the ten classes.</summary>
    public Tensor Forward([Shape(3, 32, 32)] Tensor image) => _.Forward(image);

    /// <summary>Cross-entropy in nats.</summary>
    public Tensor Loss(Tensor logits, [Classes(10)] Labels label) => CrossEntropy(logits, label);
}
