using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Trunc : ElementwiseOp
{
    public override string Name => "Trunc";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("x without its fraction", "any → same", "rounding toward zero", "The derivative is 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-1.5, -1), (2.7, 2)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Where(x < 0, -Expr.Floor(-x), Expr.Floor(x));
}
