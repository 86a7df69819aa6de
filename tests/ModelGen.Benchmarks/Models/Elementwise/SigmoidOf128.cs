namespace ModelGen.Benchmarks.Models;

/// <summary>y = 1 / (1 + e⁻ˣ) on rows of 128.</summary>
[Model]
public partial class SigmoidOf128
{
    /// <summary>The function.</summary>
    public Tensor Forward([Shape(128)] Tensor x) => Sigmoid(x);
}
