namespace ModelGen.Benchmarks.Models;

/// <summary>Case C: LeNet-5 with ReLU and maximum pooling, on 28×28 pictures.</summary>
[Model]
public partial class LeNet
{
    readonly Layer c1 = Conv2d(6, kernel: 5, padding: 2), c2 = Conv2d(16, kernel: 5);
    readonly Layer f1 = Linear(120), f2 = Linear(84), f3 = Linear(10);

    /// <summary>The logits of ten classes.</summary>
    public Tensor Forward([Shape(1, 28, 28)] Tensor image)
    {
        var x = MaxPool2d(Relu(c1(image)), 2);
        x = MaxPool2d(Relu(c2(x)), 2);
        return f3(Relu(f2(Relu(f1(Flatten(x))))));
    }

    /// <summary>Cross-entropy in nats.</summary>
    public Tensor Loss(Tensor logits, [Classes(10)] Labels label) => CrossEntropy(logits, label);
}
