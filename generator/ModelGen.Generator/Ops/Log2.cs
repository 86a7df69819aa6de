using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Log2 : ElementwiseOp
{
    public override string Name => "Log2";

    public override OpDoc Doc => new("log₂ x", "any → same", "binary logarithm");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(0.5, 3).Gives((8, 3)) };

    protected override Expr Formula(Expr x, OpCall call) => 1.4426950408889634 * Expr.Log(x);
}
