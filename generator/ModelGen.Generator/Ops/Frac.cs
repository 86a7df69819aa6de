using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Frac : ElementwiseOp
{
    public override string Name => "Frac";

    public override OpDoc Doc => new("x - trunc x", "any → same", "fraction", "It has the sign of x; the derivative is 1.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(0.1, 0.9).Gives((-1.25, -0.25), (2.75, 0.75)) };

    protected override Expr Formula(Expr x, OpCall call) => x - Expr.Where(x < 0, -Expr.Floor(-x), Expr.Floor(x));
}
