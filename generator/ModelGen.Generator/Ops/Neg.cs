using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Neg : ElementwiseOp
{
    public override string Name => "Neg";

    public override string Operator => "-";

    public override OpDoc Doc => new("-x", "any → same", "negation");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-1.5, 1.5), (2, -2)) };

    protected override Expr Formula(Expr x, OpCall call) => -x;
}
