using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class MseLoss : DistanceLossOp
{
    public override string Name => "MseLoss";

    public override string Summary => "Computes the mean over all elements of (x − target)².";

    public override OpDoc Doc => new("mean (x - target)²", "[N, …], [N, …] → []", "least squares", "Both shapes agree.");

    protected override OpParameter Reduction => base.Reduction.NotInAttribute();

    protected override Expr Formula(Expr x, Expr target, OpCall call) => (x - target) * (x - target);
}
