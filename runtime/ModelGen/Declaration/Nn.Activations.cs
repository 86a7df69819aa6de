// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes <c>max(x, 0)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Nair and Hinton 2010. Derivative 0 at 0.</remarks>
    public static Tensor Relu(Tensor x) => Tensor.Record("Relu", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Relu(Tensor)"/>.</summary>
    public static Layer Relu() => x => Relu(x);

    /// <summary>Computes <c>x &gt; 0 ? x : negativeSlope · x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="negativeSlope">The slope for x &lt; 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Maas, Hannun and Ng 2013. Derivative negativeSlope at 0.</remarks>
    public static Tensor LeakyRelu(Tensor x, double negativeSlope = 0.01) => Tensor.Record("LeakyRelu", null, [x], ("negativeSlope", negativeSlope));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="LeakyRelu(Tensor, double)"/>.</summary>
    /// <param name="negativeSlope">The slope for x &lt; 0.</param>
    public static Layer LeakyRelu(double negativeSlope = 0.01) => x => LeakyRelu(x, negativeSlope);

    /// <summary>Creates a layer that computes x for x &gt; 0, otherwise weight · x. Its parameter is <c>weight</c> f32[parameters].</summary>
    /// <param name="parameters">The number of slopes: 1, or one for each channel (axis 1).</param>
    /// <param name="init">The slope at the start.</param>
    /// <remarks>
    /// Formula: <c>x &gt; 0 ? x : weight · x</c>. Shapes: [N, C, …] → same; weight [1] or [C]. Source: He et al. 2015. One slope, or one for each channel (axis
    /// 1). Derivative weight at 0.
    /// </remarks>
    public static Layer PRelu(int parameters = 1, double init = 0.25) => Declare("PRelu", ("parameters", parameters), ("init", init));

    /// <summary>Computes <c>x &gt; 0 ? x : alpha · (e^x - 1)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="alpha">The negated limit for x → −∞.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Clevert, Unterthiner and Hochreiter 2015. Derivative alpha at 0. No digits are lost near 0.</remarks>
    public static Tensor Elu(Tensor x, double alpha = 1) => Tensor.Record("Elu", null, [x], ("alpha", alpha));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Elu(Tensor, double)"/>.</summary>
    /// <param name="alpha">The negated limit for x → −∞.</param>
    public static Layer Elu(double alpha = 1) => x => Elu(x, alpha);

    /// <summary>Computes <c>x &gt; 0 ? x : alpha · (e^(x / alpha) - 1)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="alpha">The negated limit for x → −∞, above 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Shapes: any → same. Source: Barron 2017; PyTorch's CELU. Continuously differentiable for every alpha: derivative 1 at 0, where Elu has alpha. No digits
    /// are lost near 0.
    /// </remarks>
    public static Tensor Celu(Tensor x, double alpha = 1) => Tensor.Record("Celu", null, [x], ("alpha", alpha));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Celu(Tensor, double)"/>.</summary>
    /// <param name="alpha">The negated limit for x → −∞, above 0.</param>
    public static Layer Celu(double alpha = 1) => x => Celu(x, alpha);

    /// <summary>Computes the scaled exponential linear unit, element by element; it keeps mean 0 and variance 1.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>scale · (x &gt; 0 ? x : alpha · (e^x - 1))</c>. Shapes: any → same. Source: Klambauer et al. 2017, eq. 2. scale 1.0507…, alpha 1.6733…: the
    /// fixed point of mean 0 and variance 1.
    /// </remarks>
    public static Tensor Selu(Tensor x) => Tensor.Record("Selu", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Selu(Tensor)"/>.</summary>
    public static Layer Selu() => x => Selu(x);

    /// <summary>Computes <c>x · (1 + erf(x / √2)) / 2</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Hendrycks and Gimpel 2016, eq. 1. The exact form; GeluTanh is the approximation.</remarks>
    public static Tensor Gelu(Tensor x) => Tensor.Record("Gelu", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Gelu(Tensor)"/>.</summary>
    public static Layer Gelu() => x => Gelu(x);

    /// <summary>Computes the approximation of <see cref="Gelu"/> by a hyperbolic tangent, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>x · (1 + tanh(√(2/π) · (x + 0.044715·x³))) / 2</c>. Shapes: any → same. Source: Hendrycks and Gimpel 2016, section 2.</remarks>
    public static Tensor GeluTanh(Tensor x) => Tensor.Record("GeluTanh", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="GeluTanh(Tensor)"/>.</summary>
    public static Layer GeluTanh() => x => GeluTanh(x);

    /// <summary>Computes <c>x · sigmoid(x)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Elfwing, Uchibe and Doya 2017; Swish.</remarks>
    public static Tensor Silu(Tensor x) => Tensor.Record("Silu", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Silu(Tensor)"/>.</summary>
    public static Layer Silu() => x => Silu(x);

    /// <summary>Computes <c>x · tanh(log(1 + e^x))</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Misra 2019.</remarks>
    public static Tensor Mish(Tensor x) => Tensor.Record("Mish", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Mish(Tensor)"/>.</summary>
    public static Layer Mish() => x => Mish(x);

    /// <summary>Computes <c>1 / (1 + e^-x)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: logistic function.</remarks>
    public static Tensor Sigmoid(Tensor x) => Tensor.Record("Sigmoid", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Sigmoid(Tensor)"/>.</summary>
    public static Layer Sigmoid() => x => Sigmoid(x);

    /// <summary>Computes log sigmoid(x), element by element, without overflow.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>log(1 / (1 + e^-x))</c>. Shapes: any → same. Source: log-likelihood of the logistic function.</remarks>
    public static Tensor LogSigmoid(Tensor x) => Tensor.Record("LogSigmoid", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="LogSigmoid(Tensor)"/>.</summary>
    public static Layer LogSigmoid() => x => LogSigmoid(x);

    /// <summary>Computes <c>min(max(x + 3, 0), 6) / 6</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Howard et al. 2019. Derivative 0 at -3 and 3.</remarks>
    public static Tensor HardSigmoid(Tensor x) => Tensor.Record("HardSigmoid", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="HardSigmoid(Tensor)"/>.</summary>
    public static Layer HardSigmoid() => x => HardSigmoid(x);

    /// <summary>Computes <c>x · min(max(x + 3, 0), 6) / 6</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Howard et al. 2019, section 5.2.</remarks>
    public static Tensor HardSwish(Tensor x) => Tensor.Record("HardSwish", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="HardSwish(Tensor)"/>.</summary>
    public static Layer HardSwish() => x => HardSwish(x);

    /// <summary>Computes <c>min(max(x, min), max)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="min">The lower bound.</param>
    /// <param name="max">The upper bound.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Collobert 2004. Derivative 0 at the bounds, where that of Clamp is 1.</remarks>
    public static Tensor HardTanh(Tensor x, double min = -1, double max = 1) => Tensor.Record("HardTanh", null, [x], ("min", min), ("max", max));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="HardTanh(Tensor, double, double)"/>.</summary>
    /// <param name="min">The lower bound.</param>
    /// <param name="max">The upper bound.</param>
    public static Layer HardTanh(double min = -1, double max = 1) => x => HardTanh(x, min, max);

    /// <summary>Computes <c>min(max(x, 0), 6)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Krizhevsky 2010. Derivative 0 at 0 and 6.</remarks>
    public static Tensor Relu6(Tensor x) => Tensor.Record("Relu6", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Relu6(Tensor)"/>.</summary>
    public static Layer Relu6() => x => Relu6(x);

    /// <summary>Computes <c>tanh x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: hyperbolic tangent.</remarks>
    public static Tensor Tanh(Tensor x) => Tensor.Record("Tanh", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Tanh(Tensor)"/>.</summary>
    public static Layer Tanh() => x => Tanh(x);

    /// <summary>Computes <c>log(1 + e^(beta·x)) / beta</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="beta">The steepness, above 0.</param>
    /// <param name="threshold">The value of beta·x from which on the result is x.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Shapes: any → same. Source: Dugas et al. 2001. x where beta·x exceeds the threshold. No overflow, and no digits lost where e^(beta·x) is small;
    /// derivative sigmoid(beta·x).
    /// </remarks>
    public static Tensor Softplus(Tensor x, double beta = 1, double threshold = 20) =>
        Tensor.Record("Softplus", null, [x], ("beta", beta), ("threshold", threshold));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Softplus(Tensor, double, double)"/>.</summary>
    /// <param name="beta">The steepness, above 0.</param>
    /// <param name="threshold">The value of beta·x from which on the result is x.</param>
    public static Layer Softplus(double beta = 1, double threshold = 20) => x => Softplus(x, beta, threshold);

    /// <summary>Computes <c>x / (1 + |x|)</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: Glorot and Bengio 2010.</remarks>
    public static Tensor Softsign(Tensor x) => Tensor.Record("Softsign", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Softsign(Tensor)"/>.</summary>
    public static Layer Softsign() => x => Softsign(x);

    /// <summary>Computes <c>|x| &gt; lambd ? x : 0</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="lambd">Where it sets in, at least 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: PyTorch's Hardshrink.</remarks>
    public static Tensor HardShrink(Tensor x, double lambd = 0.5) => Tensor.Record("HardShrink", null, [x], ("lambd", lambd));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="HardShrink(Tensor, double)"/>.</summary>
    /// <param name="lambd">Where it sets in, at least 0.</param>
    public static Layer HardShrink(double lambd = 0.5) => x => HardShrink(x, lambd);

    /// <summary>Computes <c>x &gt; lambd ? x - lambd : x &lt; -lambd ? x + lambd : 0</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="lambd">How much is taken away, at least 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: PyTorch's Softshrink.</remarks>
    public static Tensor SoftShrink(Tensor x, double lambd = 0.5) => Tensor.Record("SoftShrink", null, [x], ("lambd", lambd));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="SoftShrink(Tensor, double)"/>.</summary>
    /// <param name="lambd">How much is taken away, at least 0.</param>
    public static Layer SoftShrink(double lambd = 0.5) => x => SoftShrink(x, lambd);

    /// <summary>Computes <c>x - tanh x</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: PyTorch's Tanhshrink.</remarks>
    public static Tensor TanhShrink(Tensor x) => Tensor.Record("TanhShrink", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="TanhShrink(Tensor)"/>.</summary>
    public static Layer TanhShrink() => x => TanhShrink(x);

    /// <summary>Computes <c>x &gt; threshold ? x : value</c>, element by element.</summary>
    /// <param name="x">The input.</param>
    /// <param name="threshold">What passes lies above it.</param>
    /// <param name="value">What stands in for the rest.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → same. Source: PyTorch's Threshold.</remarks>
    public static Tensor Threshold(Tensor x, double threshold, double value) =>
        Tensor.Record("Threshold", null, [x], ("threshold", threshold), ("value", value));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Threshold(Tensor, double, double)"/>.</summary>
    /// <param name="threshold">What passes lies above it.</param>
    /// <param name="value">What stands in for the rest.</param>
    public static Layer Threshold(double threshold, double value) => x => Threshold(x, threshold, value);
}
