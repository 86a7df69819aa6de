namespace ModelGen.Benchmarks.Models;

/// <summary>y = eˣ on rows of 128.</summary>
[Model]
public partial class ExpOf128
{
    /// <summary>The function.</summary>
    public Tensor Forward([Shape(128)] Tensor x) => Exp(x);
}
