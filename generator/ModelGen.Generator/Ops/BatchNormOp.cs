using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Ops;

/// <summary>Batch normalisation of [N, C, spatial…] with <c>rank</c> spatial axes (none or one for rank 1).</summary>
internal abstract class BatchNormOp : Op
{
    private readonly int _rank;

    protected BatchNormOp(int rank) => _rank = rank;

    public override string Name => $"BatchNorm{_rank}d";

    public override string Summary =>
        $"Creates a layer that computes y = γ (x − μ) / √(σ² + eps) + β for each channel of {(_rank == 1 ? "f32[N,C] or " : "")}{Spatial.Type(_rank)}, over "
        + "batch and positions in training, with the running statistics in evaluation. Its parameters are <c>weight</c> γ and <c>bias</c> β, its buffers "
        + "<c>running_mean</c> and <c>running_var</c>, all f32[C].";

    public override bool IsLayer => true;

    public override ClassForm ClassForm => ClassForm.Step;

    public override OpDoc Doc => new("y = (x - μ) / √(σ² + eps) · weight + bias, for each channel over batch and positions",
        (_rank == 1 ? "[N, C] or [N, C, L]" : "[N, C, L…]") + " → same; weight, bias, running_mean, running_var [C]",
            "Ioffe and Szegedy 2015, algorithms 1 and 2",
        "Training: the batch's mean and biased variance; running = (1 - momentum)·running + momentum·batch, with the unbiased variance. Evaluation: the "
            + "running statistics.");

    public override string ShortName => "norm";

    public override IReadOnlyList<OpParameter> Parameters { get; } = new[]
    {
        OpParameter.Tensor("x"),
        OpParameter.Real("eps", "the number that is added to the variance inside the root", 1e-5),
        OpParameter.Real("momentum", "the share of the new batch in the running statistics", 0.1),
        OpParameter.Boolean("affine", "whether a scale and a shift are learned", true),
    };

    public override IReadOnlyList<OpSample> Samples => new[] { new OpSample(("x", Spatial.Sample(_rank, 6))) };

    public override IReadOnlyList<Node> Build(OpCall call)
    {
        var x = _rank == 1 && call.Tensor("x").Shape.Rank == 2 ? call.Builder.NameAxes(call.Tensor("x"), "n", "c") : Spatial.Operand(call, _rank);
        var eps = call.AtLeastZero("eps");
        var momentum = call.Real("momentum");
        if (momentum is < 0 or > 1) throw call.Fail("MG2009", $"needs a momentum in [0, 1], got {call.Number(momentum)}");
        Normalization.WarnOfBias(call, x);
        var b = call.Builder;
        var channels = Shape.Of(x.Shape[1]);
        var affine = call.Boolean("affine");
        var weight = affine ? call.Parameter("weight", channels, Initialization.Ones) : null;
        var bias = affine ? call.Parameter("bias", channels, Initialization.Zeros) : null;
        var runningMean = call.Buffer("running_mean", channels, Initialization.Zeros);
        var runningVariance = call.Buffer("running_var", channels, Initialization.Ones);
        var rows = new Rows(b, x, Enumerable.Range(0, x.Shape.Rank).Where(a => a != 1).ToArray());
        if (!call.IsTraining) return One(Normalization.Apply(rows, runningMean, rows.InverseDeviation(runningVariance, eps), weight, bias, 1));

        var (mean, variance) = rows.Moments();
        Expr Running(Expr old, Expr batch) => (1 - momentum) * old + momentum * batch;
        b.Update(runningMean, b.Map(Purpose.Statistic("newMean"), t => Running(t[0], t[1]), b.Latest(runningMean), mean));
        // n / (n - 1); a single element has no unbiased variance, and its biased one is 0 whatever the factor.
        var unbiased = rows.Count / Expr.Max(rows.Count - 1, 1);
        b.Update(runningVariance, b.Map(Purpose.Statistic("newVariance"), t => Running(t[0], t[1] * unbiased), b.Latest(runningVariance), variance));
        return One(Normalization.Apply(rows, mean, rows.InverseDeviation(variance, eps), weight, bias, 1));
    }
}
