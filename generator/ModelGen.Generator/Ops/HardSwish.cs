using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class HardSwish : ActivationOp
{
    public override string Name => "HardSwish";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc => new("x · min(max(x + 3, 0), 6) / 6", "any → same", "Howard et al. 2019, section 5.2");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(-4, 4) };

    protected override Expr Formula(Expr x, OpCall call) => x * (Expr.Min(Expr.Max(x + 3, 0), 6) / 6);
}
