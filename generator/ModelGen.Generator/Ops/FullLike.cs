using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class FullLike : Op
{
    public override string Name => "FullLike";

    public override string Summary => "Returns a tensor of the shape of x, the batch axis included, whose elements are all one number.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("value", "any → same", "constant");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("value", "the number"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("value", 0.5)) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        return One(Full.Of(call.Builder, call.Tensor("x").Shape, call.Real("value")));
    }
}
