using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Reciprocal : ElementwiseOp
{
    public override string Name => "Reciprocal";

    public override OpDoc Doc => new("1 / x", "any → same", "reciprocal");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(0.5, 2).Gives((4, 0.25)) };

    protected override Expr Formula(Expr x, OpCall call) => 1 / x;
}
