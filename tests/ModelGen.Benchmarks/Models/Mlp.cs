namespace ModelGen.Benchmarks.Models;

/// <summary>Case B: 784-256-128-10 with ReLU.</summary>
[Model]
public partial class Mlp
{
    readonly Layer l1 = Linear(256), l2 = Linear(128), l3 = Linear(10);

    /// <summary>The logits of ten classes.</summary>
    public Tensor Forward([Shape(784)] Tensor x) => l3(Relu(l2(Relu(l1(x)))));

    /// <summary>Cross-entropy in nats.</summary>
    public Tensor Loss(Tensor logits, [Classes(10)] Labels label) => CrossEntropy(logits, label);
}
