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

    /// <summary>MG2102: the mean takes a bias added just before out again.</summary>
    public static void WarnOfBias(OpCall call, Node x)
    {
        if (x.Origin.Path.Length > 0 && call.Producer(x) is "Conv1d" or "Conv2d" or "Conv3d" or "Linear" && call.HasParameter(x.Origin.Path + ".bias"))
            call.Warn(new("MG2102", $"{call.Label} subtracts the mean, so the bias of {x.Origin.Op} '{x.Origin.Path}' before it has no effect; set bias: false"));
    }
}
