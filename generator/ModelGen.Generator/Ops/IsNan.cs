using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class IsNan : ElementwiseOp
{
    public override string Name => "IsNan";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("x is no number ? 1 : 0", "any → same", "IEEE 754", "No derivative.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((1, 0), (double.NaN, 1)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Where(x >= 0, 0, Expr.Where(x < 0, 0, 1));
}
