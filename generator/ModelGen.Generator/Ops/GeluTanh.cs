using System;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class GeluTanh : ActivationOp
{
    public override string Name => "GeluTanh";

    public override string Summary => "Computes the approximation of <see cref=\"Gelu\"/> by a hyperbolic tangent, element by element.";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc => new("x · (1 + tanh(√(2/π) · (x + 0.044715·x³))) / 2", "any → same", "Hendrycks and Gimpel 2016, section 2");

    protected override Expr Formula(Expr x, OpCall call) => 0.5 * x * (1 + Expr.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
}
