using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>An op that is one scalar formula of two operands, with numpy's broadcasting (axes aligned at the end, size 1 stretches).</summary>
internal abstract class BinaryOp : Op
{
    public override IReadOnlyList<OpParameter> Parameters => new[] { OpParameter.Tensor("a"), OpParameter.Tensor("b") };

    protected abstract Expr Formula(Expr a, Expr b);

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node a = call.Tensor("a"), b = call.Tensor("b");
        if (GraphBuilder.Broadcast(a.Shape, b.Shape) is null)
            throw call.Fail("MG2001", $"needs shapes that agree or broadcast, got {a.Shape} and {b.Shape}: {FirstDifference(a.Shape, b.Shape)}");
        return One(call.Builder.Map(x => Formula(x[0], x[1]), a, b));
    }

    private static string FirstDifference(Shape a, Shape b)
    {
        for (var i = 1; i <= a.Rank && i <= b.Rank; i++)
        {
            Axis x = a[a.Rank - i], y = b[b.Rank - i];
            if (x != y && !x.IsOne && !y.IsOne) return $"axis -{i} has {x} on the left and {y} on the right";
        }
        return "their ranks differ";
    }
}
