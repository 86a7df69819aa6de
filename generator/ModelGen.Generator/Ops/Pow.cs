using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Pow : BinaryOp
{
    public override string Name => "Pow";

    public override OpDoc Doc =>
        new("x^y", "any, any → broadcast", "power", "x^0 is 1, and its derivative by x is 0, at x = 0 too. The derivative by y is 0 where x ≤ 0.");

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.5, 2)), ("y", SampleOperand.Of(Axis.Batch, 3))),
    };

    protected override Expr Formula(Expr x, Expr y) => Expr.Pow(x, y);
}
