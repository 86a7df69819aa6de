using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class KlDivLoss : PointwiseLossOp
{
    public override string Name => "KlDivLoss";

    public override OpDoc Doc => new("mean target · (log target - x)", "[N, …], [N, …] → []", "Kullback and Leibler 1951; x: log-probabilities",
        "loss_c1: both shapes agree. Reduction \"batchmean\" divides the sum by the samples: the divergence itself.");

    protected override Expr Formula(Expr x, Expr target, OpCall call) => Expr.Where(target > 0, target * (Expr.Log(target) - x), 0);
}
