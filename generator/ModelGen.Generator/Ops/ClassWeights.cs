using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>The argument "weight" of losses over classes: a constant for each class.</summary>
internal static class ClassWeights
{
    /// <summary>The weights, [C]; null where there are none.</summary>
    /// <exception cref="OpException">MG2010: not one for each class.</exception>
    public static Node? Of(OpCall call, Node scores, int axis)
    {
        if (!call.Has("weight")) return null;
        var weight = call.Reals("weight");
        var classes = scores.Shape[axis].Factor;
        if (weight.Length != classes) throw call.Fail("MG2010",
            $"needs a weight for each class, got {weight.Length} weights for {classes} classes of {scores.Shape}");
        return call.Builder.Constant(Shape.Of(scores.Shape[axis].Or("c")), weight, "weight");
    }
}
