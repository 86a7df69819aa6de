using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Where : Op
{
    public override string Name => "Where";

    public override OpDoc Doc => new("condition ≠ 0 ? x : y", "any, any, any → broadcast", "selection", "The condition has no derivative.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("condition"), OpParameter.TensorOrReal("x"),
        OpParameter.TensorOrReal("y") };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var operands = new List<Node> { call.Tensor("condition") };
        var at = new Dictionary<string, int>();
        foreach (var name in new[] { "x", "y" })
        {
            if (!call.IsTensor(name)) continue;
            foreach (var other in operands) call.RequireBroadcast(other, call.Tensor(name));
            at[name] = operands.Count;
            operands.Add(call.Tensor(name));
        }
        Expr Operand(Expr[] t, string name) => at.TryGetValue(name, out var i) ? t[i] : call.Real(name);
        return One(call.Builder.Map(t => Expr.Where(Expr.Equal(t[0], 0), Operand(t, "y"), Operand(t, "x")), operands.ToArray()));
    }
}
