using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>An op that is one scalar formula of one operand.</summary>
internal abstract class ElementwiseOp : Op
{
    public override string Summary => $"Computes <c>{Doc.FormulaAsXml}</c>, element by element.";

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x") };

    protected abstract Expr Formula(Expr x, OpCall call);

    public override IReadOnlyList<Node> Build(OpCall call) => One(call.Builder.Map(x => Formula(x[0], call), call.Tensor("x")));
}
