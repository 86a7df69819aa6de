using System;
using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Advice for an addition whose operands disagree: the layer that takes one to the shape of the other.</summary>
internal static class Projection
{
    /// <summary>As the end of a message, or empty where no one layer does it.</summary>
    public static string Advice(Shape left, Shape right)
    {
        if (left.Rank != right.Rank || left.Rank < 2 || left[0] != right[0] || left.Axes.Skip(1).Concat(right.Axes.Skip(1)).Any(a => a.PerSample)) return "";
        // The larger image is the one to shrink, and of equally large ones the one with fewer channels is widened, as shortcuts are.
        var leftward = Layer(right, left) is { } toLeft ? (Text: $"{toLeft} on the right operand", Widens: right[1].Factor <= left[1].Factor) : default;
        var rightward = Layer(left, right) is { } toRight ? (Text: $"{toRight} on the left operand", Widens: left[1].Factor <= right[1].Factor) : default;
        var best = leftward.Text is null || rightward.Text is not null && rightward.Widens ? rightward.Text : leftward.Text;
        return best is null ? "" : $"; {best} makes them agree";
    }

    private static string? Layer(Shape from, Shape to)
    {
        int Size(Shape shape, int axis) => shape[axis].Factor;
        var rank = from.Rank;
        // What differs in its features alone, vectors and sequences of them: an affine map of the last axis.
        if (rank is 2 or 3 && Enumerable.Range(1, rank - 2).All(a => from[a] == to[a])) return $"Linear({Size(to, rank - 1)})";
        if (rank > 5) return null;
        var strides = new int[rank - 2];
        for (var d = 0; d < strides.Length; d++)
        {
            int source = Size(from, 2 + d), target = Size(to, 2 + d);
            strides[d] = (source + target - 1) / target;
            // A window of one element: (source - 1) / stride + 1.
            if ((source - 1) / strides[d] + 1 != target) return null;
        }
        var stride = strides.All(s => s == strides[0]) ? strides[0].ToString(System.Globalization.CultureInfo.InvariantCulture)
            : $"({string.Join(", ", strides)})";
        return $"Conv{rank - 2}d({Size(to, 1)}, kernel: 1{(strides.All(s => s == 1) ? "" : ", stride: " + stride)})";
    }
}
