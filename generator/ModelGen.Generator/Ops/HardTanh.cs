using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class HardTanh : ActivationOp
{
    public override string Name => "HardTanh";

    public override ActivationKind Activation => ActivationKind.Saturating;

    public override OpDoc Doc => new("min(max(x, min), max)", "any → same", "Collobert 2004", "Derivative 0 at the bounds, where that of Clamp is 1.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("min", "the lower bound", -1),
        OpParameter.Real("max", "the upper bound", 1),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-2, -1), (0.5, 0.5), (3, 1)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Min(Expr.Max(x, call.Real("min")), call.Real("max"));
}
