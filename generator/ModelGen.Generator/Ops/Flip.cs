using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Flip : Op
{
    public override string Name => "Flip";

    public override string Summary => "Reverses the order of the elements along axes.";

    public override bool KeepsScale => true;

    public override OpDoc Doc => new("y[…,i,…] = x[…,A - 1 - i,…]", "any → same", "torch.flip", "None of them is the batch axis.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Integers("axes", "the axes; the batch axis counts as 0, negative counts from the last"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 3, 4)), ("axes", new[] { 1, 2 })) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2007", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("axes", new[] { 0 }))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var axes = call.Axes("axes", x);
        if (axes.Any(a => x.Shape[a].PerSample)) throw call.Fail("MG2007", $"cannot reverse the batch axis of {x.Shape}");
        return One(call.Builder.Compute(x.Shape, Array.Empty<Axis>(), Combine.None, v => GraphBuilder.Load(x,
            v.Select((i, a) => axes.Contains(a) ? AffineIndex.Variable(v.Length, a, -1, x.Shape[a].Factor - 1) : i).ToArray())));
    }
}
