using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Where : Op
{
    public override string Name => "Where";

    public override string Summary => "Returns x where the condition is not 0, otherwise y; the condition has no derivative.";

    public override OpDoc Doc => new("condition ≠ 0 ? x : y", "any, any, any → broadcast", "selection", "The condition has no derivative.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("condition", "what is not 0 where x is taken; broadcasts with the operands"),
        OpParameter.Tensor("x", "the result where the condition holds"),
        OpParameter.Tensor("y", "the result elsewhere"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("condition", SampleOperand.Of(Axis.Batch, 3)), ("x", SampleOperand.Of(Axis.Batch, 3)), ("y", SampleOperand.Of(Axis.Batch, 3))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node condition = call.Tensor("condition"), x = call.Tensor("x"), y = call.Tensor("y");
        call.RequireBroadcast(condition, x);
        call.RequireBroadcast(condition, y);
        call.RequireBroadcast(x, y);
        return One(call.Builder.Map(t => Expr.Where(Expr.Equal(t[0], 0), t[2], t[1]), condition, x, y));
    }
}
