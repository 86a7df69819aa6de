using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Elu : ActivationOp
{
    public override string Name => "Elu";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc =>
        new("x > 0 ? x : alpha · (e^x - 1)", "any → same", "Clevert, Unterthiner and Hochreiter 2015", "Derivative alpha at 0. No digits are lost near 0.");

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("alpha", "the negated limit for x → −∞", 1),
    };

    protected override Expr Formula(Expr x, OpCall call) => Expr.Where(x > 0, x, call.Real("alpha") * Expr.ExpM1(x));
}
