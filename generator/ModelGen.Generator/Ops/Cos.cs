using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Cos : ElementwiseOp
{
    public override string Name => "Cos";

    public override OpDoc Doc => new("cos x", "any → same", "cosine");

    protected override Expr Formula(Expr x, OpCall call) => Simplify.Unary(UnaryKind.Cos, x);
}
