using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Split : Op
{
    public override string Name => "Split";

    public override string Summary => "Splits x along an axis into consecutive parts, whose sizes add up to it.";

    public override bool ReturnsSequence => true;

    public override OpDoc Doc => new("consecutive parts of x along an axis", "[…, A, …] → […, sizes[0], …], […, sizes[1], …], …", "torch.split",
        "The sizes add up to the axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis"),
        OpParameter.Integers("sizes", "the size of each part"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 7)), ("axis", 1), ("sizes", new[] { 3, 4 })) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axis = call.Axis("axis", x);
        var sizes = call.Integers("sizes");
        if (x.Shape[axis].PerSample) throw call.Fail("MG2007", $"cannot split axis {axis} of {x.Shape}: it is the batch axis");
        if (sizes.Any(s => s < 1)) throw call.Fail("MG2009", $"needs sizes of at least 1, got [{string.Join(",", sizes)}]");
        if (sizes.Sum(s => (long)s) != x.Shape[axis].Factor)
            throw call.Fail("MG2006",
                $"needs sizes that add up to axis {axis} of {x.Shape}: {string.Join(" + ", sizes)} = {sizes.Sum(s => (long)s)}, not {x.Shape[axis]}");
        var start = 0;
        return sizes.Select(size => Slice.Of(call.Builder, x, axis, (start += size) - size, size)).ToArray();
    }
}
