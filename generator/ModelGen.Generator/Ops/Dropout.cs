using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Dropout : Op
{
    public override string Name => "Dropout";

    public override string Summary =>
        "Creates a layer that, in training, sets each element to zero with probability <paramref name=\"p\"/> and scales the others by 1 / (1 − p); in "
        + "evaluation it is the identity.";

    public override bool IsLayer => true;

    public override bool KeepsScale => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y = random ≥ p ? x / (1 - p) : 0", "any → same", "Srivastava et al. 2014",
        "Evaluation: the identity. p is in [0, 1). The mask depends on the step's seed and the position alone; backward draws it again instead of keeping it.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("p", "the probability of zero, in [0, 1)", 0.5).Positional(),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var p = call.Probability("p");
        return One(!call.IsTraining || p == 0 ? x : Of(call.Builder, x, p));
    }

    /// <param name="alike">How many of the first axes have numbers of their own; elements that differ in the others share them.</param>
    internal static Node Of(GraphBuilder b, Node x, double p, int? alike = null)
    {
        var stream = b.NextRandomStream();
        var own = Shape.Of(x.Shape.Axes.Take(alike ?? x.Shape.Rank));
        return b.Compute(x.Shape, Array.Empty<Axis>(), Combine.None, v =>
            Expr.Where(new Expr.Random(stream, Position(own, v)) >= p, GraphBuilder.Load(x, v) * (1 / (1 - p)), 0));
    }

    /// <summary>The number of an element: its position in row-major order.</summary>
    internal static AffineIndex Position(Shape shape, AffineIndex[] v) => Enumerable.Range(0, shape.Rank)
        .Aggregate(AffineIndex.Constant(v.Length, 0), (sum, axis) => sum.Plus(v[axis].Times(shape.Stride(axis))));
}
