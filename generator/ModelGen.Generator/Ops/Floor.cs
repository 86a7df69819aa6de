using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Floor : ElementwiseOp
{
    public override string Name => "Floor";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("⌊x⌋", "any → same", "greatest integer", "The derivative is 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-1.5, -2), (2.7, 2), (3, 3)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Floor(x);
}
