using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Mul : BinaryOp
{
    public override string Name => "Mul";

    public override string Operator => "*";

    public override OpDoc Doc => new("x · y", "any, any → broadcast", "Hadamard product");

    protected override Expr Formula(Expr x, Expr y) => x * y;
}
