using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Transpose : Op
{
    public override string Name => "Transpose";

    public override string Summary => "Exchanges two axes. The batch axis stays first.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("two axes exchanged", "[…, A, …, B, …] → […, B, …, A, …]", "numpy.swapaxes",
        "The axes exist; negative counts from the last. The batch axis stays first.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integer("axis1", "an axis; negative counts from the last", -2),
        OpParameter.Integer("axis2", "the other axis", -1),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        int a = call.Axis("axis1", x), b = call.Axis("axis2", x);
        return One(a == b ? x : Permute.Of(call, x, Enumerable.Range(0, x.Shape.Rank).Select(i => i == a ? b : i == b ? a : i).ToArray()));
    }
}
