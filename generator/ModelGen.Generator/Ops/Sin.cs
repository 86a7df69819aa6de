using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sin : ElementwiseOp
{
    public override string Name => "Sin";

    public override OpDoc Doc => new("sin x", "any → same", "sine");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 0), (1.5707963267948966, 1)) };

    protected override Expr Formula(Expr x, OpCall call) => Simplify.Unary(UnaryKind.Sin, x);
}
