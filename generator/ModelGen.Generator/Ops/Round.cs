using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Round : ElementwiseOp
{
    public override string Name => "Round";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("the nearest integer; of two the even one", "any → same", "IEEE 754, ties to even", "The derivative is 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-1.5, -2), (0.5, 0), (2.5, 2), (3.5, 4), (2.7, 3)) };

    protected override Expr Formula(Expr x, OpCall call)
    {
        var down = Expr.Floor(x);
        var rest = x - down;
        var isOdd = down - 2 * Expr.Floor(0.5 * down);
        return Expr.Where(rest > 0.5, down + 1, Expr.Where(Expr.Equal(rest, 0.5), down + isOdd, down));
    }
}
