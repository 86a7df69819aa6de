using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sign : ElementwiseOp
{
    public override string Name => "Sign";

    public override string Summary => "Returns −1, 0 or 1, element by element.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("sign x", "any → same", "sign", "Derivative 0 everywhere (warning MG2104).");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-1.5, -1), (0, 0), (2, 1)) };

    protected override Expr Formula(Expr x, OpCall call)
    {
        call.Warn(new("MG2104", $"{call.Label} has derivative 0 everywhere: nothing before it is trained through it"));
        return Expr.Sign(x);
    }
}
