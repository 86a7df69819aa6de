using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>The update that <see cref="Adam"/> and <see cref="AdamW"/> share; a is m, b is v.</summary>
internal readonly struct AdamRule : IUpdateRule
{
    private readonly float _beta1;
    private readonly float _beta2;
    private readonly float _rest1;
    private readonly float _rest2;
    private readonly float _eps;
    private readonly float _stepSize;
    private readonly float _rootScale;
    private readonly float _gradientDecay;
    private readonly float _keep;

    private AdamRule(float beta1, float beta2, float eps, double stepSize, double rootScale, float gradientDecay, float parameterDecay)
    {
        (_beta1, _beta2, _eps) = (beta1, beta2, eps);
        (_rest1, _rest2) = ((float)(1 - (double)beta1), (float)(1 - (double)beta2));
        (_stepSize, _rootScale) = ((float)stepSize, (float)rootScale);
        (_gradientDecay, _keep) = (gradientDecay, 1 - parameterDecay);
    }

    /// <summary>The rule of one step; the corrections 1 − βᵗ are computed in double.</summary>
    public static AdamRule For(
        float learningRate, DecayPower beta1, DecayPower beta2, float eps, long step, float gradientDecay, float parameterDecay) =>
        new(
            beta1.Base, beta2.Base, eps, learningRate / (1 - beta1.At(step)), 1 / Math.Sqrt(1 - beta2.At(step)), gradientDecay, parameterDecay);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref Vector512<float> p, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c)
    {
        g += Vector512.Create(_gradientDecay) * p;
        var added = Vector512.Create(_rest2) * (g * g);
        b = Vector512.Create(_beta2) * b + added;
        var gone = Flush.Squares(ref b, added);
        a = Flush.Subnormals(Vector512.AndNot(Vector512.Create(_beta1) * a + Vector512.Create(_rest1) * g, gone));
        var root = Vector512.Sqrt(b) * Vector512.Create(_rootScale) + Vector512.Create(_eps);
        p = Vector512.Create(_keep) * p - Vector512.Create(_stepSize) * a / root;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref Vector256<float> p, Vector256<float> g, ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c)
    {
        g += Vector256.Create(_gradientDecay) * p;
        var added = Vector256.Create(_rest2) * (g * g);
        b = Vector256.Create(_beta2) * b + added;
        var gone = Flush.Squares(ref b, added);
        a = Flush.Subnormals(Vector256.AndNot(Vector256.Create(_beta1) * a + Vector256.Create(_rest1) * g, gone));
        var root = Vector256.Sqrt(b) * Vector256.Create(_rootScale) + Vector256.Create(_eps);
        p = Vector256.Create(_keep) * p - Vector256.Create(_stepSize) * a / root;
    }
}
