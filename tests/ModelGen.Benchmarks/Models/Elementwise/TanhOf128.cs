namespace ModelGen.Benchmarks.Models;

/// <summary>y = tanh x on rows of 128.</summary>
[Model]
public partial class TanhOf128
{
    /// <summary>The function.</summary>
    public Tensor Forward([Shape(128)] Tensor x) => Tanh(x);
}
