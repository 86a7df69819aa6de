using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Acos : ElementwiseOp
{
    public override string Name => "Acos";

    public override OpDoc Doc => new("arccos x", "any → same", "arc cosine", "NaN beyond ±1.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(-0.9, 0.9).Gives((0, 1.5707963267948966), (0.5, 1.0471975511965979)) };

    protected override Expr Formula(Expr x, OpCall call) => 1.5707963267948966 - Expr.Atan(x / Expr.Sqrt((1 - x) * (1 + x)));
}
