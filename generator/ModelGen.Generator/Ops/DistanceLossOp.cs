using System;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A loss of element and element that is one formula of both.</summary>
internal abstract class DistanceLossOp : PointwiseLossOp
{
    protected abstract Expr Formula(Expr x, Expr target, OpCall call);

    protected override Func<AffineIndex[], Expr> Element(OpCall call, Node x, Node target) => v =>
        Formula(GraphBuilder.Load(x, v), GraphBuilder.Load(target, v), call);
}
