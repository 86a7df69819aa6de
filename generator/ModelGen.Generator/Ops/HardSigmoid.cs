using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class HardSigmoid : ActivationOp
{
    public override string Name => "HardSigmoid";

    public override ActivationKind Activation => ActivationKind.Saturating;

    public override OpDoc Doc => new("min(max(x + 3, 0), 6) / 6", "any → same", "Howard et al. 2019", "Derivative 0 at -3 and 3.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(-4, 4) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Min(Expr.Max(x + 3, 0), 6) / 6;
}
