using System.Runtime.CompilerServices;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Implements rectified Adam (Liu et al. 2020, algorithm 2): ρₜ = ρ∞ − 2 t β₂ᵗ / (1 − β₂ᵗ) with ρ∞ = 2 / (1 − β₂) − 1; where ρₜ &gt; 5, Adam's step times
/// √((ρₜ − 4)(ρₜ − 2) ρ∞ / ((ρ∞ − 4)(ρ∞ − 2) ρₜ)), otherwise p ← p − lr m / (1 − β₁ᵗ). Weight decay is added to the gradient first: g ← g + w p.
/// </summary>
public sealed class RAdam : FlatOptimizer
{
    private readonly DecayPower _beta1;
    private readonly DecayPower _beta2;

    /// <summary>Initializes a new instance of the <see cref="RAdam"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="eps">Keeps the divisor from 0; more than 0.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public RAdam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0)
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
    protected override void Update(ParameterSet parameters, long step)
    {
        double rest = 1 - _beta2.At(step), most = (2 / (1 - (double)Beta2)) - 1, length = most - (2 * step * _beta2.At(step) / rest);
        var stepSize = LearningRate / (1 - _beta1.At(step));
        // The variance of few squares is not finite: until there are enough, nothing is divided.
        var isRectified = length > 5;
        if (isRectified) stepSize *= Math.Sqrt((length - 4) * (length - 2) * most / ((most - 4) * (most - 2) * length)) * Math.Sqrt(rest);
        Sweep(parameters, new LaneRule<Rule>(new((float)stepSize, Beta1, Beta2, Eps, WeightDecay, isRectified)));
    }

    // a is m, b is v.
    private readonly struct Rule(float stepSize, float beta1, float beta2, float eps, float weightDecay, bool isRectified) : ILaneRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<L, V>(ref V p, V g, ref V a, ref V b, ref V c)
            where L : ILanes<V>
            where V : unmanaged
        {
            g = LaneSteps.Decayed<L, V>(g, p, weightDecay);
            a = LaneSteps.Mean<L, V>(a, g, beta1);
            b = LaneSteps.Mean<L, V>(b, L.Multiply(g, g), beta2);
            var step = L.Multiply(L.All(stepSize), a);
            p = L.Subtract(p, isRectified ? L.Divide(step, L.Add(L.Sqrt(b), L.All(eps))) : step);
        }
    }
}
