using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class RandnLike : RandomOp
{
    public override string Name => "RandnLike";

    public override string Summary => "Returns random numbers of the shape of x with mean 0 and deviation 1.";

    public override OpDoc Doc => new("y ~ N(0, 1)", "any → same", "Box and Muller 1958", Remark);

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x") };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3))) };

    public override IReadOnlyList<Node> Build(OpCall call) => One(Of(call.Builder, call.Tensor("x").Shape));

    protected override Expr Draw(GraphBuilder b, Func<int, Expr> uniform) => Normal(uniform);
}
