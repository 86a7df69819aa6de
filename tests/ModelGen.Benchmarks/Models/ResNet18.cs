namespace ModelGen.Benchmarks.Models;

/// <summary>Case E: ResNet-18 in its CIFAR form, a 3×3 stem without pooling (He et al. 2015, section 4.2, with four stages).</summary>
[Model]
public partial class ResNet18
{
    readonly Layer c = Conv2d(64, kernel: 3, padding: 1, bias: false), b = BatchNorm2d();

    readonly BasicBlock[] body =
    [
        new(64, 64, 1), new(64, 64, 1), new(64, 128, 2), new(128, 128, 1),
        new(128, 256, 2), new(256, 256, 1), new(256, 512, 2), new(512, 512, 1),
    ];

    readonly Layer fc = Linear(10);

    /// <summary>The logits of ten classes.</summary>
    public Tensor Forward([Shape(3, 32, 32)] Tensor image)
    {
        var x = Relu(b(c(image)));
        foreach (var block in body)
            x = block.Forward(x);
        return fc(Flatten(GlobalAvgPool2d(x)));
    }

    /// <summary>Cross-entropy in nats.</summary>
    public Tensor Loss(Tensor logits, [Classes(10)] Labels label) => CrossEntropy(logits, label);
}
