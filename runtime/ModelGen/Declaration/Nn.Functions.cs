namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes max(x, 0), element by element.</summary>
    public static Tensor Relu(Tensor x) => Tensor.Record("Relu", null, [x]);

    /// <summary>Computes x for x &gt; 0, otherwise negativeSlope · x, element by element.</summary>
    public static Tensor LeakyRelu(Tensor x, float negativeSlope = 0.01f) =>
        Tensor.Record("LeakyRelu", null, [x], ("negativeSlope", negativeSlope));

    /// <summary>Computes 1 / (1 + e^−x), element by element.</summary>
    public static Tensor Sigmoid(Tensor x) => Tensor.Record("Sigmoid", null, [x]);

    /// <summary>Computes tanh x, element by element.</summary>
    public static Tensor Tanh(Tensor x) => Tensor.Record("Tanh", null, [x]);

    /// <summary>Computes x Φ(x) = x (1 + erf(x / √2)) / 2, element by element (the exact form).</summary>
    public static Tensor Gelu(Tensor x) => Tensor.Record("Gelu", null, [x]);

    /// <summary>Returns the maximum of each window of f32[N,C,H,W]. The size rule is that of <see cref="Conv2d"/>; padding never wins.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="dilation">The distance between the elements of the window; 1 unless given.</param>
    /// <param name="ceilMode">Whether the size is rounded up: a last window that leaves the input counts,
    /// as long as it begins inside it or the border before it.</param>
    public static Tensor MaxPool2d(
        Tensor x, Size2 kernel, Size2? stride = null, Size2? padding = null, Size2? dilation = null, bool ceilMode = false) =>
        Tensor.Record(
            "MaxPool2d", null, [x],
            ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding ?? 0), ("dilation", dilation ?? 1), ("ceilMode", ceilMode));

    /// <summary>Returns the mean of each window of f32[N,C,H,W]. The size rule is that of <see cref="Conv2d"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="kernel">The window.</param>
    /// <param name="stride">The step of the window; the kernel unless given.</param>
    /// <param name="padding">The border on each side; 0 unless given.</param>
    /// <param name="countIncludePad">Whether the padding counts in the divisor.</param>
    /// <param name="ceilMode">Whether the size is rounded up: a last window that leaves the input counts,
    /// as long as it begins inside it or the border before it.</param>
    /// <param name="divisorOverride">What sums are divided by, in place of the number of elements.</param>
    public static Tensor AvgPool2d(
        Tensor x, Size2 kernel, Size2? stride = null, Size2? padding = null, bool countIncludePad = true, bool ceilMode = false, int? divisorOverride = null) =>
        Tensor.Record(
            "AvgPool2d", null, [x],
            ("kernel", kernel), ("stride", stride ?? kernel), ("padding", padding ?? 0), ("countIncludePad", countIncludePad), ("ceilMode", ceilMode),
            ("divisorOverride", divisorOverride));

    /// <summary>Returns the mean over all positions: f32[N,C,H,W] → f32[N,C].</summary>
    public static Tensor GlobalAvgPool2d(Tensor x) => Tensor.Record("GlobalAvgPool2d", null, [x]);

    /// <summary>Joins all axes but the batch axis into one: f32[N,A,B,…] → f32[N,A·B·…].</summary>
    public static Tensor Flatten(Tensor x) => Tensor.Record("Flatten", null, [x]);

    /// <summary>Returns the same elements in row-major order under another shape.</summary>
    /// <param name="x">The input.</param>
    /// <param name="shape">The sizes without the batch axis; one of them may be −1 and is computed.</param>
    public static Tensor Reshape(Tensor x, params int[] shape) => Tensor.Record("Reshape", null, [x], ("shape", shape));

    /// <summary>Concatenates tensors along an axis.</summary>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="xs">The tensors; all other axes agree.</param>
    public static Tensor Concat(int axis, params Tensor[] xs)
    {
        ArgumentNullException.ThrowIfNull(xs);
        return Tensor.Record("Concat", null, [.. xs], ("axis", axis));
    }

    /// <summary>Computes e^x / Σ e^x along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    public static Tensor Softmax(Tensor x, int axis = -1) => Tensor.Record("Softmax", null, [x], ("axis", axis));

    /// <summary>Computes x − log Σ e^x along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) => Tensor.Record("LogSoftmax", null, [x], ("axis", axis));
}
