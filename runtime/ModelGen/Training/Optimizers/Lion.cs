using System.Runtime.CompilerServices;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Implements p ← (1 − lr w) p − lr sign(β₁ m + (1 − β₁) g), m ← β₂ m + (1 − β₂) g (Chen et al. 2023, algorithm 2): a step of one size in every direction.
/// </summary>
public sealed class Lion : FlatOptimizer
{
    /// <summary>Initializes a new instance of the <see cref="Lion"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="beta1">β₁, in [0, 1).</param>
    /// <param name="beta2">β₂, in [0, 1).</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Lion(double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : base((float)learningRate, 0f, "exp_avg")
    {
        Beta1 = Require.Decay(beta1);
        Beta2 = Require.Decay(beta2);
        WeightDecay = Require.NotNegative(weightDecay);
    }

    /// <summary>Gets β₁, how much of the mean decides the direction.</summary>
    public float Beta1 { get; }

    /// <summary>Gets β₂, the decay of the mean.</summary>
    public float Beta2 { get; }

    /// <summary>Gets w, by which each step first multiplies the parameter by 1 − lr w.</summary>
    public float WeightDecay { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterSet parameters, long step) =>
        Sweep(parameters, new LaneRule<Rule>(new(LearningRate, Beta1, Beta2, 1 - (LearningRate * WeightDecay))));

    // a is m.
    private readonly struct Rule(float learningRate, float beta1, float beta2, float keep) : ILaneRule
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<L, V>(ref V p, V g, ref V a, ref V b, ref V c)
            where L : ILanes<V>
            where V : unmanaged
        {
            var direction = L.Sign(LaneSteps.Mean<L, V>(a, g, beta1));
            p = L.Subtract(L.Multiply(L.All(keep), p), L.Multiply(L.All(learningRate), direction));
            a = LaneSteps.Mean<L, V>(a, g, beta2);
        }
    }
}
