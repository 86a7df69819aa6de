using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class SoftCrossEntropy : Op
{
    public override string Name => "SoftCrossEntropy";

    public override string Summary =>
        "Computes the mean over samples of Σ w·target·(log Σ e^logits − logits), where the target is a distribution over the classes.";

    public override string ShortName => "loss";

    public override OpDoc Doc => new("mean over samples of Σ w·target·(log Σ e^logits - logits), in nats", "[N, C, …], [N, C, …] → []", "softmax cross-entropy",
        "Both shapes agree. The target is a distribution over the class axis. Smoothing s: (1 - s)·target + s/C. "
        + "Class weights w do not change what the mean divides by.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("logits", "f32[N,C,…]"),
        OpParameter.Tensor("target", "of the shape of the logits"),
        OpParameter.Real("labelSmoothing", "s, by which the target becomes (1 − s)·target + s/C", 0),
        LossReduction.Parameter(),
        OpParameter.Axis("classAxis", "the axis of the classes", 1),
        OpParameter.OptionalReals("weight", "w, a weight for each class; it does not change what the mean divides by"),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        new OpSample(("logits", SampleOperand.Of(Axis.Batch, 3)), ("target", SampleOperand.Of(Axis.Batch, 3).Within(0, 1))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        Node logits = call.Tensor("logits"), target = call.Tensor("target");
        if (logits.Shape != target.Shape) throw call.Fail("MG2011", $"needs a target of the shape of logits, got {logits.Shape} and {target.Shape}");
        var axis = call.Axis("classAxis", logits);
        if (logits.Shape[axis].PerSample) throw call.Fail("MG2010", $"cannot take axis {axis} of {logits.Shape} as the classes: it is the batch axis");
        if (call.Producer(logits) is "Softmax" or "LogSoftmax")
            call.Warn(new("MG2101",
                $"{call.Label} takes logits and applies the softmax itself, but gets the output of {call.Producer(logits)}; pass what goes into it"));
        var smoothing = call.Probability("labelSmoothing");
        var rows = new Rows(call.Builder, logits, axis);
        var (max, logSum) = rows.LogSum(Role.LossPart);
        var weight = ClassWeights.Of(call, logits, axis);
        var loss = rows.Reduce(Combine.Sum, p =>
        {
            var share = (1 - smoothing) * p.Same(target) + smoothing / logits.Shape[axis].Factor;
            return (weight is null ? share : p.Along(weight, axis) * share) * (p.Row(logSum) - p.Below(max));
        }, Purpose.LossPart("perRow"));
        return One(LossReduction.Apply(call, loss.Shape, v => GraphBuilder.Load(loss, v)));
    }
}
