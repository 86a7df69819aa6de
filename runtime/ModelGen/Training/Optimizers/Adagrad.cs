using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>
/// Implements v ← v + g², p ← p − lr / (1 + (t − 1) lrDecay) · g / (√v + eps) (Duchi et al. 2011, eq. 1). Weight decay is added to the gradient first: g ← g +
/// w p.
/// </summary>
public sealed class Adagrad : FlatOptimizer
{
    /// <summary>Initializes a new instance of the <see cref="Adagrad"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="learningRateDecay">lrDecay, at least 0.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <param name="initialAccumulator">Where v begins, at least 0.</param>
    /// <param name="eps">Keeps the divisor from 0; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Adagrad(double learningRate = 1e-2, double learningRateDecay = 0, double weightDecay = 0, double initialAccumulator = 0, double eps = 1e-10)
        : base((float)learningRate, Require.NotNegative(initialAccumulator), "sum")
    {
        LearningRateDecay = Require.NotNegative(learningRateDecay);
        WeightDecay = Require.NotNegative(weightDecay);
        InitialAccumulator = (float)initialAccumulator;
        Eps = Require.Positive(eps);
    }

    /// <summary>Gets lrDecay, how fast the rate falls with the steps.</summary>
    public float LearningRateDecay { get; }

    /// <summary>Gets w, the part of the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; }

    /// <summary>Gets the initial value of v.</summary>
    public float InitialAccumulator { get; }

    /// <summary>Gets eps, which keeps the divisor from 0.</summary>
    public float Eps { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterSet parameters, long step)
    {
        var learningRate = (float)(LearningRate / (1 + (step - 1) * (double)LearningRateDecay));
        Sweep(parameters, new Rule(learningRate, WeightDecay, Eps));
    }

    private readonly struct Rule(float learningRate, float weightDecay, float eps) : IUpdateRule
    {
        public void Apply(ref Vector512<float> p, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c)
        {
            g += Vector512.Create(weightDecay) * p;
            a += g * g;

            // What is too small to count has no direction either: it would be divided by eps alone.
            g = Vector512.AndNot(g, Vector512.Equals(a, Vector512<float>.Zero));
            p -= Vector512.Create(learningRate) * g / (Vector512.Sqrt(a) + Vector512.Create(eps));
        }

        public void Apply(ref Vector256<float> p, Vector256<float> g, ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c)
        {
            g += Vector256.Create(weightDecay) * p;
            a += g * g;

            // What is too small to count has no direction either: it would be divided by eps alone.
            g = Vector256.AndNot(g, Vector256.Equals(a, Vector256<float>.Zero));
            p -= Vector256.Create(learningRate) * g / (Vector256.Sqrt(a) + Vector256.Create(eps));
        }
    }
}
