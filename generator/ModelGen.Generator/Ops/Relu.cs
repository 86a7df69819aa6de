using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class Relu : ActivationOp
{
    public override string Name => "Relu";

    public override ActivationKind Activation => ActivationKind.Rectifier;

    public override OpDoc Doc => new("max(x, 0)", "any → same", "Nair and Hinton 2010", "Derivative 0 at 0.");

    protected override Expr Formula(Expr x, OpCall call)
    {
        if (call.Producer(call.Tensor("x")) == "Relu") call.Warn(new("MG2103", $"{call.Label} follows a Relu, whose output it cannot change"));
        return Expr.Max(x, 0);
    }
}
