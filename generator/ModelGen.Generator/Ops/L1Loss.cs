using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class L1Loss : DistanceLossOp
{
    public override string Name => "L1Loss";

    public override string Summary => "Computes the mean of |x − target|.";

    public override OpDoc Doc => new("mean |x - target|", "[N, …], [N, …] → []", "least absolute deviations",
        "Both shapes agree. Derivative 0 where they are equal.");

    protected override Expr Formula(Expr x, Expr target, OpCall call) => Expr.Abs(x - target);
}
