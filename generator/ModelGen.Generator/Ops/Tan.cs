using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Tan : ElementwiseOp
{
    public override string Name => "Tan";

    public override OpDoc Doc => new("tan x", "any → same", "tangent");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 0), (1, 1.5574077246549023)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Sin(x) / Expr.Cos(x);
}
