using System.Collections.Generic;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class LogSoftmax : Op
{
    public override string Name => "LogSoftmax";

    public override OpDoc Doc => new("y = x - log Σ e^x along an axis", "any → same", "Bridle 1990",
        "The maximum is subtracted first: no overflow. axis_c1: the axis exists; the batch axis counts as 0, negative counts from the last.");

    public override IReadOnlyList<OpParameter> Parameters => new[] { OpParameter.Tensor("x"), OpParameter.Integer("axis", -1) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var rows = new Rows(call.Builder, x, call.Axis("axis", x));
        var logSum = rows.LogSumExp();
        return One(rows.Map(p => p.X - p.Row(logSum)));
    }
}
