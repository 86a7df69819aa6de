namespace ModelGen.Benchmarks.Models;

/// <summary>y = eˣ / Σ eˣ on rows of 128.</summary>
[Model]
public partial class SoftmaxOf128
{
    /// <summary>The function.</summary>
    public Tensor Forward([Shape(128)] Tensor x) => Softmax(x);
}
