using System.Collections.Generic;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class LogSoftmax : Op
{
    public override string Name => "LogSoftmax";

    public override string Summary => "Computes x − log Σ e^x along an axis.";

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y = x - max x - log Σ e^(x - max x) along an axis", "any → same", "Bridle 1990",
        "The maximum is subtracted first: no overflow, and differences of large numbers keep their digits. The axis exists; the batch axis counts as 0, "
            + "negative counts from the last.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Axis("axis", "the axis", -1).Positional(),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var rows = new Rows(call.Builder, x, call.Axis("axis", x));
        var (max, logSum) = rows.LogSum(Role.Statistic);
        return One(rows.Map(p => p.Below(max) - p.Row(logSum)));
    }
}
