using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class LeakyRelu : ActivationOp
{
    public override string Name => "LeakyRelu";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc => new("x > 0 ? x : negativeSlope · x", "any → same", "Maas, Hannun and Ng 2013", "Derivative negativeSlope at 0.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("negativeSlope", "the slope for x &lt; 0", 0.01).Positional(),
    };

    public override IReadOnlyList<OpSample> Samples => new[]
    {
        Sample(),
        Sample(("negativeSlope", 0.1)),
    };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Where(x > 0, x, call.Real("negativeSlope") * x);
}
