using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>
/// Implements v ← α v + (1 − α) g², p ← p − lr g / (√v + eps) (Tieleman and Hinton 2012). Centered: m ← α m + (1 − α) g, and v − m² under the root. With
/// momentum: b ← momentum b + g / (√v + eps), p ← p − lr b. Weight decay is added to the gradient first: g ← g + w p.
/// </summary>
public sealed class RmsProp : FlatOptimizer
{
    /// <summary>Initializes a new instance of the <see cref="RmsProp"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="alpha">α, in [0, 1).</param>
    /// <param name="eps">Keeps the divisor from 0; more than 0.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <param name="momentum">How much of the last direction is kept, in [0, 1).</param>
    /// <param name="centered">Whether to divide by the standard deviation of the gradient instead of its root mean square.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public RmsProp(double learningRate = 1e-2, double alpha = 0.99, double eps = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false)
        : base((float)learningRate, 0f, StateNames(momentum != 0f, centered))
    {
        Alpha = Require.Decay(alpha);
        Eps = Require.Positive(eps);
        WeightDecay = Require.NotNegative(weightDecay);
        Momentum = Require.Decay(momentum);
        Centered = centered;
    }

    /// <summary>Gets α, the decay of the mean square.</summary>
    public float Alpha { get; }

    /// <summary>Gets eps, which keeps the divisor from 0.</summary>
    public float Eps { get; }

    /// <summary>Gets w, the part of the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; }

    /// <summary>Gets how much of the last direction is kept.</summary>
    public float Momentum { get; }

    /// <summary>Gets a value indicating whether the mean of the gradient is subtracted.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterSet parameters, long step)
    {
        Sweep(parameters, new Rule(LearningRate, Alpha, (float)(1 - (double)Alpha), Eps, WeightDecay, Momentum, Centered));
    }

    private static string[] StateNames(bool hasMomentum, bool isCentered) => (hasMomentum, isCentered) switch
    {
        (true, true) => ["square_avg", "momentum_buffer", "grad_avg"],
        (true, false) => ["square_avg", "momentum_buffer"],
        (false, true) => ["square_avg", "grad_avg"],
        _ => ["square_avg"],
    };

    private readonly struct Rule(float learningRate, float alpha, float rest, float eps, float weightDecay, float momentum, bool centered) : IUpdateRule
    {
        public void Apply(ref Vector512<float> p, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c)
        {
            // a is v. With momentum, b is its buffer and c is m; without, b is m.
            g += Vector512.Create(weightDecay) * p;
            var added = Vector512.Create(rest) * (g * g);
            a = Vector512.Create(alpha) * a + added;
            g = Vector512.AndNot(g, Flush.Squares(ref a, added));
            var square = a;
            if (centered)
            {
                ref var mean = ref momentum != 0f ? ref c : ref b;
                mean = Flush.Subnormals(Vector512.Create(alpha) * mean + Vector512.Create(rest) * g);
                square = Vector512.Max(a - mean * mean, Vector512<float>.Zero);
            }

            var direction = g / (Vector512.Sqrt(square) + Vector512.Create(eps));
            if (momentum != 0f)
            {
                b = Flush.Subnormals(Vector512.Create(momentum) * b + direction);
                direction = b;
            }

            p -= Vector512.Create(learningRate) * direction;
        }

        public void Apply(ref Vector256<float> p, Vector256<float> g, ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c)
        {
            // a is v. With momentum, b is its buffer and c is m; without, b is m.
            g += Vector256.Create(weightDecay) * p;
            var added = Vector256.Create(rest) * (g * g);
            a = Vector256.Create(alpha) * a + added;
            g = Vector256.AndNot(g, Flush.Squares(ref a, added));
            var square = a;
            if (centered)
            {
                ref var mean = ref momentum != 0f ? ref c : ref b;
                mean = Flush.Subnormals(Vector256.Create(alpha) * mean + Vector256.Create(rest) * g);
                square = Vector256.Max(a - mean * mean, Vector256<float>.Zero);
            }

            var direction = g / (Vector256.Sqrt(square) + Vector256.Create(eps));
            if (momentum != 0f)
            {
                b = Flush.Subnormals(Vector256.Create(momentum) * b + direction);
                direction = b;
            }

            p -= Vector256.Create(learningRate) * direction;
        }
    }
}
