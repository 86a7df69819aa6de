using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>What an optimizer does to one vector of parameters, written once for all widths.</summary>
internal interface ILaneRule
{
    /// <summary>Changes a vector of parameters and their state. Products and sums are rounded apart, so that all widths give the same bits.</summary>
    void Apply<L, V>(ref V p, V g, ref V a, ref V b, ref V c)
        where L : ILanes<V>
        where V : unmanaged;
}

/// <summary>Such a rule in the widths that a sweep has.</summary>
internal readonly struct LaneRule<TRule>(TRule rule) : IUpdateRule
    where TRule : unmanaged, ILaneRule
{
    private readonly TRule _rule = rule;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref Vector512<float> p, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b, ref Vector512<float> c) =>
        _rule.Apply<Lanes512, Vector512<float>>(ref p, g, ref a, ref b, ref c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(ref Vector256<float> p, Vector256<float> g, ref Vector256<float> a, ref Vector256<float> b, ref Vector256<float> c) =>
        _rule.Apply<Lanes256, Vector256<float>>(ref p, g, ref a, ref b, ref c);
}

/// <summary>What rules of several optimizers do.</summary>
internal static class LaneSteps
{
    private const float SmallestNormal = 1.17549435e-38f;

    /// <summary>old · decay + (1 − decay) · x, with subnormal results set to 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mean<L, V>(V old, V x, float decay)
        where L : ILanes<V>
        where V : unmanaged => Flushed<L, V>(L.Add(L.Multiply(L.All(decay), old), L.Multiply(L.All((float)(1 - (double)decay)), x)));

    /// <summary>x, or 0 where it is subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Flushed<L, V>(V x)
        where L : ILanes<V>
        where V : unmanaged => L.Where(L.GreaterOrEqual(L.Abs(x), L.All(SmallestNormal)), x);

    /// <summary>g + w p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Decayed<L, V>(V g, V p, float weightDecay)
        where L : ILanes<V>
        where V : unmanaged => L.Add(g, L.Multiply(L.All(weightDecay), p));
}
