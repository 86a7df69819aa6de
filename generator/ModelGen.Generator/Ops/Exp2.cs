using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Exp2 : ElementwiseOp
{
    public override string Name => "Exp2";

    public override OpDoc Doc => new("2^x", "any → same", "power of 2");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((3, 8)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Exp(0.6931471805599453 * x);
}
