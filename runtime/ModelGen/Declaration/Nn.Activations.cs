namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes min(max(x, 0), 6), element by element.</summary>
    public static Tensor Relu6(Tensor x) => Tensor.Record("Relu6", null, [x]);

    /// <summary>Computes x · sigmoid(x), element by element.</summary>
    public static Tensor Silu(Tensor x) => Tensor.Record("Silu", null, [x]);

    /// <summary>Computes x · tanh(log(1 + e^x)), element by element.</summary>
    public static Tensor Mish(Tensor x) => Tensor.Record("Mish", null, [x]);

    /// <summary>Computes the scaled exponential linear unit, element by element; it keeps mean 0 and variance 1 (Klambauer et al. 2017).</summary>
    public static Tensor Selu(Tensor x) => Tensor.Record("Selu", null, [x]);

    /// <summary>Computes the approximation of <see cref="Gelu"/> by a hyperbolic tangent, element by element.</summary>
    public static Tensor GeluTanh(Tensor x) => Tensor.Record("GeluTanh", null, [x]);

    /// <summary>Computes min(max(x + 3, 0), 6) / 6, element by element.</summary>
    public static Tensor HardSigmoid(Tensor x) => Tensor.Record("HardSigmoid", null, [x]);

    /// <summary>Computes x · min(max(x + 3, 0), 6) / 6, element by element.</summary>
    public static Tensor HardSwish(Tensor x) => Tensor.Record("HardSwish", null, [x]);

    /// <summary>Computes log sigmoid(x), element by element, without overflow.</summary>
    public static Tensor LogSigmoid(Tensor x) => Tensor.Record("LogSigmoid", null, [x]);

    /// <summary>Computes x / (1 + |x|), element by element.</summary>
    public static Tensor Softsign(Tensor x) => Tensor.Record("Softsign", null, [x]);

    /// <summary>Computes x for x &gt; 0, otherwise alpha · (e^x − 1), element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="alpha">The limit for x → −∞ is −alpha.</param>
    public static Tensor Elu(Tensor x, float alpha = 1) => Tensor.Record("Elu", null, [x], ("alpha", alpha));

    /// <summary>Computes min(max(x, min), max), element by element; the derivative is 0 at the bounds (see <see cref="Clamp"/>).</summary>
    /// <param name="x">The input.</param>
    /// <param name="min">The lower bound.</param>
    /// <param name="max">The upper bound.</param>
    public static Tensor HardTanh(Tensor x, float min = -1, float max = 1) => Tensor.Record("HardTanh", null, [x], ("min", min), ("max", max));

    /// <summary>Computes log(1 + e^(beta·x)) / beta, element by element, and x where beta·x exceeds the threshold.</summary>
    /// <param name="x">The input.</param>
    /// <param name="beta">The steepness, above 0.</param>
    /// <param name="threshold">From here on the result is x.</param>
    public static Tensor Softplus(Tensor x, float beta = 1, float threshold = 20) =>
        Tensor.Record("Softplus", null, [x], ("beta", beta), ("threshold", threshold));

    /// <summary>Creates a layer that computes x for x &gt; 0, otherwise weight · x. Its parameter is <c>weight</c> f32[parameters].</summary>
    /// <param name="parameters">1, or one slope for each channel (axis 1).</param>
    /// <param name="init">The slope at the start.</param>
    public static Layer PRelu(int parameters = 1, float init = 0.25f) =>
        Declare("PRelu", ("parameters", parameters), ("init", init));
}
