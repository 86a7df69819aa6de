using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Log10 : ElementwiseOp
{
    public override string Name => "Log10";

    public override OpDoc Doc => new("log₁₀ x", "any → same", "decimal logarithm");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(0.5, 3).Gives((1000, 3)) };

    protected override Expr Formula(Expr x, OpCall call) => 0.4342944819032518 * Expr.Log(x);
}
