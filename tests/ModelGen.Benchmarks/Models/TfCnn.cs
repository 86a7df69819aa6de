namespace ModelGen.Benchmarks.Models;

/// <summary>Case D: the CIFAR network of TensorFlow's old tutorial without its local response normalisation, on 24×24 crops.</summary>
[Model]
public partial class TfCnn
{
    readonly Layer c1 = Conv2d(64, kernel: 5, padding: 2), c2 = Conv2d(64, kernel: 5, padding: 2);
    readonly Layer f1 = Linear(384), f2 = Linear(192), f3 = Linear(10);

    /// <summary>The logits of ten classes.</summary>
    public Tensor Forward([Shape(3, 24, 24)] Tensor image)
    {
        var x = MaxPool2d(Relu(c1(image)), 3, stride: 2, padding: 1);
        x = MaxPool2d(Relu(c2(x)), 3, stride: 2, padding: 1);
        return f3(Relu(f2(Relu(f1(Flatten(x))))));
    }

    /// <summary>Cross-entropy in nats.</summary>
    public Tensor Loss(Tensor logits, [Classes(10)] Labels label) => CrossEntropy(logits, label);
}
