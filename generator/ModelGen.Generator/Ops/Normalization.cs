using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>What the normalisation layers share.</summary>
internal static class Normalization
{
    /// <summary>(x - mean) · inverseDeviation [· weight + bias], where weight and bias have the given axes of x.</summary>
    public static Node Apply(Rows rows, Node mean, Node inverseDeviation, Node? weight, Node? bias, params int[] affineAxes) => rows.Map(p =>
    {
        var y = (p.X - p.Row(mean)) * p.Row(inverseDeviation);
        if (weight is not null) y *= p.Along(weight, affineAxes);
        if (bias is not null) y += p.Along(bias, affineAxes);
        return y;
    });

    /// <summary>The axes that the argument "normalizedShape" names: the last ones, whose sizes it repeats.</summary>
    /// <exception cref="OpException">MG2001.</exception>
    public static int[] LastAxes(OpCall call, Node x)
    {
        var rank = x.Shape.Rank;
        if (rank < 2) throw call.Fail("MG2002", $"expects at least one axis beside the batch axis, got {x.Shape}");
        if (!call.Has("normalizedShape")) return new[] { rank - 1 };
        var shape = call.Integers("normalizedShape");
        var axes = Enumerable.Range(rank - shape.Length, shape.Length).ToArray();
        if (shape.Length == 0 || shape.Length >= rank || axes.Select((a, i) => x.Shape[a] == shape[i]).Any(same => !same))
            throw call.Fail("MG2001", $"needs an input that ends in [{string.Join(",", shape)}], got {x.Shape}");
        return axes;
    }

    /// <summary>MG2102: the mean takes a bias added just before out again.</summary>
    public static void WarnOfBias(OpCall call, Node x)
    {
        if (x.Origin.Path.Length > 0 && call.Producer(x) is "Conv1d" or "Conv2d" or "Conv3d" or "Linear" && call.HasParameter(x.Origin.Path + ".bias"))
            call.Warn(new("MG2102",
                $"{call.Label} subtracts the mean, so the bias of {x.Origin.Op} '{x.Origin.Path}' before it has no effect; set bias: false"));
    }
}
