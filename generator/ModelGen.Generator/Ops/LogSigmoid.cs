using System.Collections.Generic;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Ops;

internal sealed class LogSigmoid : ActivationOp
{
    public override string Name => "LogSigmoid";

    public override string Summary => "Computes log sigmoid(x), element by element, without overflow.";

    public override OpDoc Doc => new("log(1 / (1 + e^-x))", "any → same", "log-likelihood of the logistic function");

    public override IReadOnlyList<OpSample> Samples => new[] { Sample().Gives((-800, -800), (0, -0.6931471805599453), (800, 0)) };

    protected override Expr Formula(Expr x, OpCall call) => -Scalars.Softplus(-x);
}
