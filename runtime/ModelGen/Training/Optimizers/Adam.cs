namespace ModelGen;

/// <summary>
/// Implements m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², p ← p − lr (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + eps) (Kingma and Ba 2015, algorithm 1). Weight
/// decay is added to the gradient first: g ← g + w p.
/// </summary>
public sealed class Adam : FlatOptimizer
{
    private readonly DecayPower _beta1;
    private readonly DecayPower _beta2;

    /// <summary>Initializes a new instance of the <see cref="Adam"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="eps">Keeps the divisor from 0; more than 0.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Adam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0)
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

    /// <summary>Gets w, the part of the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterSet parameters, long step) =>
        Sweep(parameters, AdamRule.For(LearningRate, _beta1, _beta2, Eps, step, gradientDecay: WeightDecay, parameterDecay: 0f));
}
