using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>A loss that compares element with element.</summary>
internal abstract class PointwiseLossOp : Op
{
    public override string ShortName => "loss";

    /// <summary>The name of what is compared with the target.</summary>
    protected virtual string Operand => "x";

    protected virtual string OperandAbout => "what is compared";

    protected virtual string Target => "of the shape of x";

    protected virtual OpParameter Reduction => LossReduction.Parameter();

    /// <summary>The parameters besides the operand, the target and the reduction.</summary>
    protected virtual IReadOnlyList<OpParameter> Constants => Array.Empty<OpParameter>();

    public override ClassForm ClassForm => ClassForm.Loss;

    public override IReadOnlyList<OpParameter> Parameters =>
        new[] { OpParameter.Tensor(Operand, OperandAbout), OpParameter.Tensor("target", Target), Reduction }.Concat(Constants).ToArray();

    /// <summary>The loss of the element at each position.</summary>
    protected abstract Func<AffineIndex[], Expr> Element(OpCall call, Node x, Node target);

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node x = call.Tensor(Operand), target = call.Tensor("target");
        if (x.Shape != target.Shape) throw call.Fail("MG2011", $"needs a target of the shape of {Operand}, got {x.Shape} and {target.Shape}");
        return One(LossReduction.Apply(call, x.Shape, Element(call, x, target)));
    }
}
