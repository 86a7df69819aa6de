using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>
/// Implements p ← p − lr g. With momentum: b ← momentum b + (1 − dampening) g (first step: b ← g), p ← p − lr b; Nesterov: p ← p − lr (g + momentum b)
/// (Sutskever et al. 2013). Weight decay is added to the gradient first: g ← g + w p.
/// </summary>
public sealed class Sgd : FlatOptimizer
{
    /// <summary>Initializes a new instance of the <see cref="Sgd"/> class.</summary>
    /// <param name="learningRate">lr.</param>
    /// <param name="momentum">How much of the last direction is kept, in [0, 1).</param>
    /// <param name="dampening">The part of the gradient that is left out of the direction, in [0, 1).</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum and no dampening.</param>
    /// <param name="weightDecay">w, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public Sgd(double learningRate = 1e-2, double momentum = 0, double dampening = 0, bool nesterov = false, double weightDecay = 0)
        : base((float)learningRate, 0f, momentum == 0f ? [] : ["momentum_buffer"])
    {
        if (nesterov && (momentum == 0f || dampening != 0f))
            throw new ArgumentOutOfRangeException(nameof(nesterov), "Nesterov needs momentum and no dampening.");
        Momentum = Require.Decay(momentum);
        Dampening = Require.Decay(dampening);
        Nesterov = nesterov;
        WeightDecay = Require.NotNegative(weightDecay);
    }

    /// <summary>Gets how much of the last direction is kept.</summary>
    public float Momentum { get; }

    /// <summary>Gets the part of the gradient that is left out of the direction.</summary>
    public float Dampening { get; }

    /// <summary>Gets a value indicating whether the step looks ahead.</summary>
    public bool Nesterov { get; }

    /// <summary>Gets w, the part of the parameter that is added to its gradient.</summary>
    public float WeightDecay { get; }

    /// <inheritdoc/>
    protected override void Update(ParameterSet parameters, long step)
    {
        Sweep(parameters, new Rule(LearningRate, Momentum, step == 1 ? 1f : 1f - Dampening, Nesterov, WeightDecay));
    }

    private readonly struct Rule(float learningRate, float momentum, float share, bool nesterov, float weightDecay) : IUpdateRule
    {
        public void Apply(ref Vector512<float> p, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c)
        {
            g += Vector512.Create(weightDecay) * p;
            if (momentum != 0f)
            {
                a = Flush.Subnormals(Vector512.Create(momentum) * a + Vector512.Create(share) * g);
                g = nesterov ? g + Vector512.Create(momentum) * a : a;
            }

            p -= Vector512.Create(learningRate) * g;
        }

        public void Apply(ref Vector256<float> p, Vector256<float> g, ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c)
        {
            g += Vector256.Create(weightDecay) * p;
            if (momentum != 0f)
            {
                a = Flush.Subnormals(Vector256.Create(momentum) * a + Vector256.Create(share) * g);
                g = nesterov ? g + Vector256.Create(momentum) * a : a;
            }

            p -= Vector256.Create(learningRate) * g;
        }
    }
}
