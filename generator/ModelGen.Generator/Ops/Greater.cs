using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Greater : BinaryOp
{
    public override string Name => "Greater";

    public override string Operator => ">";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("x > y ? 1 : 0", "any, any → broadcast", "comparison", "1 or 0; no derivative.");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("y", SampleOperand.Of(3))) };

    protected override Expr Formula(Expr x, Expr y) => Expr.Where(x > y, 1, 0);
}
