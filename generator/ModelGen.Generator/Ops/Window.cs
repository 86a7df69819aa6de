using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

/// <summary>A window that slides over spatial axes: of a convolution or of pooling. One entry for each axis.</summary>
/// <remarks>Position o of the output sees the inputs <c>o·Stride − Padding + k·Dilation</c> for k below Kernel.</remarks>
internal sealed class Window
{
    private Window(int[] kernel, int[] stride, int[] padding, int[] dilation) => (Kernel, Stride, Padding, Dilation) = (kernel, stride, padding, dilation);

    public int[] Kernel { get; }

    public int[] Stride { get; }

    public int[] Padding { get; }

    public int[] Dilation { get; }

    public int Rank => Kernel.Length;

    /// <summary>The number of elements of the window.</summary>
    public long Count => Lengths.Product(Kernel.Select(k => (long)k));

    /// <summary>Reads kernel, stride, padding and, where the op has it, dilation. An absent stride is 1, or the kernel where
    /// <paramref name="strideIsKernel"/>.</summary>
    /// <param name="kernel">The kernel's sizes where the op computes them itself.</param>
    public static Window Of(OpCall call, int rank, bool strideIsKernel = false, int[]? kernel = null)
    {
        int[] Sizes(string name, int lowest, int[] otherwise)
        {
            var sizes = call.Op.Parameters.Any(p => p.Name == name) ? call.Sizes(name, rank) ?? otherwise : otherwise;
            return sizes.All(s => s >= lowest) ? sizes : throw call.Fail("MG2009", $"needs {name} of at least {lowest}, got {Text(sizes)}");
        }
        var one = Enumerable.Repeat(1, rank).ToArray();
        kernel ??= Sizes("kernel", 1, one);
        return new(kernel, Sizes("stride", 1, strideIsKernel ? kernel : one), Sizes("padding", 0, new int[rank]), Sizes("dilation", 1, one));
    }

    /// <summary>The sizes of the output for an input of the given spatial sizes.</summary>
    /// <param name="ceil">Whether a window that leaves the padded input at its end counts, as long as it begins inside the input or the padding before
    /// it.</param>
    /// <exception cref="OpException">MG2004: the window does not fit. MG2014: the padded input is beyond the limit.</exception>
    public int[] Output(OpCall call, int[] input, bool ceil = false)
    {
        var padded = input.Select((size, d) => size + 2L * Padding[d]).ToArray();
        var span = Kernel.Select((k, d) => (long)Dilation[d] * (k - 1) + 1).ToArray();
        if (span.Where((s, d) => s > padded[d]).Any())
        {
            var kernel = "kernel " + Text(Kernel) + (Dilation.All(d => d == 1) ? "" : $", {Text(span)} with dilation {Text(Dilation)},");
            var sum = Padding.All(p => p == 0) ? "no padding"
                : string.Join(", ", input.Select((size, d) => $"{size} + 2*{Padding[d]}").Distinct());
            throw call.Fail("MG2004", $"does not fit its input: {kernel} is larger than the padded input {Text(padded)} ({sum})");
        }
        for (var d = 0; d < Rank; d++) call.Size(padded[d], $"a padded input of {input[d]} + 2*{Padding[d]}");
        Settle(padded);
        if (ceil)
            return padded.Select((size, d) => (size - span[d] + Stride[d] - 1) / Stride[d] + 1)
                .Select((count, d) => (int)((count - 1) * Stride[d] >= (long)input[d] + Padding[d] ? count - 1 : count)).ToArray();
        for (var d = 0; d < Rank; d++)
        {
            // Only where windows touch: a stride beyond the kernel leaves elements out by intention.
            var dropped = (padded[d] - span[d]) % Stride[d] - Padding[d];
            if (dropped > 0 && Stride[d] <= span[d])
                call.Warn(new("MG2105",
                    $"{call.Label} never reads the last {dropped} of {input[d]} elements of axis {d + 2}: ({padded[d]} - {span[d]}) is not a multiple of "
                        + $"stride {Stride[d]}"));
        }
        return padded.Select((size, d) => (int)((size - span[d]) / Stride[d] + 1)).ToArray();
    }

    /// <summary>Steps longer than what they could be taken in are as good as steps of just that length: there is no second one.</summary>
    /// <param name="within">For each axis.</param>
    public void Settle(long[] within)
    {
        for (var d = 0; d < Rank; d++)
        {
            Stride[d] = (int)System.Math.Min(Stride[d], within[d]);
            if (Kernel[d] == 1) Dilation[d] = 1;
        }
    }

    /// <summary>What position <paramref name="o"/> of the output and element <paramref name="k"/> of the window read along spatial axis
    /// <paramref name="d"/>.</summary>
    public AffineIndex Read(int d, AffineIndex o, AffineIndex k) =>
        o.Times(Stride[d]).Plus(k.Times(Dilation[d])).Plus(AffineIndex.Constant(o.Rank, -Padding[d]));

    /// <summary>The first output position along spatial axis <paramref name="d"/> whose window reads no element of the input; null where each reads
    /// one.</summary>
    public int? Empty(int d, int input, int output)
    {
        long stride = Stride[d], padding = Padding[d], dilation = Dilation[d];
        // Windows that begin before the input skip it where it fits between two of their elements.
        for (var o = 0L; o < output && o * stride < padding; o++)
        {
            var k = (padding - o * stride + dilation - 1) / dilation;
            if (k >= Kernel[d] || o * stride - padding + k * dilation >= input) return (int)o;
            // Elements that lie closer than the input is long cannot skip it.
            if (dilation <= input) break;
        }
        var beyond = System.Math.Max(0, (input + padding + stride - 1) / stride);
        return beyond < output ? (int)beyond : null;
    }

    /// <summary>3x3, and the one number for one axis.</summary>
    public static string Text<T>(T[] sizes) => string.Join("x", sizes);
}
