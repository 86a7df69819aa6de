using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Abs : ElementwiseOp
{
    public override string Name => "Abs";

    public override OpDoc Doc => new("|x|", "any → same", "absolute value", "Derivative 0 at 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-1.5, 1.5), (0, 0), (2, 2)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Abs(x);
}
