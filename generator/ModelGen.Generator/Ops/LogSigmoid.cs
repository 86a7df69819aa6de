using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class LogSigmoid : ActivationOp
{
    public override string Name => "LogSigmoid";

    public override string Summary => "Computes log sigmoid(x), element by element, without overflow.";

    public override OpDoc Doc => new("log(1 / (1 + e^-x))", "any → same", "log-likelihood of the logistic function");

    protected override Expr Formula(Expr x, OpCall call) => -Scalars.Softplus(-x);
}
