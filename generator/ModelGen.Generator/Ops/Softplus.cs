using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Softplus : ActivationOp
{
    public override string Name => "Softplus";

    public override OpDoc Doc =>
        new("log(1 + e^(beta·x)) / beta", "any → same", "Dugas et al. 2001",
        "x where beta·x exceeds the threshold. No overflow, and no digits lost where e^(beta·x) is small; derivative sigmoid(beta·x).");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("beta", "the steepness, above 0", 1),
        OpParameter.Real("threshold", "the value of beta·x from which on the result is x", 20),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        Sample(),
        Sample(("beta", 2.0), ("threshold", 1.5)),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", Sample(("beta", 0.0))),
    };

    protected override Expr Formula(Expr x, OpCall call)
    {
        double beta = call.Real("beta"), threshold = call.Real("threshold");
        if (beta <= 0) throw call.Fail("MG2009", $"needs beta above 0, got {call.Number(beta)}");
        return Expr.Where(beta * x > threshold, x, Scalars.Softplus(beta * x) / beta);
    }
}
