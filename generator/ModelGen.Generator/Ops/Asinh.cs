using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Asinh : ElementwiseOp
{
    public override string Name => "Asinh";

    public override OpDoc Doc => new("log(x + √(x² + 1))", "any → same", "inverse hyperbolic sine", "No digits are lost near 0 or below it.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(0.2, 1).Gives((1, 0.881373587019543), (-2, -1.4436354751788103)) };

    protected override Expr Formula(Expr x, OpCall call)
    {
        // sign(x) · log1p(|x| + x² / (1 + √(x² + 1))): no digits are lost near 0 or below it.
        var a = Expr.Abs(x);
        return Expr.Sign(x) * Expr.Log1P(a + a * a / (1 + Expr.Sqrt(a * a + 1)));
    }
}
