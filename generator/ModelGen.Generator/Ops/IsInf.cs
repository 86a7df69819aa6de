using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class IsInf : ElementwiseOp
{
    public override string Name => "IsInf";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("x is ±∞ ? 1 : 0", "any → same", "IEEE 754", "No derivative.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((1, 0), (double.NegativeInfinity, 1)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Where(Expr.Equal(Expr.Abs(x), double.PositiveInfinity), 1, 0);
}
