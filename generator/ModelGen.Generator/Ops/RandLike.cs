using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class RandLike : RandomOp
{
    public override string Name => "RandLike";

    public override string Summary => "Returns random numbers in [0, 1) of the shape of x.";

    public override OpDoc Doc => new("y ~ U[0, 1)", "any → same", "a hash of the position", Remark);

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x") };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3))) };

    public override IReadOnlyList<Node> Build(OpCall call) => One(Of(call.Builder, call.Tensor("x").Shape));

    protected override Expr Draw(GraphBuilder b, Func<int, Expr> uniform) => uniform(0);
}
