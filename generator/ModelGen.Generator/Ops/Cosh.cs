using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Cosh : ElementwiseOp
{
    public override string Name => "Cosh";

    public override OpDoc Doc => new("(e^x + e^(-x)) / 2", "any → same", "hyperbolic cosine");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 1), (1, 1.5430806348152437)) };

    protected override Expr Formula(Expr x, OpCall call) => 0.5 * (Expr.Exp(x) + Expr.Exp(-x));
}
