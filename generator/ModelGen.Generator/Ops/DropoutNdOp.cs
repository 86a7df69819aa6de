using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Dropout of whole channels: elements of a channel are alike, so that dropping some of them drops nothing.</summary>
internal abstract class DropoutNdOp : Op
{
    private readonly int _rank;

    protected DropoutNdOp(int rank) => _rank = rank;

    public override string Name => $"Dropout{_rank}d";

    public override string Summary =>
        "Creates a layer that, in training, sets whole channels to zero with probability <paramref name=\"p\"/> and scales the others by 1 / (1 − p); in "
        + "evaluation it is the identity.";

    public override bool IsLayer => true;

    public override bool KeepsScale => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y[n,c,s] = random(n,c) ≥ p ? x[n,c,s] / (1 - p) : 0", "[N, C, L…] → same", "Tompson et al. 2015",
        "Evaluation: the identity. p is in [0, 1).");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("p", "the probability of zero, in [0, 1)", 0.5).Positional(),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", Spatial.Sample(_rank, 2))) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2002", new OpSample(("x", SampleOperand.Of(Axis.Batch, 3)))),
        ("MG2009", new OpSample(("x", Spatial.Sample(_rank, 2)), ("p", 1.0))),
    };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = Spatial.Operand(call, _rank);
        var p = call.Probability("p");
        return One(!call.IsTraining || p == 0 ? x : Dropout.Of(call.Builder, x, p, 2));
    }
}
