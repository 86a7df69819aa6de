using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class LogicalOr : BinaryOp
{
    public override string Name => "LogicalOr";

    public override string Operator => "|";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("x ≠ 0 or y ≠ 0 ? 1 : 0", "any, any → broadcast", "disjunction", "Whatever is not 0 is true. No derivative.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("y", SampleOperand.Of(3))) };

    protected override Expr Formula(Expr x, Expr y) => Expr.Where(Expr.Equal(x, 0), Expr.Where(Expr.Equal(y, 0), 0, 1), 1);
}
