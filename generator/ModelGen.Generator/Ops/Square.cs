using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Square : ElementwiseOp
{
    public override string Name => "Square";

    public override OpDoc Doc => new("x²", "any → same", "square");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-3, 9)) };

    protected override Expr Formula(Expr x, OpCall call) => x * x;
}
