using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Expm1 : ElementwiseOp
{
    public override string Name => "Expm1";

    public override OpDoc Doc => new("e^x - 1", "any → same", "exponential less 1", "No digits are lost near 0.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((0, 0), (1, 1.718281828459045)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.ExpM1(x);
}
