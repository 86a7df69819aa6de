using System;
using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A loss that compares element with element.</summary>
internal abstract class PointwiseLossOp : Op
{
    /// <summary>The name of what is compared with the target.</summary>
    protected virtual string Operand => "x";

    public override IReadOnlyList<OpParameter> Parameters =>
        new[] { OpParameter.Tensor(Operand), OpParameter.Tensor("target"), OpParameter.Text("reduction", "mean") };

    /// <summary>The loss of the element at each position.</summary>
    protected abstract Func<AffineIndex[], Expr> Element(OpCall call, Node x, Node target);

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.Tensor(Operand), target = call.Tensor("target");
        if (x.Shape != target.Shape) throw call.Fail("MG2011", $"needs a target of the shape of {Operand}, got {x.Shape} and {target.Shape}");
        return One(LossReduction.Apply(call, x.Shape, Element(call, x, target)));
    }
}
