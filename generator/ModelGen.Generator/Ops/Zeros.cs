using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Zeros : Op
{
    public override string Name => "Zeros";

    public override string Summary => "Returns a tensor of zeros without a batch axis.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("0", "[shape…]", "constant", "It has no batch axis and broadcasts as a parameter does; it is no parameter.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Integers("shape", "the sizes; without any it is one number"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("shape", new[] { 2, 3 })) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2009", new OpSample(("shape", new[] { 0 }))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        return One(Full.Of(call, 0));
    }
}
