using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Selu : ActivationOp
{
    public override string Name => "Selu";

    public override string Summary =>
        "Computes the scaled exponential linear unit, element by element; it keeps mean 0 and variance 1.";

    public override OpDoc Doc =>
        new("scale · (x > 0 ? x : alpha · (e^x - 1))", "any → same", "Klambauer et al. 2017, eq. 2",
        "scale 1.0507…, alpha 1.6733…: the fixed point of mean 0 and variance 1.");

    protected override Expr Formula(Expr x, OpCall call) => Scale * Expr.Where(x > 0, x, Alpha * Expr.ExpM1(x));

    private const double Alpha = 1.6732632423543772848170429916717;

    private const double Scale = 1.0507009873554804934193349852946;
}
