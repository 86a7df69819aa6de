namespace ModelGen.Benchmarks.Models;

/// <summary>Case A: 2-16-1 with tanh, binary cross-entropy on the logit.</summary>
[Model]
public partial class XorMlp
{
    readonly Layer l1 = Linear(16), l2 = Linear(1);

    /// <summary>The logit of "exactly one input is 1".</summary>
    public Tensor Forward([Shape(2)] Tensor x) => l2(Tanh(l1(x)));

    /// <summary>Binary cross-entropy in nats.</summary>
    public Tensor Loss(Tensor logit, [Shape(1)] Tensor target) => BceWithLogits(logit, target);
}
