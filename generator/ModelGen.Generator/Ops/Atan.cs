using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Atan : ElementwiseOp
{
    public override string Name => "Atan";

    public override OpDoc Doc => new("arctan x", "any → same", "arc tangent");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 0), (1, 0.7853981633974483), (-3, -1.2490457723982544)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Atan(x);
}
