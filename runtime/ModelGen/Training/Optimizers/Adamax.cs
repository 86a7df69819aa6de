using System.Runtime.CompilerServices;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Implements m ← β₁ m + (1 − β₁) g, u ← max(β₂ u, |g| + eps), p ← p − lr / (1 − β₁ᵗ) · m / u (Kingma and Ba 2015, algorithm 2). Weight decay is added to
/// the gradient first: g ← g + w p.
/// </summary>
public sealed class Adamax : FlatOptimizer
{
    private readonly DecayPower _beta1;
    private readonly DecayPower _beta2;

    /// <summary>Initializes a new instance of the <see cref="Adamax"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="eps">Keeps the divisor from 0; more than 0.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Adamax(double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0)
        : base((float)learningRate, 0f, "exp_avg", "exp_inf")
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
    protected override void Update(ParameterSet parameters, long step) => Sweep(
        parameters,
        new LaneRule<Rule>(new((float)(LearningRate / (1 - _beta1.At(step))), Beta1, Beta2, Eps, WeightDecay)));

    // a is m, b is u.
    private readonly struct Rule(float stepSize, float beta1, float beta2, float eps, float weightDecay) : ILaneRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<L, V>(ref V p, V g, ref V a, ref V b, ref V c)
            where L : ILanes<V>
            where V : unmanaged
        {
            g = LaneSteps.Decayed<L, V>(g, p, weightDecay);
            a = LaneSteps.Mean<L, V>(a, g, beta1);
            b = L.Max(L.Multiply(L.All(beta2), b), L.Add(L.Abs(g), L.All(eps)));
            p = L.Subtract(p, L.Divide(L.Multiply(L.All(stepSize), a), b));
        }
    }
}
