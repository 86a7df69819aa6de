using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A loss of element and element whose terms have weights: one number for all, or one for each place of an axis.</summary>
internal abstract class WeightedLossOp : PointwiseLossOp
{
    protected const string Constraints = "Weights are 1 number, or one for each place of classAxis. The mean divides by the number of elements, whatever "
        + "the weights.";

    protected const string Each = "one number, or one for each place of <paramref name=\"classAxis\"/>";

    /// <summary>The parameters that are weights.</summary>
    protected virtual IReadOnlyList<OpParameter> Weights => new[] { OpParameter.OptionalReals("weight", "w, the weight of each term: " + Each) };

    protected override OpParameter Reduction => LossReduction.Parameter("; the mean divides by the number of elements, whatever the weights");

    protected override IReadOnlyList<OpParameter> Constants =>
        Weights.Append(OpParameter.Axis("classAxis", "the axis along which weights run", -1)).ToArray();

    /// <param name="weight">The weight of this element, by the name of the parameter; null where it is not given.</param>
    protected abstract Expr Formula(Expr x, Expr target, OpCall call, Func<string, Expr?> weight);

    protected override Func<AffineIndex[], Expr> Element(OpCall call, Node x, Node target)
    {
        var axis = call.Axis("classAxis", x);
        var weights = Weights.Select(w => w.Name).Where(call.Has).ToDictionary(name => name, name => Constant(call, name, x, axis));
        return v => Formula(GraphBuilder.Load(x, v), GraphBuilder.Load(target, v), call, name =>
            !weights.TryGetValue(name, out var given) ? null : given.Leaf is { } leaf ? GraphBuilder.Load(leaf, v[axis]) : given.Number);
    }

    private static (Node? Leaf, double Number) Constant(OpCall call, string name, Node x, int axis)
    {
        var values = call.Reals(name);
        if (values.Length == 1) return (null, values[0]);
        if (x.Shape[axis].PerSample || values.Length != x.Shape[axis].Factor)
            throw call.Fail("MG2011", $"needs 1 number in {name}, or one for each place of axis {axis} of {x.Shape}, got {values.Length}");
        return (call.Builder.Constant(Shape.Of(x.Shape[axis].Or("c")), values, name), 0);
    }
}
