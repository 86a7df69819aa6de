using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Threshold : ActivationOp
{
    public override string Name => "Threshold";

    public override OpDoc Doc => new("x > threshold ? x : value", "any → same", "PyTorch's Threshold");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("threshold", "what passes lies above it"),
        OpParameter.Real("value", "what stands in for the rest"),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(("threshold", 0.25), ("value", 0.5)).Gives((0.1, 0.5), (1, 1)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Where(x > call.Real("threshold"), x, call.Real("value"));
}
