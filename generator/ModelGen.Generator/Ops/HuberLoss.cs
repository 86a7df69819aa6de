using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class HuberLoss : DistanceLossOp
{
    public override string Name => "HuberLoss";

    public override string Summary => "Computes, with d = x − target, the mean of d²/2 where |d| ≤ delta, else delta·(|d| − delta/2).";

    public override OpDoc Doc => new("mean of |d| ≤ delta ? d² / 2 : delta · (|d| - delta / 2), d = x - target", "[N, …], [N, …] → []", "Huber 1964",
        "Both shapes agree.");

    protected override IReadOnlyList<OpParameter> Constants => new[] { OpParameter.Real("delta", "the difference from which on the loss is linear", 1) };

    protected override Expr Formula(Expr x, Expr target, OpCall call)
    {
        var delta = call.Real("delta");
        if (delta <= 0) throw call.Fail("MG2009", $"needs delta above 0, got {call.Number(delta)}");
        var d = x - target;
        return Expr.Where(Expr.Abs(d) <= delta, 0.5 * (d * d), delta * (Expr.Abs(d) - 0.5 * delta));
    }
}
