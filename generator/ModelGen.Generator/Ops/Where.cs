using System.Collections.Generic;
using System.Linq;
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
        OpParameter.TensorOrReal("x", "the result where the condition holds"),
        OpParameter.TensorOrReal("y", "the result elsewhere"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("condition", SampleOperand.Of(Axis.Batch, 3)), ("x", SampleOperand.Of(Axis.Batch, 3)), ("y", SampleOperand.Of(Axis.Batch, 3))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var operands = new[] { "condition", "x", "y" }.Where(call.IsTensor).Select(call.Tensor).ToArray();
        for (var i = 0; i < operands.Length; i++)
            for (var j = i + 1; j < operands.Length; j++) call.RequireBroadcast(operands[i], operands[j]);
        return One(call.Builder.Map(t =>
        {
            var next = 1;
            Expr Side(string name) => call.IsTensor(name) ? t[next++] : call.Real(name);
            Expr then = Side("x"), otherwise = Side("y");
            return Expr.Where(Expr.Equal(t[0], 0), otherwise, then);
        }, operands));
    }
}
