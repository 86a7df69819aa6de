using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Atan2 : BinaryOp
{
    public override string Name => "Atan2";

    public override OpDoc Doc => new("the angle of the point (y, x): arctan(x / y) in the quadrant of both", "any, any → broadcast", "C's atan2(x, y)",
        "The first operand is the ordinate, as torch.atan2(input, other).");

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1)), ("y", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1))),
    };

    protected override Expr Formula(Expr x, Expr y) => Expr.Where(y > 0, Expr.Atan(x / y), Expr.Where(
        y < 0, Expr.Where(x < 0, Expr.Atan(x / y) - System.Math.PI, Expr.Atan(x / y) + System.Math.PI),
        Expr.Where(x > 0, System.Math.PI / 2, Expr.Where(x < 0, -System.Math.PI / 2, 0))));
}
