using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class KlDivLoss : DistanceLossOp
{
    public override string Name => "KlDivLoss";

    public override string Summary => "Computes the mean of target·(log target − x) for log-probabilities x.";

    public override OpDoc Doc => new("mean target · (log target - x)", "[N, …], [N, …] → []", "Kullback and Leibler 1951; x: log-probabilities",
        "Both shapes agree. With logTarget the target is log-probabilities too. Reduction \"batchmean\" divides the sum by the samples: the "
            + "divergence itself.");

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(0.1, 1))),
    };

    protected override OpParameter Reduction => LossReduction.Parameter(", or \"batchmean\": the sum over the number of samples");

    protected override IReadOnlyList<OpParameter> Constants => new[]
    {
        OpParameter.Boolean("logTarget", "whether the target consists of log-probabilities too: e^target·(target − x)", false),
    };

    protected override Expr Formula(Expr x, Expr target, OpCall call) => call.Boolean("logTarget")
        ? Expr.Exp(target) * (target - x)
        : Expr.Where(target > 0, target * (Expr.Log(target) - x), 0);
}
