using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class OnesLike : Op
{
    public override string Name => "OnesLike";

    public override string Summary => "Returns ones of the shape of x, the batch axis included.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("1", "any → same", "constant");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        return One(Full.Of(call.Builder, call.Tensor("x").Shape, 1));
    }
}
