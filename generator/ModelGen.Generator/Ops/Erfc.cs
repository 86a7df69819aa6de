using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Erfc : ElementwiseOp
{
    public override string Name => "Erfc";

    public override OpDoc Doc => new("1 - erf x", "any → same", "complementary error function", "For large x the difference has few digits.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 1), (0.5, 0.4795001221869535)) };

    protected override Expr Formula(Expr x, OpCall call) => 1 - Expr.Erf(x);
}
