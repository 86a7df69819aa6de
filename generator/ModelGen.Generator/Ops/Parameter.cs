using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Parameter : Op
{
    public override string Name => "Parameter";

    public override bool IsLayer => true;

    public override OpDoc Doc => new("a trained tensor", "→ shape", "", "Without a batch axis; broadcasts against one.");

    public override IReadOnlyList<OpParameter> Parameters => new[] { OpParameter.Integers("shape"), OpParameter.Text("init", "Zeros"), OpParameter.Real("value", 0) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var shape = call.Integers("shape");
        if (shape.Any(s => s < 1)) throw call.Fail("MG2009", $"needs sizes of at least 1, got [{string.Join(",", shape)}]");
        var (fanIn, fanOut) = shape.Length < 2 ? (shape.Sum(), shape.Sum()) : (shape[1] * shape.Skip(2).Aggregate(1, (p, s) => p * s), shape[0] * shape.Skip(2).Aggregate(1, (p, s) => p * s));
        return One(call.Parameter("", Shape.Of(shape.Select(s => (Axis)s)), new Initialization(call.Text("init"), fanIn, fanOut, call.Real("value"))));
    }
}
