using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sqrt : ElementwiseOp
{
    public override string Name => "Sqrt";

    public override OpDoc Doc => new("√x", "any → same", "square root", "Infinite derivative at 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(0.25, 4) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Sqrt(x);
}
