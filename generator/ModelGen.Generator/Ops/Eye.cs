using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Eye : Op
{
    public override string Name => "Eye";

    public override string Summary => "Returns the identity matrix, without a batch axis.";

    public override bool HasDerivative => false;

    public override OpDoc Doc => new("i = j ? 1 : 0", "[rows, columns]", "identity",
        "It has no batch axis and broadcasts as a parameter does; it is no parameter.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Integer("rows", "the number of rows"),
        OpParameter.OptionalInteger("columns", "the number of columns; that of the rows where null"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("rows", 3)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2009", new OpSample(("rows", 0))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var rows = call.Positive("rows");
        var columns = call.Has("columns") ? call.Positive("columns") : rows;
        return One(call.Builder.Compute(Shape.Of(rows, columns), Array.Empty<Axis>(), Combine.None, v =>
            Expr.Where(Expr.Equal(new Expr.IndexOf(v[0]), new Expr.IndexOf(v[1])), 1, 0), Purpose.Part("constant")));
    }
}
