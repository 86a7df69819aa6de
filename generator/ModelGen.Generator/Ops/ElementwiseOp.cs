using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>An op that is one scalar formula of one operand.</summary>
internal abstract class ElementwiseOp : Op
{
    public override string Summary => $"Computes <c>{Doc.FormulaAsXml}</c>, element by element.";

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[] { OpParameter.Tensor("x") };

    /// <summary>A call with vectors of elements from −1 to 1, or of others.</summary>
    protected static OpSample Sample(params (string Name, object Value)[] constants) => Sample(-1, 1, constants);

    protected static OpSample Sample(double low, double high, params (string Name, object Value)[] constants) =>
        new(constants.Prepend(("x", SampleOperand.Of(Axis.Batch, 3).Within(low, high))).ToArray());

    protected abstract Expr Formula(Expr x, OpCall call);

    public override IReadOnlyList<Node> Build(OpCall call) => One(call.Builder.Map(x => Formula(x[0], call), call.Tensor("x")));
}
