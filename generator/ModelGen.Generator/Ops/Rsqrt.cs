using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Rsqrt : ElementwiseOp
{
    public override string Name => "Rsqrt";

    public override OpDoc Doc => new("1 / √x", "any → same", "reciprocal square root");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(0.5, 2).Gives((4, 0.5)) };

    protected override Expr Formula(Expr x, OpCall call) => 1 / Expr.Sqrt(x);
}
