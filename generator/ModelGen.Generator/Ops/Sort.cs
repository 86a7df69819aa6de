using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Sort : SortedOp
{
    public override string Name => "Sort";

    public override string Summary => "Returns the elements along an axis in ascending order, and the positions they had.";

    public override OpDoc Doc => new("the elements in order, and where they were", "any → same, same", "torch.sort",
        "Equal elements keep their order. Values have the derivative of what they were taken from, positions none. The cost grows with the square of "
            + "the axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis", -1),
        OpParameter.Boolean("descending", "whether the greatest is the first", false),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 5))) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 5)), ("axis", 0))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        return First(call, x, axis, x.Shape[axis].Factor, call.Boolean("descending"));
    }
}
