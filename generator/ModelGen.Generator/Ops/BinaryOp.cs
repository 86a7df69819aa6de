using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>An op that is one scalar formula of two operands, with numpy's broadcasting (axes aligned at the end, size 1 stretches).
/// Either operand may be a number.</summary>
internal abstract class BinaryOp : Op
{
    public override string Summary => $"Computes <c>{Doc.FormulaAsXml}</c>, element by element, with broadcasting.";

    public override IReadOnlyList<OpParameter> Parameters => new[]
    {
        // Either side of an operator may be a number; a method takes one as its last argument.
        Operator is null ? OpParameter.Tensor("x", "the left operand") : OpParameter.TensorOrReal("x", "the left operand"),
        OpParameter.TensorOrReal("y", "the right operand"),
    };

    protected abstract Expr Formula(Expr x, Expr y);

    /// <summary>What to do about shapes that do not broadcast, as the end of a message.</summary>
    protected virtual string Advice(Shape x, Shape y) => "";

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var b = call.Builder;
        if (!call.IsTensor("x") && !call.IsTensor("y")) throw call.Fail("MG2009", "needs a tensor on at least one side, got two numbers");
        if (!call.IsTensor("y")) return One(b.Map(t => Formula(t[0], call.Real("y")), call.Tensor("x")));
        if (!call.IsTensor("x")) return One(b.Map(t => Formula(call.Real("x"), t[0]), call.Tensor("y")));
        Node x = call.Tensor("x"), y = call.Tensor("y");
        call.RequireBroadcast(x, y, Advice);
        return One(b.Map(t => Formula(t[0], t[1]), x, y));
    }
}
