using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Acosh : ElementwiseOp
{
    public override string Name => "Acosh";

    public override OpDoc Doc => new("log(x + √(x² - 1))", "any → same", "inverse hyperbolic cosine", "NaN below 1.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(1.2, 3).Gives((1, 0), (2, 1.3169578969248166)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Log(x + Expr.Sqrt((x - 1) * (x + 1)));
}
