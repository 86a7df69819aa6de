namespace ModelGen;

public static partial class Nn
{
    /// <summary>Permutes the axes: axis i of the result is axis axes[i] of x. The batch axis stays first.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">Each axis once, the batch axis counting as 0.</param>
    public static Tensor Permute(Tensor x, params int[] axes) => Tensor.Record("Permute", null, [x], ("axes", axes));

    /// <summary>Exchanges two axes. The batch axis stays first.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis1">An axis; negative counts from the last.</param>
    /// <param name="axis2">The other.</param>
    public static Tensor Transpose(Tensor x, int axis1 = -2, int axis2 = -1) => Tensor.Record("Transpose", null, [x], ("axis1", axis1), ("axis2", axis2));

    /// <summary>Returns the elements start, start + step, … below end of an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="start">The first element; negative counts from the end.</param>
    /// <param name="end">The first element left out; negative counts from the end, null is the size.</param>
    /// <param name="step">The distance between elements.</param>
    public static Tensor Slice(Tensor x, int axis, int start, int? end = null, int step = 1) =>
        Tensor.Record("Slice", null, [x], ("axis", axis), ("start", start), ("end", end), ("step", step));

    /// <summary>Adds a border around x.</summary>
    /// <param name="x">The input.</param>
    /// <param name="padding">Before and after for each of the last axes, in the order of the axes.</param>
    /// <param name="mode">"constant", "reflect" (without repeating the edge), "replicate" or "circular".</param>
    /// <param name="value">What stands in a constant border.</param>
    public static Tensor Pad(Tensor x, int[] padding, string mode = "constant", float value = 0) =>
        Tensor.Record("Pad", null, [x], ("padding", padding), ("mode", mode), ("value", value));

    /// <summary>Computes y[i,j] = x[i, index[i,j]] for axis 1 of two; repeated indices add in the gradient.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="index">Of the shape of x but for this axis; as many classes as the axis is long.</param>
    public static Tensor Gather(Tensor x, int axis, Labels index) => Tensor.Record("Gather", null, [x, index.Node], ("axis", axis));
}
