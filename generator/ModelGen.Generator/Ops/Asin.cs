using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Asin : ElementwiseOp
{
    public override string Name => "Asin";

    public override OpDoc Doc => new("arcsin x", "any → same", "arc sine", "NaN beyond ±1.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(-0.9, 0.9).Gives((0, 0), (0.5, 0.5235987755982989), (1, 1.5707963267948966)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Atan(x / Expr.Sqrt((1 - x) * (1 + x)));
}
