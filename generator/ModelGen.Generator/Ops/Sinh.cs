using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sinh : ElementwiseOp
{
    public override string Name => "Sinh";

    public override OpDoc Doc => new("(e^x - e^(-x)) / 2", "any → same", "hyperbolic sine", "No digits are lost near 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 0), (1, 1.1752011936438014)) };

    protected override Expr Formula(Expr x, OpCall call)
    {
        // No digits are lost near 0.
        var m = Expr.ExpM1(x);
        return 0.5 * (m + m / (m + 1));
    }
}
