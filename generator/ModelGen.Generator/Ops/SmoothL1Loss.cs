using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class SmoothL1Loss : DistanceLossOp
{
    public override string Name => "SmoothL1Loss";

    public override string Summary => "Computes, with d = x − target, the mean of d²/(2·beta) where |d| &lt; beta, else |d| − beta/2.";

    public override OpDoc Doc => new("mean of |d| < beta ? d² / (2 · beta) : |d| - beta / 2, d = x - target", "[N, …], [N, …] → []", "Girshick 2015, eq. 3",
        "Both shapes agree.");

    protected override IReadOnlyList<OpParameter> Constants => new[] { OpParameter.Real("beta", "the difference from which on the loss is linear", 1) };

    protected override Expr Formula(Expr x, Expr target, OpCall call)
    {
        var beta = call.Real("beta");
        if (beta <= 0) throw call.Fail("MG2009", $"needs beta above 0, got {call.Number(beta)}");
        var d = x - target;
        return Expr.Where(Expr.Abs(d) < beta, 0.5 / beta * (d * d), Expr.Abs(d) - 0.5 * beta);
    }
}
