using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class HardShrink : ActivationOp
{
    public override string Name => "HardShrink";

    public override OpDoc Doc => new("|x| > lambd ? x : 0", "any → same", "PyTorch's Hardshrink");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("lambd", "where it sets in, at least 0", 0.5),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(("lambd", 0.25)).Gives((0.1, 0), (-1, -1)), Sample().Gives((0.5, 0), (1, 1)) };

    public override IReadOnlyList<(string Id, OpSample Sample)> Faults => new[] { ("MG2009", Sample(("lambd", -0.5))) };

    protected override Expr Formula(Expr x, OpCall call)
    {
        var bound = call.AtLeastZero("lambd");
        return Expr.Where(Expr.Abs(x) > bound, x, 0);
    }
}
