// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes e^x / Σ e^x along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y = e^x / Σ e^x along an axis</c>. Shapes: any → same. Source: Bridle 1990. The maximum is subtracted first: no overflow. The axis exists;
    /// the batch axis counts as 0, negative counts from the last.
    /// </remarks>
    public static Tensor Softmax(Tensor x, int axis = -1) => Tensor.Record("Softmax", null, [x], ("axis", axis));

    /// <summary>Computes x − log Σ e^x along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y = x - max x - log Σ e^(x - max x) along an axis</c>. Shapes: any → same. Source: Bridle 1990. The maximum is subtracted first: no
    /// overflow, and differences of large numbers keep their digits. The axis exists; the batch axis counts as 0, negative counts from the last.
    /// </remarks>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) => Tensor.Record("LogSoftmax", null, [x], ("axis", axis));

    /// <summary>Computes the matrix product over the last two axes, with numpy's rules: f32[…,m,k], f32[…,k,n] → f32[…,m,n].</summary>
    /// <param name="x">The left operand; of one axis it is a row.</param>
    /// <param name="y">The right operand; of one axis it is a column.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>z[…,i,j] = Σ_k x[…,i,k] · y[…,k,j]</c>. Shapes: […, m, k], […, k, n] → […, m, n]. Source: matrix product. numpy's rules: leading axes
    /// broadcast; an operand of one axis is a row on the left, a column on the right, and loses its axis. The inner sizes agree.
    /// </remarks>
    public static Tensor MatMul(Tensor x, Tensor y) => Tensor.Record("MatMul", null, [x, y]);

    /// <summary>Computes Σ x over axes.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Shapes: any → without the axes, or with size 1 for each (keepDims). Source: sum. The axes exist; without axes all, the batch axis among them.
    /// </remarks>
    public static Tensor Sum(Tensor x, int[]? axes = null, bool keepDims = false) => Tensor.Record("Sum", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Computes the mean of x over axes.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Shapes: any → without the axes, or with size 1 for each (keepDims). Source: arithmetic mean. The axes exist; without axes all, the batch axis among
    /// them.
    /// </remarks>
    public static Tensor Mean(Tensor x, int[]? axes = null, bool keepDims = false) => Tensor.Record("Mean", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Returns the maximum of x over axes; equal greatest elements share the derivative evenly.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>max x over axes</c>. Shapes: any → without the axes, or with size 1 for each (keepDims). Source: maximum. Equal greatest elements share the
    /// cotangent evenly. The axes exist.
    /// </remarks>
    public static Tensor Max(Tensor x, int[]? axes = null, bool keepDims = false) => Tensor.Record("Max", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Returns the minimum of x over axes; equal least elements share the derivative evenly.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>min x over axes</c>. Shapes: any → without the axes, or with size 1 for each (keepDims). Source: minimum. Equal least elements share the
    /// cotangent evenly. The axes exist.
    /// </remarks>
    public static Tensor Min(Tensor x, int[]? axes = null, bool keepDims = false) => Tensor.Record("Min", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Computes the biased variance of x over axes: mean (x − mean x)².</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>mean (x - mean x)² over axes</c>. Shapes: any → without the axes, or with size 1 for each (keepDims). Source: biased variance. The axes
    /// exist.
    /// </remarks>
    public static Tensor Variance(Tensor x, int[]? axes = null, bool keepDims = false) =>
        Tensor.Record("Variance", null, [x], ("axes", axes), ("keepDims", keepDims));
}
