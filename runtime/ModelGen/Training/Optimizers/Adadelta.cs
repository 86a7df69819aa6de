using System.Runtime.CompilerServices;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Implements v ← ρ v + (1 − ρ) g², Δ = √(u + eps) / √(v + eps) · g, u ← ρ u + (1 − ρ) Δ², p ← p − lr Δ (Zeiler 2012, algorithm 1). Weight decay is
/// added to the gradient first: g ← g + w p.
/// </summary>
public sealed class Adadelta : FlatOptimizer
{
    /// <summary>Initializes a new instance of the <see cref="Adadelta"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="rho">ρ, in [0, 1).</param>
    /// <param name="eps">Keeps the divisor from 0; more than 0.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Adadelta(double learningRate = 1, double rho = 0.9, double eps = 1e-6, double weightDecay = 0)
        : base((float)learningRate, 0f, "square_avg", "acc_delta")
    {
        Rho = Require.Decay(rho);
        Eps = Require.Positive(eps);
        WeightDecay = Require.NotNegative(weightDecay);
    }

    /// <summary>Gets ρ, the decay of both mean squares.</summary>
    public float Rho { get; }

    /// <summary>Gets eps, which keeps the divisor from 0.</summary>
    public float Eps { get; }

    /// <summary>Gets w, the part of the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterSet parameters, long step) =>
        Sweep(parameters, new LaneRule<Rule>(new(LearningRate, Rho, Eps, WeightDecay)));

    // a is v, b is u.
    private readonly struct Rule(float learningRate, float rho, float eps, float weightDecay) : ILaneRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<L, V>(ref V p, V g, ref V a, ref V b, ref V c)
            where L : ILanes<V>
            where V : unmanaged
        {
            g = LaneSteps.Decayed<L, V>(g, p, weightDecay);
            a = LaneSteps.Mean<L, V>(a, L.Multiply(g, g), rho);
            var step = L.Multiply(L.Divide(L.Sqrt(L.Add(b, L.All(eps))), L.Sqrt(L.Add(a, L.All(eps)))), g);
            b = LaneSteps.Mean<L, V>(b, L.Multiply(step, step), rho);
            p = L.Subtract(p, L.Multiply(L.All(learningRate), step));
        }
    }
}
