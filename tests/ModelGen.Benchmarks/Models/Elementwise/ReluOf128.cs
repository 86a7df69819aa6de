namespace ModelGen.Benchmarks.Models;

/// <summary>y = max(x, 0) on rows of 128.</summary>
[Model]
public partial class ReluOf128
{
    /// <summary>The function.</summary>
    public Tensor Forward([Shape(128)] Tensor x) => Relu(x);
}
