using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Hypot : BinaryOp
{
    public override string Name => "Hypot";

    public override OpDoc Doc => new("√(x² + y²)", "any, any → broadcast", "Euclidean length");

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1)), ("y", SampleOperand.Of(Axis.Batch, 3).Within(0.2, 1))),
    };

    protected override Expr Formula(Expr x, Expr y) => Expr.Sqrt(x * x + y * y);
}
