using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Atanh : ElementwiseOp
{
    public override string Name => "Atanh";

    public override OpDoc Doc => new("(log(1 + x) - log(1 - x)) / 2", "any → same", "inverse hyperbolic tangent", "NaN beyond ±1.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(-0.9, 0.9).Gives((0, 0), (0.5, 0.5493061443340548)) };

    protected override Expr Formula(Expr x, OpCall call) => 0.5 * (Expr.Log1P(x) - Expr.Log1P(-x));
}
