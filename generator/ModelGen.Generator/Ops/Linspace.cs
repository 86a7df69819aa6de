using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Linspace : Op
{
    public override string Name => "Linspace";

    public override string Summary => "Returns numbers in even steps from start to end, both included, without a batch axis.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("start + i · (end - start) / (count - 1)", "[count]", "torch.linspace",
        "It has no batch axis and broadcasts as a parameter does; it is no parameter.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Real("start", "the first number"),
        OpParameter.Real("end", "the last number"),
        OpParameter.Integer("count", "how many"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("start", 0.0), ("end", 1.0), ("count", 5)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2009", new OpSample(("start", 0.0), ("end", 1.0), ("count", 0))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        double start = call.Real("start"), end = call.Real("end");
        var count = call.Positive("count");
        return One(Arange.Sequence(call.Builder, count, start, count == 1 ? 0 : (end - start) / (count - 1)));
    }
}
