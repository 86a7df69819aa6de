using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class KlDivLoss : DistanceLossOp
{
    public override string Name => "KlDivLoss";

    public override OpDoc Doc => new("mean target · (log target - x)", "[N, …], [N, …] → []", "Kullback and Leibler 1951; x: log-probabilities",
        "Both shapes agree. With logTarget the target is log-probabilities too. Reduction \"batchmean\" divides the sum by the samples: the "
            + "divergence itself.");

    public override IReadOnlyList<OpParameter> Parameters => base.Parameters.Append(OpParameter.Boolean("logTarget", false)).ToArray();

    protected override Expr Formula(Expr x, Expr target, OpCall call) => call.Boolean("logTarget")
        ? Expr.Exp(target) * (target - x)
        : Expr.Where(target > 0, target * (Expr.Log(target) - x), 0);
}
