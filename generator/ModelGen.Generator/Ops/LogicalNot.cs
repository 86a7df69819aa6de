using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class LogicalNot : ElementwiseOp
{
    public override string Name => "LogicalNot";

    public override string Operator => "!";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("x = 0 ? 1 : 0", "any → same", "negation", "Whatever is not 0 is true. No derivative.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 1), (2, 0)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Where(Expr.Equal(x, 0), 1, 0);
}
