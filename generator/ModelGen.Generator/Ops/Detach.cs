using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Detach : ElementwiseOp
{
    public override string Name => "Detach";

    public override bool HasDerivative => false;

    public override OpDoc Doc =>
        new("x", "any → same", "PyTorch's detach",
        "The same value; a constant to differentiation, so that no gradient flows to what it was computed from.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((2, 2)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.StopGradient(x);
}
