using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Ones : Op
{
    public override string Name => "Ones";

    public override string Summary => "Returns a tensor of ones without a batch axis.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("1", "[shape…]", "constant", "It has no batch axis and broadcasts as a parameter does; it is no parameter.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Integers("shape", "the sizes; without any it is one number"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("shape", new[] { 2, 3 })) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2009", new OpSample(("shape", new[] { 0 }))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        return One(Full.Of(call, 1));
    }
}
