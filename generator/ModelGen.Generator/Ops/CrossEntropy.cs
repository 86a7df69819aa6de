using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class CrossEntropy : Op
{
    public override string Name => "CrossEntropy";

    public override string Summary => "Computes the mean over the labels of log Σ e^logits − logits[label], in nats.";

    public override ClassForm ClassForm => ClassForm.Loss;

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean over labels of log Σ e^logits - logits[label], in nats", "[N, C, …], labels [N, …] → []", "softmax cross-entropy",
        "As many classes as the class axis is long. Labels have the shape of the logits without the class axis. "
        + "Smoothing s: target (1 - s)·onehot + s/C. With class weights the mean divides by the sum of the labels' weights. ignoreIndex: in neither sum "
            + "nor count.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("logits", "f32[N,Classes], or with more axes, of which <paramref name=\"classAxis\"/> is the classes"),
        OpParameter.Labels("labels", "one class index for each sample or position"),
        OpParameter.OptionalReals("weight", "a weight for each class; the mean divides by the sum of the labels' weights"),
        OpParameter.Real("labelSmoothing", "s, by which the target becomes (1 − s) for the label and s/Classes for every class", 0),
        OpParameter.OptionalInteger("ignoreIndex", "a label that counts in neither sum nor mean"),
        LossReduction.Parameter(),
        OpParameter.Axis("classAxis", "the axis of the classes", 1).NotInAttribute(),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("logits", SampleOperand.Of(Axis.Batch, 3)), ("labels", SampleOperand.Labels(3, Axis.Batch))),
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
