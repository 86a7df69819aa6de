using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Exp : ElementwiseOp
{
    public override string Name => "Exp";

    public override OpDoc Doc => new("e^x", "any → same", "exponential");

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        Sample(),
        Sample(-4, 0),
    };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Exp(x);
}
