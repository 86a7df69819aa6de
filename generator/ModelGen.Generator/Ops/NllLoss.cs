using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class NllLoss : Op
{
    public override string Name => "NllLoss";

    public override string Summary => "Computes the mean of −x[label] for log-probabilities x, f32[N,C,…].";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean over labels of -x[label]; x: log-probabilities", "[N, C, …], labels [N, …] → []", "negative log-likelihood, in nats",
        "As many classes as the class axis is long. Labels have the shape of x without the class axis. "
        + "With class weights the mean divides by the sum of the labels' weights.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x", "the log-probabilities"),
        OpParameter.Labels("labels", "one class index for each sample or position"),
        OpParameter.OptionalReals("weight", "a weight for each class; the mean divides by the sum of the labels' weights"),
        OpParameter.OptionalInteger("ignoreIndex", "a label that counts in neither sum nor mean"),
        LossReduction.Parameter(),
        OpParameter.Axis("classAxis", "the axis of the classes", 1),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("labels", SampleOperand.Labels(3, Axis.Batch))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var loss = new LabelLoss(call, x, call.Tensor("labels"));
        if (call.Producer(x)
            == "Softmax") call.Warn(
            new("MG2101", $"{call.Label} takes log-probabilities, but gets the output of Softmax; use LogSoftmax, or CrossEntropy on the logits"));
        return One(loss.OfLogProbabilities());
    }
}
