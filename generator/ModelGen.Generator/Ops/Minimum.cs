using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Minimum : BinaryOp
{
    public override string Name => "Minimum";

    public override string Summary => "Returns the lesser of x and y, element by element, with broadcasting.";

    public override OpDoc Doc =>
        new("min(x, y)", "any, any → broadcast", "lesser of two",
        "At a tie half of the cotangent goes to each; against a number nothing. NaN where either is NaN.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("y", SampleOperand.Of(Axis.Batch, 3))) };

    protected override Expr Formula(Expr x, Expr y) => Expr.Min(x, y);
}
