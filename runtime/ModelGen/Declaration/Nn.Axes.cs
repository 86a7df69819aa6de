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

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Softmax(Tensor, int)"/>.</summary>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    public static Layer Softmax(int axis = -1) => x => Softmax(x, axis);

    /// <summary>Computes x − log Σ e^x along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y = x - max x - log Σ e^(x - max x) along an axis</c>. Shapes: any → same. Source: Bridle 1990. The maximum is subtracted first: no
    /// overflow, and differences of large numbers keep their digits. The axis exists; the batch axis counts as 0, negative counts from the last.
    /// </remarks>
    public static Tensor LogSoftmax(Tensor x, int axis = -1) => Tensor.Record("LogSoftmax", null, [x], ("axis", axis));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="LogSoftmax(Tensor, int)"/>.</summary>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    public static Layer LogSoftmax(int axis = -1) => x => LogSoftmax(x, axis);

    /// <summary>Computes e^(−x) / Σ e^(−x) along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y = e^(-x) / Σ e^(-x) along an axis</c>. Shapes: any → same. Source: torch.nn.Softmin. The minimum is subtracted first: no overflow.
    /// </remarks>
    public static Tensor Softmin(Tensor x, int axis = -1) => Tensor.Record("Softmin", null, [x], ("axis", axis));

    /// <summary>Computes a · σ(b), where a and b are the two halves of x along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>a · σ(b), x = [a, b] along an axis</c>. Shapes: […, 2·A, …] → […, A, …]. Source: Dauphin et al. 2017. The axis has an even size.
    /// </remarks>
    public static Tensor Glu(Tensor x, int axis = -1) => Tensor.Record("Glu", null, [x], ("axis", axis));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Glu(Tensor, int)"/>.</summary>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    public static Layer Glu(int axis = -1) => x => Glu(x, axis);

    /// <summary>Computes the matrix product over the last two axes, with numpy's rules: f32[…,m,k], f32[…,k,n] → f32[…,m,n].</summary>
    /// <param name="x">The left operand; of one axis it is a row.</param>
    /// <param name="y">The right operand; of one axis it is a column.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>z[…,i,j] = Σ_k x[…,i,k] · y[…,k,j]</c>. Shapes: […, m, k], […, k, n] → […, m, n]. Source: matrix product. numpy's rules: leading axes
    /// broadcast; an operand of one axis is a row on the left, a column on the right, and loses its axis. The inner sizes agree.
    /// </remarks>
    public static Tensor MatMul(Tensor x, Tensor y) => Tensor.Record("MatMul", null, [x, y]);

    /// <summary>Sums products of elements by an equation: <c>"nik,nkj->nij"</c> is a product of matrices.</summary>
    /// <param name="equation">The letters of the axes of each operand, by comma, and after -> those of the result.</param>
    /// <param name="xs">The operands.</param>
    /// <exception cref="ArgumentNullException"><paramref name="xs"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[out] = Σ over the other letters of Π x[own letters]</c>. Shapes: by the equation. Source: torch.einsum. A letter names an axis; the same
    /// letter has the same size in all operands, and twice in one it takes a diagonal. Without an arrow the result has the letters that occur once, in the
    /// order of the alphabet. '...' stands for leading axes. More than two operands are multiplied from left to right.
    /// </remarks>
    public static Tensor Einsum(string equation, params Tensor[] xs)
    {
        ArgumentNullException.ThrowIfNull(xs);
        return Tensor.Record("Einsum", null, [.. xs], ("equation", equation));
    }

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

    /// <summary>Computes the standard deviation of x over axes, with the correction of Bessel unless it says otherwise.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    /// <param name="correction">What is taken from the number of elements: 1 gives the unbiased variance, 0 the biased one.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>√(Σ (x - mean x)² / (n - correction)) over axes</c>. Shapes: any → without the axes, or with size 1 for each (keepDims). Source: torch.std.
    /// There are more elements than the correction. At 0 the derivative is 0.
    /// </remarks>
    public static Tensor Std(Tensor x, int[]? axes = null, bool keepDims = false, int correction = 1) =>
        Tensor.Record("Std", null, [x], ("axes", axes), ("keepDims", keepDims), ("correction", correction));

    /// <summary>Computes the p-norm of x over axes: the Euclidean length unless <paramref name="p"/> says otherwise.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    /// <param name="p">The exponent, at least 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>(Σ |x|^p)^(1/p) over axes</c>. Shapes: any → without the axes, or with size 1 for each (keepDims). Source: torch.linalg.vector_norm. p = ∞
    /// is the greatest |x|, 1 the sum, 0 the number of elements that are not 0. At 0 the derivative is 0.
    /// </remarks>
    public static Tensor Norm(Tensor x, int[]? axes = null, bool keepDims = false, double p = 2) =>
        Tensor.Record("Norm", null, [x], ("axes", axes), ("keepDims", keepDims), ("p", p));

    /// <summary>Computes log Σ e^x over axes, without overflow.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: any → without the axes, or with size 1 for each (keepDims). Source: torch.logsumexp. The maximum is subtracted first.</remarks>
    public static Tensor LogSumExp(Tensor x, int[]? axes = null, bool keepDims = false) =>
        Tensor.Record("LogSumExp", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Computes the product of x along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>Π x along an axis</c>. Shapes: any → without the axis, or with size 1 for it (keepDims). Source: torch.prod. The gradient divides by
    /// nothing, so that it is right where elements are 0. The axis is not the batch axis.
    /// </remarks>
    public static Tensor Prod(Tensor x, int axis, bool keepDims = false) => Tensor.Record("Prod", null, [x], ("axis", axis), ("keepDims", keepDims));

    /// <summary>Computes the sum of the elements up to each one along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>y[…,i,…] = Σ_{k ≤ i} x[…,k,…]</c>. Shapes: any → same. Source: torch.cumsum. The axis is not the batch axis.</remarks>
    public static Tensor CumSum(Tensor x, int axis) => Tensor.Record("CumSum", null, [x], ("axis", axis));

    /// <summary>Computes the product of the elements up to each one along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[…,i,…] = Π_{k ≤ i} x[…,k,…]</c>. Shapes: any → same. Source: torch.cumprod. The gradient divides by nothing, so that it is right where
    /// elements are 0. The axis is not the batch axis.
    /// </remarks>
    public static Tensor CumProd(Tensor x, int axis) => Tensor.Record("CumProd", null, [x], ("axis", axis));

    /// <summary>Returns the position of the greatest element along an axis, as a number; of equal ones the first.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>the first i with x[…,i,…] = max x</c>. Shapes: any → without the axis, or with size 1 for it (keepDims). Source: torch.argmax. No
    /// derivative. Positions are exact up to 2^24.
    /// </remarks>
    public static Tensor ArgMax(Tensor x, int axis, bool keepDims = false) => Tensor.Record("ArgMax", null, [x], ("axis", axis), ("keepDims", keepDims));

    /// <summary>Returns the position of the least element along an axis, as a number; of equal ones the first.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>the first i with x[…,i,…] = min x</c>. Shapes: any → without the axis, or with size 1 for it (keepDims). Source: torch.argmin. No
    /// derivative. Positions are exact up to 2^24.
    /// </remarks>
    public static Tensor ArgMin(Tensor x, int axis, bool keepDims = false) => Tensor.Record("ArgMin", null, [x], ("axis", axis), ("keepDims", keepDims));

    /// <summary>Returns 1 at the greatest element along an axis, of equal ones the first, and 0 elsewhere.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>y[…,i,…] = i = argmax x ? 1 : 0</c>. Shapes: any → same. Source: ONNX's Hardmax. No derivative.</remarks>
    public static Tensor Hardmax(Tensor x, int axis = -1) => Tensor.Record("Hardmax", null, [x], ("axis", axis));

    /// <summary>Returns the greatest elements along an axis in descending order, and the positions they had.</summary>
    /// <param name="x">The input.</param>
    /// <param name="k">How many.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="largest">Whether they are the greatest; otherwise they are the least, in ascending order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>the k greatest elements, and where they were</c>. Shapes: […, A, …] → […, k, …], […, k, …]. Source: torch.topk. Equal elements keep their
    /// order. Values have the derivative of what they were taken from, positions none. The cost grows with the square of the axis.
    /// </remarks>
    public static (Tensor Values, Tensor Indices) TopK(Tensor x, int k, int axis = -1, bool largest = true) =>
        Pair(Tensor.Record("TopK", null, [x], ("k", k), ("axis", axis), ("largest", largest)));

    /// <summary>Returns the elements along an axis in ascending order, and the positions they had.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="descending">Whether the greatest is the first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>the elements in order, and where they were</c>. Shapes: any → same, same. Source: torch.sort. Equal elements keep their order. Values have
    /// the derivative of what they were taken from, positions none. The cost grows with the square of the axis.
    /// </remarks>
    public static (Tensor Values, Tensor Indices) Sort(Tensor x, int axis = -1, bool descending = false) =>
        Pair(Tensor.Record("Sort", null, [x], ("axis", axis), ("descending", descending)));

    /// <summary>Returns a row for each label, with 1 at its class and 0 elsewhere: i32[N,…] → f32[N,…,classes].</summary>
    /// <param name="x">The labels.</param>
    /// <param name="classes">The number of classes.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[…,k] = x[…] = k ? 1 : 0</c>. Shapes: labels [N, …] → [N, …, classes]. Source: indicator. No derivative. A label outside of the classes has
    /// zeros.
    /// </remarks>
    public static Tensor OneHot(Labels x, int classes)
    {
        ArgumentNullException.ThrowIfNull(x);
        return Tensor.Record("OneHot", null, [x.Node], ("classes", classes));
    }

    /// <summary>Divides x by its Euclidean length along an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="eps">The least divisor.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>x / max(√Σ x², eps) along an axis</c>. Shapes: any → same. Source: torch.nn.functional.normalize. The axis is not the batch axis.
    /// </remarks>
    public static Tensor Normalize(Tensor x, int axis = 1, double eps = 1e-12) => Tensor.Record("Normalize", null, [x], ("axis", axis), ("eps", eps));

    /// <summary>Computes the cosine of the angle between x and y along an axis, with broadcasting.</summary>
    /// <param name="x">One operand.</param>
    /// <param name="y">The other operand.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="eps">The least divisor.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="y"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>Σ x·y / max(√Σ x² · √Σ y², eps) along an axis</c>. Shapes: any, any → broadcast, without the axis. Source: torch.nn.CosineSimilarity. The
    /// axis counts in the broadcast shape.
    /// </remarks>
    public static Tensor CosineSimilarity(Tensor x, Tensor y, int axis = 1, double eps = 1e-8) =>
        Tensor.Record("CosineSimilarity", null, [x, y], ("axis", axis), ("eps", eps));
}
