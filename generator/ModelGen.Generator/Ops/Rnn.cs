using System.Collections.Generic;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

internal sealed class Rnn : RecurrentOp
{
    public override string Name => "Rnn";

    public override string Summary =>
        "Creates a layer that computes h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh), or the same with ReLU. Its parameters have PyTorch's names: "
        + "<c>weight_ih_l0</c>, <c>weight_hh_l0</c>, <c>bias_ih_l0</c>, <c>bias_hh_l0</c>, … and <c>_reverse</c>.";

    public override OpDoc Doc =>
        new("h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh)", "[N, T, I] → [N, T, directions·H] and the last h [N, layers·directions, H]",
        "Elman 1990; PyTorch's nn.RNN", Constraints);

    protected override IReadOnlyList<OpParameter> Constants => new[]
    {
        OpParameter.Text("nonlinearity", "the nonlinearity: \"tanh\" or \"relu\"", "tanh"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", SampleOperand.Of(Axis.Batch, 2, 3)), ("hiddenSize", 4)) };

    protected override int Gates => 1;

    protected override Node[] Step(RecurrentStep step)
    {
        var kind = step.Call.Text("nonlinearity");
        if (kind is not ("tanh" or "relu")) throw step.Call.Fail("MG2009", $"needs a nonlinearity of \"tanh\" or \"relu\", got \"{kind}\"");
        return new Node[]
        {
            step.Map("hidden", p =>
            {
                var a = p.Sum(0);
                return kind == "tanh" ? Expr.Tanh(a) : Expr.Max(a, 0);
            }),
        };
    }
}
