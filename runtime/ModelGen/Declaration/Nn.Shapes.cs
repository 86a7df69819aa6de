// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Joins all axes but the batch axis into one: f32[N,A,B,…] → f32[N,A·B·…].</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>all axes but the batch axis in one</c>. Shapes: [N, A, B, …] → [N, A·B·…]. Source: torch.flatten. The same memory: no work.
    /// </remarks>
    public static Tensor Flatten(Tensor x) => Tensor.Record("Flatten", null, [x]);

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Flatten(Tensor)"/>.</summary>
    public static Layer Flatten() => x => Flatten(x);

    /// <summary>Returns the same elements in row-major order under another shape.</summary>
    /// <param name="x">The input.</param>
    /// <param name="shape">The sizes without the batch axis, if x has one; one of them may be −1 and is computed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: [N, …] → [N, shape…]. Source: numpy.reshape. The same memory: no work. The products of the sizes agree. One size may be -1.</remarks>
    public static Tensor Reshape(Tensor x, params int[] shape) => Tensor.Record("Reshape", null, [x], ("shape", shape));

    /// <summary>Creates a layer without parameters of its own that calls <see cref="Reshape(Tensor, int[])"/>.</summary>
    /// <param name="shape">The sizes without the batch axis, if x has one; one of them may be −1 and is computed.</param>
    public static Layer Reshape(params int[] shape) => x => Reshape(x, shape);

    /// <summary>Removes an axis of size 1, or all of them where none is named.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last, all of size 1 where null.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>x without axes of size 1</c>. Shapes: […, 1, …] → […, …]. Source: torch.squeeze. The same memory: no work. The axis has size 1.
    /// </remarks>
    public static Tensor Squeeze(Tensor x, int? axis = null) => Tensor.Record("Squeeze", null, [x], ("axis", axis));

    /// <summary>Adds an axis of size 1, which then is the one of that number.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The number of the new axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>x with an axis of size 1</c>. Shapes: [A, B] → [A, 1, B] for axis 1. Source: torch.unsqueeze. The same memory: no work. The batch axis stays
    /// first.
    /// </remarks>
    public static Tensor Unsqueeze(Tensor x, int axis) => Tensor.Record("Unsqueeze", null, [x], ("axis", axis));

    /// <summary>
    /// Repeats axes of size 1, and axes that x does not have, so that x has the given sizes; without sizes, x gets a batch axis in which each sample is x; a
    /// first axis of size 1 keeps its place.
    /// </summary>
    /// <param name="x">The input.</param>
    /// <param name="shape">The sizes without the batch axis; −1 keeps the size that x has.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[n,…,i,…] = x[n,…,0,…]</c>. Shapes: [N, 1, B] → [N, A, B] for sizes (A, -1); [A, B] → [N, A, B] without sizes. Source: torch.expand. Sizes
    /// are those without the batch axis; -1 keeps one. What is read again and again is not copied where its reader can read x itself.
    /// </remarks>
    public static Tensor Expand(Tensor x, params int[] shape) => Tensor.Record("Expand", null, [x], ("shape", shape));

    /// <summary>Returns x repeated as a whole along its last axes, so many times each.</summary>
    /// <param name="x">The input.</param>
    /// <param name="repeats">How often, for each of the last axes, in their order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[…,k·A + i] = x[…,i]</c>. Shapes: [N, A] → [N, r·A]. Source: torch.tile, numpy.tile. One factor for each of the last axes, in their order.
    /// The batch axis is not repeated.
    /// </remarks>
    public static Tensor Tile(Tensor x, params int[] repeats) => Tensor.Record("Tile", null, [x], ("repeats", repeats));

    /// <summary>Repeats each element along an axis so many times before the next one.</summary>
    /// <param name="x">The input.</param>
    /// <param name="repeats">How often.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[…,i·repeats + k,…] = x[…,i,…]</c>. Shapes: […, A, …] → […, A·repeats, …]. Source: torch.repeat_interleave. The axis is not the batch axis.
    /// </remarks>
    public static Tensor RepeatInterleave(Tensor x, int repeats, int axis) =>
        Tensor.Record("RepeatInterleave", null, [x], ("repeats", repeats), ("axis", axis));

    /// <summary>Permutes the axes: axis i of the result is axis axes[i] of x. The batch axis stays first.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">Each axis once, the batch axis counting as 0.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Shapes: [A, B, C] → [C, A, B] for axes (2, 0, 1). Source: numpy.transpose. Each axis once. The batch axis stays first.</remarks>
    public static Tensor Permute(Tensor x, params int[] axes) => Tensor.Record("Permute", null, [x], ("axes", axes));

    /// <summary>Exchanges two axes. The batch axis stays first.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis1">An axis; negative counts from the last.</param>
    /// <param name="axis2">The other axis.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>two axes exchanged</c>. Shapes: […, A, …, B, …] → […, B, …, A, …]. Source: numpy.swapaxes. The axes exist; negative counts from the last.
    /// The batch axis stays first.
    /// </remarks>
    public static Tensor Transpose(Tensor x, int axis1 = -2, int axis2 = -1) => Tensor.Record("Transpose", null, [x], ("axis1", axis1), ("axis2", axis2));

    /// <summary>Reverses the order of the elements along axes.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axes">The axes; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>y[…,i,…] = x[…,A - 1 - i,…]</c>. Shapes: any → same. Source: torch.flip. None of them is the batch axis.</remarks>
    public static Tensor Flip(Tensor x, params int[] axes) => Tensor.Record("Flip", null, [x], ("axes", axes));

    /// <summary>Moves the elements along axes; what leaves one end enters at the other.</summary>
    /// <param name="x">The input.</param>
    /// <param name="shifts">By how much, for each of the axes; negative moves towards the first element.</param>
    /// <param name="axes">The axes; the batch axis counts as 0, negative counts from the last.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[…,(i + shift) mod A,…] = x[…,i,…]</c>. Shapes: any → same. Source: torch.roll. One shift for each axis. None of them is the batch axis.
    /// </remarks>
    public static Tensor Roll(Tensor x, int[] shifts, params int[] axes) => Tensor.Record("Roll", null, [x], ("shifts", shifts), ("axes", axes));

    /// <summary>Concatenates tensors along an axis.</summary>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="xs">The tensors; all other axes agree.</param>
    /// <exception cref="ArgumentNullException"><paramref name="xs"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>the operands one after the other along an axis</c>. Shapes: […, A, …], […, B, …] → […, A + B, …]. Source: numpy.concatenate. All other axes
    /// agree. The axis is not the batch axis.
    /// </remarks>
    public static Tensor Concat(int axis, params Tensor[] xs)
    {
        ArgumentNullException.ThrowIfNull(xs);
        return Tensor.Record("Concat", null, [.. xs], ("axis", axis));
    }

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    /// <param name="axis">The number of the new axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="xs">The tensors, all of one shape.</param>
    /// <exception cref="ArgumentNullException"><paramref name="xs"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>the operands one after the other along a new axis</c>. Shapes: [A, B], [A, B] → [A, 2, B] for axis 1. Source: torch.stack. All shapes agree.
    /// The new axis is not before the batch axis.
    /// </remarks>
    public static Tensor Stack(int axis, params Tensor[] xs)
    {
        ArgumentNullException.ThrowIfNull(xs);
        return Tensor.Record("Stack", null, [.. xs], ("axis", axis));
    }

    /// <summary>Splits x along an axis into consecutive parts, whose sizes add up to it.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="sizes">The size of each part.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="sizes"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>consecutive parts of x along an axis</c>. Shapes: […, A, …] → […, sizes[0], …], […, sizes[1], …], …. Source: torch.split. The sizes add up
    /// to the axis.
    /// </remarks>
    public static Tensor[] Split(Tensor x, int axis, params int[] sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return Results(Tensor.Record("Split", null, [x], ("axis", axis), ("sizes", sizes)), sizes.Length);
    }

    /// <summary>Returns the elements start, start + step, … below end of an axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="start">The first element; negative counts from the end.</param>
    /// <param name="end">The first element left out; negative counts from the end, null is the size.</param>
    /// <param name="step">The distance between elements.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>x[…, start : end : step, …]</c>. Shapes: […, A, …] → […, ⌈(end - start) / step⌉, …]. Source: basic slicing of NumPy. Negative start and end
    /// count from the end; an omitted end is the size. 0 ≤ start &lt; end ≤ size, step ≥ 1.
    /// </remarks>
    public static Tensor Slice(Tensor x, int axis, int start, int? end = null, int step = 1) =>
        Tensor.Record("Slice", null, [x], ("axis", axis), ("start", start), ("end", end), ("step", step));

    /// <summary>Returns the part of x at one position of an axis, without that axis.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="index">The position; negative counts from the end.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y = x[…, index, …]</c>. Shapes: […, A, …] → […, …]. Source: torch.select. A negative index counts from the end. The axis is not the batch
    /// axis.
    /// </remarks>
    public static Tensor Select(Tensor x, int axis, int index) => Tensor.Record("Select", null, [x], ("axis", axis), ("index", index));

    /// <summary>Returns x with zeros right of a diagonal of its last two axes.</summary>
    /// <param name="x">The input.</param>
    /// <param name="diagonal">The diagonal that bounds it: 0 the main one, 1 the one to its right.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>j - i ≤ diagonal ? x[…,i,j] : 0</c>. Shapes: […, A, B] → same. Source: lower triangle.</remarks>
    public static Tensor Tril(Tensor x, int diagonal = 0) => Tensor.Record("Tril", null, [x], ("diagonal", diagonal));

    /// <summary>Returns x with zeros left of a diagonal of its last two axes.</summary>
    /// <param name="x">The input.</param>
    /// <param name="diagonal">The diagonal that bounds it: 0 the main one, 1 the one to its right.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>j - i ≥ diagonal ? x[…,i,j] : 0</c>. Shapes: […, A, B] → same. Source: upper triangle.</remarks>
    public static Tensor Triu(Tensor x, int diagonal = 0) => Tensor.Record("Triu", null, [x], ("diagonal", diagonal));

    /// <summary>Adds a border around x.</summary>
    /// <param name="x">The input.</param>
    /// <param name="padding">How much is added before and after, for each of the last axes, in their order.</param>
    /// <param name="mode">The mode: "constant", "reflect" (without repeating the edge), "replicate" or "circular".</param>
    /// <param name="value">The number in a constant border.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>x with a border</c>. Shapes: […, A] → […, before + A + after]. Source: numpy's pad. padding: before and after for each of the last axes, in
    /// the order of the axes. Modes: constant (value), reflect (the edge is not repeated), replicate, circular. No padding of the batch axis. Reflect needs
    /// less padding than elements, circular no more.
    /// </remarks>
    public static Tensor Pad(Tensor x, int[] padding, string mode = "constant", double value = 0) =>
        Tensor.Record("Pad", null, [x], ("padding", padding), ("mode", mode), ("value", value));

    /// <summary>Computes y[i,j] = x[i, index[i,j]] for axis 1 of two; repeated indices add in the gradient.</summary>
    /// <param name="x">The input.</param>
    /// <param name="axis">The axis; the batch axis counts as 0, negative counts from the last.</param>
    /// <param name="index">The indices, of the shape of x but for this axis; as many classes as the axis is long.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="index"/> is null.</exception>
    /// <remarks>
    /// Shapes: [A, B], index [A, J] → [A, J]. Source: PyTorch's gather. x and index have as many axes and agree in all but this one. As many classes as the
    /// axis is long. Repeated indices add in the gradient.
    /// </remarks>
    public static Tensor Gather(Tensor x, int axis, Labels index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return Tensor.Record("Gather", null, [x, index.Node], ("axis", axis));
    }

    /// <summary>
    /// Returns rows of a table that is a <see cref="Parameter(int[])"/> of its own, so that others can share it: f32[count,D], i32[N,…] → f32[N,…,D].
    /// </summary>
    /// <param name="x">The table.</param>
    /// <param name="index">The rows to look up; below count.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> or <paramref name="index"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y[…,d] = x[index[…], d]</c>. Shapes: table [count, D], indices [N, …] → [N, …, D]. Source: rows of a table. Embedding with a table that is a
    /// parameter of its own, so that other layers can share it. The indices are below count. Repeated indices add.
    /// </remarks>
    public static Tensor Take(Tensor x, Labels index)
    {
        ArgumentNullException.ThrowIfNull(index);
        return Tensor.Record("Take", null, [x, index.Node]);
    }
}
