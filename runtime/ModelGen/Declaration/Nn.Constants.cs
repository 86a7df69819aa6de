// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public static partial class Nn
{
    /// <summary>Returns a tensor of zeros without a batch axis.</summary>
    /// <param name="shape">The sizes; without any it is one number.</param>
    /// <remarks>Formula: <c>0</c>. Shapes: [shape…]. Source: constant. It has no batch axis and broadcasts as a parameter does; it is no parameter.</remarks>
    public static Tensor Zeros(params int[] shape) => Tensor.Record("Zeros", null, [], ("shape", shape));

    /// <summary>Returns a tensor of ones without a batch axis.</summary>
    /// <param name="shape">The sizes; without any it is one number.</param>
    /// <remarks>Formula: <c>1</c>. Shapes: [shape…]. Source: constant. It has no batch axis and broadcasts as a parameter does; it is no parameter.</remarks>
    public static Tensor Ones(params int[] shape) => Tensor.Record("Ones", null, [], ("shape", shape));

    /// <summary>Returns a tensor without a batch axis whose elements are all one number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="shape">The sizes; without any it is one number.</param>
    /// <remarks>
    /// Formula: <c>value</c>. Shapes: [shape…]. Source: constant. It has no batch axis and broadcasts as a parameter does; it is no parameter.
    /// </remarks>
    public static Tensor Full(double value, params int[] shape) => Tensor.Record("Full", null, [], ("value", value), ("shape", shape));

    /// <summary>Returns zeros of the shape of x, the batch axis included.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>0</c>. Shapes: any → same. Source: constant.</remarks>
    public static Tensor ZerosLike(Tensor x) => Tensor.Record("ZerosLike", null, [x]);

    /// <summary>Returns ones of the shape of x, the batch axis included.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>1</c>. Shapes: any → same. Source: constant.</remarks>
    public static Tensor OnesLike(Tensor x) => Tensor.Record("OnesLike", null, [x]);

    /// <summary>Returns a tensor of the shape of x, the batch axis included, whose elements are all one number.</summary>
    /// <param name="x">The input.</param>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>Formula: <c>value</c>. Shapes: any → same. Source: constant.</remarks>
    public static Tensor FullLike(Tensor x, double value) => Tensor.Record("FullLike", null, [x], ("value", value));

    /// <summary>Returns the identity matrix, without a batch axis.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns; that of the rows where null.</param>
    /// <remarks>
    /// Formula: <c>i = j ? 1 : 0</c>. Shapes: [rows, columns]. Source: identity. It has no batch axis and broadcasts as a parameter does; it is no parameter.
    /// </remarks>
    public static Tensor Eye(int rows, int? columns = null) => Tensor.Record("Eye", null, [], ("rows", rows), ("columns", columns));

    /// <summary>Returns the numbers start, start + step, … below end, without a batch axis.</summary>
    /// <param name="start">The first number; the end where it is the only argument, and 0 is the first.</param>
    /// <param name="end">What the numbers stay below.</param>
    /// <param name="step">The distance, not 0; negative counts downwards.</param>
    /// <remarks>
    /// Formula: <c>start + i · step</c>. Shapes: [⌈(end - start) / step⌉]. Source: torch.arange. It has no batch axis and broadcasts as a parameter does; it is
    /// no parameter. With one number, from 0 to below it.
    /// </remarks>
    public static Tensor Arange(double start, double? end = null, double step = 1) =>
        Tensor.Record("Arange", null, [], ("start", start), ("end", end), ("step", step));

    /// <summary>Returns numbers in even steps from start to end, both included, without a batch axis.</summary>
    /// <param name="start">The first number.</param>
    /// <param name="end">The last number.</param>
    /// <param name="count">How many.</param>
    /// <remarks>
    /// Formula: <c>start + i · (end - start) / (count - 1)</c>. Shapes: [count]. Source: torch.linspace. It has no batch axis and broadcasts as a parameter
    /// does; it is no parameter.
    /// </remarks>
    public static Tensor Linspace(double start, double end, int count) => Tensor.Record("Linspace", null, [], ("start", start), ("end", end), ("count", count));

    /// <summary>Returns numbers that are known at compile time as a tensor without a batch axis.</summary>
    /// <param name="values">The numbers, row by row.</param>
    /// <param name="shape">The sizes; one axis without any.</param>
    /// <remarks>
    /// Formula: <c>the numbers, row by row</c>. Shapes: [shape…]. Source: constant. It has no batch axis and broadcasts as a parameter does; it is no
    /// parameter. The numbers may be computed, by loops and functions of Math. As many numbers as the sizes say; without sizes it has one axis.
    /// </remarks>
    public static Tensor Constant(double[] values, params int[] shape) => Tensor.Record("Constant", null, [], ("values", values), ("shape", shape));

    /// <summary>Returns random numbers with mean 0 and deviation 1, others for each sample.</summary>
    /// <param name="shape">The sizes without the batch axis.</param>
    /// <remarks>
    /// Formula: <c>y ~ N(0, 1)</c>. Shapes: [N, shape…]. Source: Box and Muller 1958. Drawn anew in every training step from its seed, the same bits on any
    /// number of threads; a prediction draws with seed 0. No derivative.
    /// </remarks>
    public static Tensor RandomNormal(params int[] shape) => Tensor.Record("RandomNormal", null, [], ("shape", shape));

    /// <summary>Returns random numbers in [0, 1), others for each sample.</summary>
    /// <param name="shape">The sizes without the batch axis.</param>
    /// <remarks>
    /// Formula: <c>y ~ U[0, 1)</c>. Shapes: [N, shape…]. Source: a hash of the position. Drawn anew in every training step from its seed, the same bits on any
    /// number of threads; a prediction draws with seed 0. No derivative.
    /// </remarks>
    public static Tensor RandomUniform(params int[] shape) => Tensor.Record("RandomUniform", null, [], ("shape", shape));

    /// <summary>Returns random numbers of the shape of x with mean 0 and deviation 1.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y ~ N(0, 1)</c>. Shapes: any → same. Source: Box and Muller 1958. Drawn anew in every training step from its seed, the same bits on any
    /// number of threads; a prediction draws with seed 0. No derivative.
    /// </remarks>
    public static Tensor RandnLike(Tensor x) => Tensor.Record("RandnLike", null, [x]);

    /// <summary>Returns random numbers in [0, 1) of the shape of x.</summary>
    /// <param name="x">The input.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>y ~ U[0, 1)</c>. Shapes: any → same. Source: a hash of the position. Drawn anew in every training step from its seed, the same bits on any
    /// number of threads; a prediction draws with seed 0. No derivative.
    /// </remarks>
    public static Tensor RandLike(Tensor x) => Tensor.Record("RandLike", null, [x]);

    /// <summary>Returns 1 with the probability that x holds and 0 otherwise, each element by itself.</summary>
    /// <param name="x">The probabilities.</param>
    /// <exception cref="ArgumentNullException"><paramref name="x"/> is null.</exception>
    /// <remarks>
    /// Formula: <c>random &lt; x ? 1 : 0</c>. Shapes: any → same. Source: torch.bernoulli. Drawn anew in every training step from its seed, the same bits on
    /// any number of threads; a prediction draws with seed 0. No derivative.
    /// </remarks>
    public static Tensor Bernoulli(Tensor x) => Tensor.Record("Bernoulli", null, [x]);
}
