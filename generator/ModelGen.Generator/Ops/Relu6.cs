using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Relu6 : ActivationOp
{
    public override string Name => "Relu6";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc => new("min(max(x, 0), 6)", "any → same", "Krizhevsky 2010", "Derivative 0 at 0 and 6.");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample(-8, 8).Gives((-1, 0), (3, 3), (7, 6)) };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Min(Expr.Max(x, 0), 6);
}
