using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Bernoulli : Op
{
    public override string Name => "Bernoulli";

    public override string Summary => "Returns 1 with the probability that x holds and 0 otherwise, each element by itself.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("random < x ? 1 : 0", "any → same", "torch.bernoulli",
        "Drawn anew in every training step from its seed, the same bits on any number of threads; a prediction draws with seed 0. No derivative.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x", "the probabilities") };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0, 1))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var stream = call.Builder.NextRandomStream();
        return One(call.Builder.Compute(x.Shape, Array.Empty<Axis>(), Combine.None, v => Expr.Where(
            new Expr.Random(stream, Dropout.Position(x.Shape, v)) < GraphBuilder.Load(x, v), 1, 0)));
    }
}
