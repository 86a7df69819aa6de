using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Log1p : ElementwiseOp
{
    public override string Name => "Log1p";

    public override OpDoc Doc => new("log(1 + x)", "any → same", "natural logarithm of 1 + x", "No digits are lost near 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(-0.5, 2).Gives((0, 0), (1, 0.6931471805599453)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Log1P(x);
}
