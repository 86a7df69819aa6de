using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Celu : ActivationOp
{
    public override string Name => "Celu";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc => new("x > 0 ? x : alpha · (e^(x / alpha) - 1)", "any → same", "Barron 2017; PyTorch's CELU",
        "Continuously differentiable for every alpha: derivative 1 at 0, where Elu has alpha. No digits are lost near 0.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("alpha", "the negated limit for x → −∞, above 0", 1),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        Sample(("alpha", 2.0)).Gives((-2, -1.2642411176571153), (0, 0), (3, 3)),
        Sample().Gives((-1, -0.6321205588285577), (0, 0), (2, 2)),
    };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[]
    {
        ("MG2009", Sample(("alpha", 0.0))),
        ("MG2009", Sample(("alpha", -1.0))),
    };

    protected override Expr Formula(Expr x, OpCall call)
    {
        var alpha = call.Real("alpha");
        if (alpha <= 0) throw call.Fail("MG2009", $"needs alpha above 0, got {call.Number(alpha)}");
        return Expr.Where(x > 0, x, alpha * Expr.ExpM1(x / alpha));
    }
}
