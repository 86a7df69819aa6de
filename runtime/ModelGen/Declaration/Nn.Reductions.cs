namespace ModelGen;

public static partial class Nn
{
    /// <summary>Computes Σ x over axes.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    public static Tensor Sum(Tensor x, int[]? axes = null, bool keepDims = false) => Tensor.Record("Sum", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Computes the mean of x over axes.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    public static Tensor Mean(Tensor x, int[]? axes = null, bool keepDims = false) => Tensor.Record("Mean", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Returns the maximum of x over axes; equal greatest elements share the derivative evenly.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    public static Tensor Max(Tensor x, int[]? axes = null, bool keepDims = false) => Tensor.Record("Max", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Returns the minimum of x over axes; equal least elements share the derivative evenly.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    public static Tensor Min(Tensor x, int[]? axes = null, bool keepDims = false) => Tensor.Record("Min", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Computes the biased variance of x over axes: mean (x − mean x)².</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes, the batch axis counting as 0; all where null.</param>
    /// <param name="keepDims">Whether reduced axes stay, with size 1.</param>
    public static Tensor Variance(Tensor x, int[]? axes = null, bool keepDims = false) =>
        Tensor.Record("Variance", null, [x], ("axes", axes), ("keepDims", keepDims));

    /// <summary>Computes the matrix product over the last two axes, with numpy's rules: f32[…,m,k], f32[…,k,n] → f32[…,m,n].</summary>
    /// <param name="x">The left operand; of one axis it is a row.</param>
    /// <param name="y">The right operand; of one axis it is a column.</param>
    public static Tensor MatMul(Tensor x, Tensor y) => Tensor.Record("MatMul", null, [x, y]);
}
