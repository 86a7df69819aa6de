using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Remainder : BinaryOp
{
    public override string Name => "Remainder";

    public override string Operator => "%";

    public override OpDoc Doc => new("x - ⌊x / y⌋ · y", "any, any → broadcast", "modulus with the sign of y",
        "As torch.remainder and % of Python; the derivative by x is 1, by y -⌊x / y⌋.");

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.1, 0.9)), ("y", SampleOperand.Of(Axis.Batch, 3).Within(1, 2))),
    };

    protected override Expr Formula(Expr x, Expr y) => x - Expr.Floor(x / y) * y;
}
