namespace ModelGen;

/// <summary>
/// Implements <see cref="Adam"/> with weight decay apart from the gradient: p ← (1 − lr w) p before the update (Loshchilov and Hutter 2019, algorithm 2).
/// </summary>
public sealed class AdamW : FlatOptimizer
{
    private readonly DecayPower _beta1;
    private readonly DecayPower _beta2;

    /// <summary>Initializes a new instance of the <see cref="AdamW"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="eps">Keeps the divisor from 0; more than 0.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public AdamW(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 1e-2)
        : base((float)learningRate, 0f, "exp_avg", "exp_avg_sq")
    {
        _beta1 = new DecayPower(Require.Decay(beta1));
        _beta2 = new DecayPower(Require.Decay(beta2));
        Eps = Require.Positive(eps);
        WeightDecay = Require.NotNegative(weightDecay);
    }

    /// <summary>Gets β₁, the decay of the first moment.</summary>
    public float Beta1 => _beta1.Base;

    /// <summary>Gets β₂, the decay of the second moment.</summary>
    public float Beta2 => _beta2.Base;

    /// <summary>Gets eps, which keeps the divisor from 0.</summary>
    public float Eps { get; }

    /// <summary>Gets w, by which each step first multiplies the parameter by 1 − lr w.</summary>
    public float WeightDecay { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterSet parameters, long step) =>
        Sweep(parameters, AdamRule.For(LearningRate, _beta1, _beta2, Eps, step, gradientDecay: 0f, parameterDecay: LearningRate * WeightDecay));
}
