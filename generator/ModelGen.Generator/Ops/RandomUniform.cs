using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class RandomUniform : RandomOp
{
    public override string Name => "RandomUniform";

    public override string Summary => "Returns random numbers in [0, 1), others for each sample.";

    public override OpDoc Doc => new("y ~ U[0, 1)", "[N, shape…]", "a hash of the position", Remark);

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Integers("shape", "the sizes without the batch axis") };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("shape", new[] { 3 })) };

    public override IReadOnlyList<Node> Build(OpCall call) => One(Of(call.Builder, PerSample(call)));

    protected override Expr Draw(GraphBuilder b, Func<int, Expr> uniform) => uniform(0);
}
