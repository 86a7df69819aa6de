using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Lstm : RecurrentOp
{
    public override string Name => "Lstm";

    public override string Summary =>
        "Creates a layer that computes c' = f·c + i·g, h' = o·tanh c' with gates i, f, o = σ(…) and g = tanh(…). Its parameters are those of "
        + "<see cref=\"Rnn\"/>, with rows i, f, g, o.";

    public override OpDoc Doc => new("c' = f·c + i·g, h' = o·tanh c'; i, f, o = σ and g = tanh of W_ih·x + b_ih + W_hh·h + b_hh",
        "[N, T, I] → [N, T, directions·H], the last h and the last c [N, layers·directions, H]",
            "Hochreiter and Schmidhuber 1997, Gers et al. 2000; PyTorch's nn.LSTM",
        "Rows of the weights: i, f, g, o. " + Constraints);

    public override string ReturnType => "LstmLayer";

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 3)), ("hiddenSize", 4)) };

    protected override int Gates => 4;

    protected override IReadOnlyList<string> States => new[] { "h0", "c0" };

    protected override Node[] Step(RecurrentStep step)
    {
        Node i = step.Map("inputGate", p => Expr.Sigmoid(p.Sum(0))), f = step.Map("forgetGate", p => Expr.Sigmoid(p.Sum(1)));
        Node g = step.Map("candidate", p => Expr.Tanh(p.Sum(2))), o = step.Map("outputGate", p => Expr.Sigmoid(p.Sum(3)));
        var cell = step.Map("cell", p => p[f] * p[step.States[1]] + p[i] * p[g]);
        return new Node[] { step.Map("hidden", p => p[o] * Expr.Tanh(p[cell])), cell };
    }
}
