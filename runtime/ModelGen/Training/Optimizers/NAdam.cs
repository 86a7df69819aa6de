using System.Runtime.CompilerServices;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Implements <see cref="Adam"/> with Nesterov's momentum (Dozat 2016): μₜ = β₁ (1 − 0.96^(t·ψ) / 2), m and v as Adam's, and
/// p ← p − lr (μₜ₊₁ m / (1 − Π μ₁…ₜ₊₁) + (1 − μₜ) g / (1 − Π μ₁…ₜ)) / (√(v / (1 − β₂ᵗ)) + eps). Weight decay is added to the gradient first: g ← g + w p.
/// </summary>
public sealed class NAdam : FlatOptimizer
{
    private readonly DecayPower _beta1;
    private readonly DecayPower _beta2;

    private long _of;
    private double _product = 1;

    /// <summary>Initializes a new instance of the <see cref="NAdam"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="eps">Keeps the divisor from 0; more than 0.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <param name="momentumDecay">ψ, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public NAdam(double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3)
        : base((float)learningRate, 0f, "exp_avg", "exp_avg_sq")
    {
        _beta1 = new DecayPower(Require.Decay(beta1));
        _beta2 = new DecayPower(Require.Decay(beta2));
        Eps = Require.Positive(eps);
        WeightDecay = Require.NotNegative(weightDecay);
        MomentumDecay = Require.NotNegative(momentumDecay);
    }

    /// <summary>Gets β₁, the decay of the first moment.</summary>
    public float Beta1 => _beta1.Base;

    /// <summary>Gets β₂, the decay of the second moment.</summary>
    public float Beta2 => _beta2.Base;

    /// <summary>Gets eps, which keeps the divisor from 0.</summary>
    public float Eps { get; }

    /// <summary>Gets w, the part of the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; }

    /// <summary>Gets ψ, by which the momentum nears β₁.</summary>
    public float MomentumDecay { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterSet parameters, long step)
    {
        var (now, next) = (Mu(step), Mu(step + 1));
        var product = Product(step);
        Sweep(parameters, new LaneRule<Rule>(new(
            (float)(LearningRate * (1 - now) / (1 - product)), (float)(LearningRate * next / (1 - product * next)), Beta1, Beta2,
            (float)(1 / Math.Sqrt(1 - _beta2.At(step))), Eps, WeightDecay)));
    }

    private double Mu(long step) => Beta1 * (1 - (0.5 * Math.Pow(0.96, step * (double)MomentumDecay)));

    // Π μ of all steps up to one: carried on from the step before, and made anew where another one comes.
    private double Product(long step)
    {
        if (step != _of + 1)
        {
            _product = 1;
            for (var t = 1L; t < step; t++) _product *= Mu(t);
        }

        (_of, _product) = (step, _product * Mu(step));
        return _product;
    }

    // a is m, b is v.
    private readonly struct Rule(float ofGradient, float ofMean, float beta1, float beta2, float rootScale, float eps, float weightDecay) : ILaneRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<L, V>(ref V p, V g, ref V a, ref V b, ref V c)
            where L : ILanes<V>
            where V : unmanaged
        {
            g = LaneSteps.Decayed<L, V>(g, p, weightDecay);
            a = LaneSteps.Mean<L, V>(a, g, beta1);
            b = LaneSteps.Mean<L, V>(b, L.Multiply(g, g), beta2);
            var root = L.Add(L.Multiply(L.Sqrt(b), L.All(rootScale)), L.All(eps));
            p = L.Subtract(p, L.Divide(L.Add(L.Multiply(L.All(ofGradient), g), L.Multiply(L.All(ofMean), a)), root));
        }
    }
}
