using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Ceil : ElementwiseOp
{
    public override string Name => "Ceil";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("⌈x⌉", "any → same", "least integer not below", "The derivative is 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-1.5, -1), (2.2, 3), (3, 3)) };

    protected override Expr Formula(Expr x, OpCall call) => -Expr.Floor(-x);
}
