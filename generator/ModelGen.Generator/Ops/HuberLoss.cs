using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class HuberLoss : DistanceLossOp
{
    public override string Name => "HuberLoss";

    public override OpDoc Doc => new("mean of |d| ≤ delta ? d² / 2 : delta · (|d| - delta / 2), d = x - target", "[N, …], [N, …] → []", "Huber 1964",
        "Both shapes agree.");

    public override IReadOnlyList<OpParameter> Parameters => base.Parameters.Append(OpParameter.Real("delta", 1)).ToArray();

    protected override Expr Formula(Expr x, Expr target, OpCall call)
    {
        var delta = call.Real("delta");
        if (delta <= 0) throw call.Fail("MG2009", $"needs delta above 0, got {call.Number(delta)}");
        var d = x - target;
        return Expr.Where(Expr.Abs(d) <= delta, 0.5 * (d * d), delta * (Expr.Abs(d) - 0.5 * delta));
    }
}
