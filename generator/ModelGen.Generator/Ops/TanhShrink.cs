using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class TanhShrink : ActivationOp
{
    public override string Name => "TanhShrink";

    public override OpDoc Doc => new("x - tanh x", "any → same", "PyTorch's Tanhshrink");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 0), (1, 0.2384058440442351)) };

    protected override Expr Formula(Expr x, OpCall call) => x - Expr.Tanh(x);
}
