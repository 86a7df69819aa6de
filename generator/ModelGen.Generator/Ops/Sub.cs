using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Sub : BinaryOp
{
    public override string Name => "Sub";

    public override string Operator => "-";

    public override OpDoc Doc => new("x - y", "any, any → broadcast", "difference");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("y", SampleOperand.Of(3))) };

    protected override Expr Formula(Expr x, Expr y) => x - y;
}
