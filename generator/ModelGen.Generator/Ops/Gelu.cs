using System;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Gelu : ActivationOp
{
    public override string Name => "Gelu";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc =>
        new("x · (1 + erf(x / √2)) / 2", "any → same", "Hendrycks and Gimpel 2016, eq. 1", "The exact form; GeluTanh is the approximation.");

    protected override Expr Formula(Expr x, OpCall call) => 0.5 * x * (1 + Expr.Erf(x * Math.Sqrt(0.5)));
}
