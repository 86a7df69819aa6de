namespace ModelGen.Benchmarks.Models;

/// <summary>y = x Φ(x) on rows of 128.</summary>
[Model]
public partial class GeluOf128
{
    /// <summary>The function.</summary>
    public Tensor Forward([Shape(128)] Tensor x) => Gelu(x);
}
