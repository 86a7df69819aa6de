using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class SoftShrink : ActivationOp
{
    public override string Name => "SoftShrink";

    public override OpDoc Doc => new("x > lambd ? x - lambd : x < -lambd ? x + lambd : 0", "any → same", "PyTorch's Softshrink");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("lambd", "how much is taken away, at least 0", 0.5),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(("lambd", 0.25)).Gives((0.1, 0), (-1, -0.75)), Sample().Gives((0.5, 0), (1, 0.5)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2009", Sample(("lambd", -0.5))) };

    protected override Expr Formula(Expr x, OpCall call)
    {
        var bound = call.AtLeastZero("lambd");
        return Expr.Where(x > bound, x - bound, Expr.Where(x < -bound, x + bound, 0));
    }
}
