using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Add : BinaryOp
{
    public override string Name => "Add";

    public override string Operator => "+";

    public override OpDoc Doc => new("x + y", "any, any → broadcast", "sum");

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("y", SampleOperand.Of(3))) };

    protected override Expr Formula(Expr x, Expr y) => x + y;

    protected override string Advice(Shape x, Shape y) => Projection.Advice(x, y);
}
