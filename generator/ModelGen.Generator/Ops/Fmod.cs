using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Fmod : BinaryOp
{
    public override string Name => "Fmod";

    public override OpDoc Doc => new("x - trunc(x / y) · y", "any, any → broadcast", "modulus with the sign of x", "As torch.fmod and % of C#.");

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.1, 0.9)), ("y", SampleOperand.Of(Axis.Batch, 3).Within(1, 2))),
    };

    protected override Expr Formula(Expr x, Expr y) => x - Expr.Where(x / y < 0, -Expr.Floor(-(x / y)), Expr.Floor(x / y)) * y;
}
