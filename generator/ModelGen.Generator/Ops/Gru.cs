using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Gru : RecurrentOp
{
    public override string Name => "Gru";

    public override string Summary =>
        "Creates a layer that computes h' = (1 − z)·n + z·h with gates r, z = σ(…) and n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn)). Its parameters are "
        + "those of <see cref=\"Rnn\"/>, with rows r, z, n.";

    public override OpDoc Doc => new("h' = (1 - z)·n + z·h; r, z = σ(W_ih·x + b_ih + W_hh·h + b_hh), n = tanh(W_in·x + b_in + r·(W_hn·h + b_hn))",
        "[N, T, I] → [N, T, directions·H] and the last h [N, layers·directions, H]", "Cho et al. 2014; PyTorch's nn.GRU",
        "Rows of the weights: r, z, n. The reset gate multiplies after the matrix product. " + Constraints);

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 3)), ("hiddenSize", 4)) };

    protected override int Gates => 3;

    protected override Node[] Step(RecurrentStep step)
    {
        Node r = step.Map("resetGate", p => Expr.Sigmoid(p.Input(0) + p.State(0))), z = step.Map("updateGate", p => Expr.Sigmoid(p.Input(1) + p.State(1)));
        var n = step.Map("candidate", p => Expr.Tanh(p.Input(2) + p[r] * p.State(2)));
        return new Node[] { step.Map("hidden", p => (1 - p[z]) * p[n] + p[z] * p[step.States[0]]) };
    }
}
