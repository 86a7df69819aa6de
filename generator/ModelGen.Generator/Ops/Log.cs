using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Log : ElementwiseOp
{
    public override string Name => "Log";

    public override OpDoc Doc => new("ln x", "any → same", "natural logarithm");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(0.5, 4) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Log(x);
}
