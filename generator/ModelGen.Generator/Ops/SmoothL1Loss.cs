using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class SmoothL1Loss : DistanceLossOp
{
    public override string Name => "SmoothL1Loss";

    public override OpDoc Doc => new("mean of |d| < beta ? d² / (2 · beta) : |d| - beta / 2, d = x - target", "[N, …], [N, …] → []", "Girshick 2015, eq. 3",
        "Both shapes agree.");

    public override IReadOnlyList<OpParameter> Parameters => base.Parameters.Append(OpParameter.Real("beta", 1)).ToArray();

    protected override Expr Formula(Expr x, Expr target, OpCall call)
    {
        var beta = call.Real("beta");
        if (beta <= 0) throw call.Fail("MG2009", $"needs beta above 0, got {call.Number(beta)}");
        var d = x - target;
        return Expr.Where(Expr.Abs(d) < beta, 0.5 / beta * (d * d), Expr.Abs(d) - 0.5 * beta);
    }
}
