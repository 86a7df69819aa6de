namespace ModelGen;

/// <content>Overloads for one axis in place of a list of them.</content>
public static partial class Nn
{
    /// <summary>Computes Σ x along one axis; see <see cref="Sum(Tensor, int[], bool)"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor Sum(Tensor x, int axis, bool keepDims = false) => Sum(x, [axis], keepDims);

    /// <summary>Computes the mean of x along one axis; see <see cref="Mean(Tensor, int[], bool)"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor Mean(Tensor x, int axis, bool keepDims = false) => Mean(x, [axis], keepDims);

    /// <summary>Computes the maximum of x along one axis; see <see cref="Max(Tensor, int[], bool)"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor Max(Tensor x, int axis, bool keepDims = false) => Max(x, [axis], keepDims);

    /// <summary>Computes the minimum of x along one axis; see <see cref="Min(Tensor, int[], bool)"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor Min(Tensor x, int axis, bool keepDims = false) => Min(x, [axis], keepDims);

    /// <summary>Computes the biased variance of x along one axis; see <see cref="Variance(Tensor, int[], bool)"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor Variance(Tensor x, int axis, bool keepDims = false) => Variance(x, [axis], keepDims);

    /// <summary>Computes the standard deviation of x along one axis; see <see cref="Std(Tensor, int[], bool, int)"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor Std(Tensor x, int axis, bool keepDims = false) => Std(x, [axis], keepDims);

    /// <summary>Computes log Σ e^x along one axis; see <see cref="LogSumExp(Tensor, int[], bool)"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor LogSumExp(Tensor x, int axis, bool keepDims = false) => LogSumExp(x, [axis], keepDims);

    /// <summary>Computes the Euclidean length of x along one axis; see <see cref="Norm(Tensor, int[], bool, double)"/>.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="keepDims">Whether the axis stays, with size 1.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor Norm(Tensor x, int axis, bool keepDims = false) => Norm(x, [axis], keepDims);

    /// <summary>Moves the elements along one axis; what leaves one end enters at the other.</summary>
    /// <param name="x">The input.</param>
    /// <param name="shifts">By how much; negative moves towards the first element.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor Roll(Tensor x, int shifts, int axis) => Roll(x, [shifts], axis);

    /// <summary>Returns numbers that are known at compile time as a tensor without a batch axis.</summary>
    /// <param name="values">The numbers, row by row.</param>
    /// <param name="shape">The sizes; one axis without any.</param>
    public static Tensor Constant(ReadOnlySpan<float> values, params int[] shape) =>
        Tensor.Record("Constant", null, [], ("values", values.ToArray()), ("shape", shape));

    /// <summary>Filters each channel with a kernel that is written in the source; see <see cref="Kernels"/>.</summary>
    /// <param name="x">The input f32[N,C,H,W].</param>
    /// <param name="weights">The weights row by row, one for each element of the kernel.</param>
    /// <param name="kernel">The sizes of the kernel; square where null.</param>
    /// <param name="stride">The step of the window; 1 unless given.</param>
    /// <param name="padding">The zeros on each side; 0 unless given.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    public static Tensor FixedConv2d(Tensor x, ReadOnlySpan<float> weights, Size2? kernel = null, Size2? stride = null, Size2? padding = null) =>
        Tensor.Record("FixedConv2d", null, [x], ("weights", weights.ToArray()), ("kernel", kernel), ("stride", stride ?? 1), ("padding", padding ?? 0));

    /// <summary>Computes softmax(query·keyᵀ · scale)·value where a mask is 0 for a key that a query does not see.</summary>
    /// <param name="query">What asks, f32[N,…,T,D].</param>
    /// <param name="key">What is asked, f32[N,…,S,D].</param>
    /// <param name="value">What is answered, f32[N,…,S,E].</param>
    /// <param name="mask">Where it is 0 a query does not see a key; broadcasts to f32[N,…,T,S]. None where null.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? mask) =>
        Tensor.Record("ScaledDotProductAttention", null, mask is null ? [query, key, value] : [query, key, value, mask]);

    /// <summary>Computes softmax(query·keyᵀ · scale)·value where a mask is 0 for a key that a query does not see.</summary>
    /// <param name="query">What asks, f32[N,…,T,D].</param>
    /// <param name="key">What is asked, f32[N,…,S,D].</param>
    /// <param name="value">What is answered, f32[N,…,S,E].</param>
    /// <param name="mask">Where it is 0 a query does not see a key; broadcasts to f32[N,…,T,S]. None where null.</param>
    /// <param name="causal">Whether query i sees keys j ≤ i only.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? mask, bool causal) =>
        Tensor.Record("ScaledDotProductAttention", null, mask is null ? [query, key, value] : [query, key, value, mask], ("causal", causal));

    /// <summary>Computes softmax(query·keyᵀ · scale)·value where a mask is 0 for a key that a query does not see.</summary>
    /// <param name="query">What asks, f32[N,…,T,D].</param>
    /// <param name="key">What is asked, f32[N,…,S,D].</param>
    /// <param name="value">What is answered, f32[N,…,S,E].</param>
    /// <param name="mask">Where it is 0 a query does not see a key; broadcasts to f32[N,…,T,S]. None where null.</param>
    /// <param name="causal">Whether query i sees keys j ≤ i only.</param>
    /// <param name="scale">The factor of the products; 1 / √D where null.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, Tensor? mask, bool causal, double? scale) =>
        Tensor.Record("ScaledDotProductAttention", null, mask is null ? [query, key, value] : [query, key, value, mask], ("causal", causal), ("scale", scale));

    /// <summary>Computes softmax(query·keyᵀ · scale)·value where a mask is 0 for a key that a query does not see.</summary>
    /// <param name="query">What asks, f32[N,…,T,D].</param>
    /// <param name="key">What is asked, f32[N,…,S,D].</param>
    /// <param name="value">What is answered, f32[N,…,S,E].</param>
    /// <param name="causal">Whether query i sees keys j ≤ i only.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, bool causal) =>
        Tensor.Record("ScaledDotProductAttention", null, [query, key, value], ("causal", causal));

    /// <summary>Computes softmax(query·keyᵀ · scale)·value where a mask is 0 for a key that a query does not see.</summary>
    /// <param name="query">What asks, f32[N,…,T,D].</param>
    /// <param name="key">What is asked, f32[N,…,S,D].</param>
    /// <param name="value">What is answered, f32[N,…,S,E].</param>
    /// <param name="causal">Whether query i sees keys j ≤ i only.</param>
    /// <param name="scale">The factor of the products; 1 / √D where null.</param>
    /// <exception cref="ArgumentNullException">A tensor is null.</exception>
    public static Tensor ScaledDotProductAttention(Tensor query, Tensor key, Tensor value, bool causal, double? scale) =>
        Tensor.Record("ScaledDotProductAttention", null, [query, key, value], ("causal", causal), ("scale", scale));
}
