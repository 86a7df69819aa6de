using System.Collections.Generic;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class CrossEntropy : Op
{
    public override string Name => "CrossEntropy";

    public override OpDoc Doc => new("mean over labels of log Σ e^logits - logits[label], in nats", "[N, C, …], labels [N, …] → []", "softmax cross-entropy",
        "As many classes as the class axis is long. Labels have the shape of the logits without the class axis. "
        + "Smoothing s: target (1 - s)·onehot + s/C. With class weights the mean divides by the sum of the labels' weights. ignoreIndex: in neither sum "
            + "nor count.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("logits"), OpParameter.Labels("labels"), OpParameter.OptionalReals("weight"), OpParameter.Real("labelSmoothing", 0),
        OpParameter.OptionalInteger("ignoreIndex"), OpParameter.Text("reduction", "mean"), OpParameter.Integer("classAxis", 1),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var logits = call.Tensor("logits");
        var loss = new LabelLoss(call, logits, call.Tensor("labels"), call.Probability("labelSmoothing"));
        if (call.Producer(logits) is "Softmax" or "LogSoftmax")
            call.Warn(new("MG2101",
                $"{call.Label} takes logits and applies the softmax itself, but gets the output of {call.Producer(logits)}; pass what goes into it"));
        return One(loss.OfLogits());
    }
}
