using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class DropPath : Op
{
    public override string Name => "DropPath";

    public override string Summary =>
        "Creates a layer that, in training, sets whole samples to zero with probability <paramref name=\"p\"/> and scales the others by 1 / (1 − p); in "
        + "evaluation it is the identity.";

    public override bool IsLayer => true;

    public override bool KeepsScale => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y[n,…] = random(n) ≥ p ? x[n,…] / (1 - p) : 0", "any → same", "Huang et al. 2016 (stochastic depth), in mode \"row\"",
        "For the branch of a residual block. Evaluation: the identity. p is in [0, 1).");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("p", "the probability of zero, in [0, 1)", 0.5).Positional(),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults =>
        new[] { ("MG2009", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)), ("p", 1.0))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = call.Tensor("x");
        var p = call.Probability("p");
        return One(!call.IsTraining || p == 0 ? x : Dropout.Of(call.Builder, x, p, 1));
    }
}
