using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Cos : ElementwiseOp
{
    public override string Name => "Cos";

    public override OpDoc Doc => new("cos x", "any → same", "cosine");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 1), (3.141592653589793, -1)) };

    protected override Expr Formula(Expr x, OpCall call) => Simplify.Unary(UnaryKind.Cos, x);
}
