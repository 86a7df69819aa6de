using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Math = ModelGen.Runtime.VectorMath<ModelGen.Runtime.LanesPair256, ModelGen.Runtime.Pair256>;
using V = ModelGen.Runtime.Pair256;

namespace ModelGen.Runtime;

#pragma warning disable CS1591 // ILanes documents the members.

/// <summary>
/// Provides the operations on two vectors of 256 bits side by side, for functions that are chains of operations each of which waits for the one before.
/// </summary>
/// <remarks>They need AVX2 and FMA; the caller has checked that they are there. Each half has the bits that it would have alone.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerStepThrough]
public readonly unsafe struct LanesPair256 : ILanes<V>, IBitLanes<V>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 2 * Lanes256.Count;
    }

    public static V Zero
    {
        [MethodImpl(Inline)]
        get => default;
    }

    public static V Indices
    {
        [MethodImpl(Inline)]
        get => Sequence(0, 1);
    }

    [MethodImpl(Inline)]
    public static V All(float x) => new(Lanes256.All(x), Lanes256.All(x));

    [MethodImpl(Inline)]
    public static V Sequence(int start, int step) => new(Lanes256.Sequence(start, step), Lanes256.Sequence(start + (Lanes256.Count * step), step));

    [MethodImpl(Inline)]
    public static V Load(float* p) => new(Lanes256.Load(p), Lanes256.Load(p + Lanes256.Count));

    [MethodImpl(Inline)]
    public static V Load(int* p) => new(Lanes256.Load(p), Lanes256.Load(p + Lanes256.Count));

    [MethodImpl(Inline)]
    public static V LoadPartial(float* p, int count) => new(Lanes256.LoadPartial(p, count), Lanes256.LoadPartial(p + Lanes256.Count, count - Lanes256.Count));

    [MethodImpl(Inline)]
    public static V LoadEven(float* p) => new(Lanes256.LoadEven(p), Lanes256.LoadEven(p + (2 * Lanes256.Count)));

    [MethodImpl(Inline)]
    public static void Store(float* p, V x)
    {
        Lanes256.Store(p, x.Low);
        Lanes256.Store(p + Lanes256.Count, x.High);
    }

    [MethodImpl(Inline)]
    public static void StorePartial(float* p, V x, int count)
    {
        Lanes256.StorePartial(p, x.Low, count);
        Lanes256.StorePartial(p + Lanes256.Count, x.High, count - Lanes256.Count);
    }

    [MethodImpl(Inline)]
    public static void StorePairs(float* p, V even, V odd, int count)
    {
        Lanes256.StorePairs(p, even.Low, odd.Low, count);
        Lanes256.StorePairs(p + (2 * Lanes256.Count), even.High, odd.High, count - Lanes256.Count);
    }

    [MethodImpl(Inline)]
    public static V Uniform(uint counter, uint step, uint key) => Math.Uniform(Counters(counter, step), key);

    [MethodImpl(Inline)]
    public static V Add(V a, V b) => new(Lanes256.Add(a.Low, b.Low), Lanes256.Add(a.High, b.High));

    [MethodImpl(Inline)]
    public static V Subtract(V a, V b) => new(Lanes256.Subtract(a.Low, b.Low), Lanes256.Subtract(a.High, b.High));

    [MethodImpl(Inline)]
    public static V Multiply(V a, V b) => new(Lanes256.Multiply(a.Low, b.Low), Lanes256.Multiply(a.High, b.High));

    [MethodImpl(Inline)]
    public static V Divide(V a, V b) => new(Lanes256.Divide(a.Low, b.Low), Lanes256.Divide(a.High, b.High));

    [MethodImpl(Inline)]
    public static V Negate(V x) => new(Lanes256.Negate(x.Low), Lanes256.Negate(x.High));

    [MethodImpl(Inline)]
    public static V MultiplyAdd(V a, V b, V c) => new(Lanes256.MultiplyAdd(a.Low, b.Low, c.Low), Lanes256.MultiplyAdd(a.High, b.High, c.High));

    [MethodImpl(Inline)]
    public static V Max(V a, V b) => new(Lanes256.Max(a.Low, b.Low), Lanes256.Max(a.High, b.High));

    [MethodImpl(Inline)]
    public static V Min(V a, V b) => new(Lanes256.Min(a.Low, b.Low), Lanes256.Min(a.High, b.High));

    [MethodImpl(Inline)]
    public static V AtLeast(V x, V number) => new(Lanes256.AtLeast(x.Low, number.Low), Lanes256.AtLeast(x.High, number.High));

    [MethodImpl(Inline)]
    public static V AtMost(V x, V number) => new(Lanes256.AtMost(x.Low, number.Low), Lanes256.AtMost(x.High, number.High));

    [MethodImpl(Inline)]
    public static V Relu(V x) => new(Lanes256.Relu(x.Low), Lanes256.Relu(x.High));

    [MethodImpl(Inline)]
    public static V Sqrt(V x) => new(Lanes256.Sqrt(x.Low), Lanes256.Sqrt(x.High));

    [MethodImpl(Inline)]
    public static V Abs(V x) => new(Lanes256.Abs(x.Low), Lanes256.Abs(x.High));

    [MethodImpl(Inline)]
    public static V Floor(V x) => new(Lanes256.Floor(x.Low), Lanes256.Floor(x.High));

    [MethodImpl(Inline)]
    public static V Exp(V x) => Math.Exp(x);

    [MethodImpl(Inline)]
    public static V ExpM1(V x) => Math.ExpM1(x);

    [MethodImpl(Inline)]
    public static V Log(V x) => Math.Log(x);

    [MethodImpl(Inline)]
    public static V Log1P(V x) => Math.Log1P(x);

    [MethodImpl(Inline)]
    public static V Tanh(V x) => Math.Tanh(x);

    [MethodImpl(Inline)]
    public static V Sigmoid(V x) => Math.Sigmoid(x);

    [MethodImpl(Inline)]
    public static V Erf(V x) => Math.Erf(x);

    [MethodImpl(Inline)]
    public static V Sin(V x) => Math.Sin(x);

    [MethodImpl(Inline)]
    public static V Cos(V x) => Math.Cos(x);

    [MethodImpl(Inline)]
    public static V Atan(V x) => Math.Atan(x);

    [MethodImpl(Inline)]
    public static V Pow(V x, V y) => Math.Pow(x, y);

    [MethodImpl(Inline)]
    public static V Sign(V x) => Math.Sign(x);

    [MethodImpl(Inline)]
    public static V Greater(V a, V b) => new(Lanes256.Greater(a.Low, b.Low), Lanes256.Greater(a.High, b.High));

    [MethodImpl(Inline)]
    public static V GreaterOrEqual(V a, V b) => new(Lanes256.GreaterOrEqual(a.Low, b.Low), Lanes256.GreaterOrEqual(a.High, b.High));

    [MethodImpl(Inline)]
    public static V Less(V a, V b) => new(Lanes256.Less(a.Low, b.Low), Lanes256.Less(a.High, b.High));

    [MethodImpl(Inline)]
    public static V LessOrEqual(V a, V b) => new(Lanes256.LessOrEqual(a.Low, b.Low), Lanes256.LessOrEqual(a.High, b.High));

    [MethodImpl(Inline)]
    public static V Equal(V a, V b) => new(Lanes256.Equal(a.Low, b.Low), Lanes256.Equal(a.High, b.High));

    [MethodImpl(Inline)]
    public static V And(V a, V b) => new(Lanes256.And(a.Low, b.Low), Lanes256.And(a.High, b.High));

    [MethodImpl(Inline)]
    public static V Mask(bool isSet) => new(Lanes256.Mask(isSet), Lanes256.Mask(isSet));

    [MethodImpl(Inline)]
    public static V FirstLanes(int count) => new(Lanes256.FirstLanes(count), Lanes256.FirstLanes(count - Lanes256.Count));

    [MethodImpl(Inline)]
    public static V Select(V mask, V a, V b) => new(Lanes256.Select(mask.Low, a.Low, b.Low), Lanes256.Select(mask.High, a.High, b.High));

    [MethodImpl(Inline)]
    public static V Where(V mask, V a) => new(Lanes256.Where(mask.Low, a.Low), Lanes256.Where(mask.High, a.High));

    [MethodImpl(Inline)]
    public static V First(int count, V a) => Where(FirstLanes(count), a);

    [MethodImpl(Inline)]
    public static float Sum(V x) => Lanes256.Sum(Lanes256.Add(x.Low, x.High));

    [MethodImpl(Inline)]
    public static float Max(V x) => Lanes256.Max(Lanes256.Max(x.Low, x.High));

    [MethodImpl(Inline)]
    public static float Min(V x) => Lanes256.Min(Lanes256.Min(x.Low, x.High));

    [MethodImpl(Inline)]
    public static void AddCompensated(V x, ref V sum, ref V rest) => Math.AddCompensated(x, ref sum, ref rest);

    [MethodImpl(Inline)]
    public static V Total(V sum, V rest) => Math.Total(sum, rest);

    [MethodImpl(Inline)]
    public static void Prefetch0(float* p) => Lanes256.Prefetch0(p);

    [MethodImpl(Inline)]
    public static void Prefetch1(float* p) => Lanes256.Prefetch1(p);

    [MethodImpl(Inline)]
    static bool IBitLanes<V>.AllLessOrEqual(V a, V b) => Vector256.LessThanOrEqualAll(a.Low, b.Low) && Vector256.LessThanOrEqualAll(a.High, b.High);

    static bool IBitLanes<V>.IsFused
    {
        [MethodImpl(Inline)]
        get => true;
    }

    [MethodImpl(Inline)]
    static V IBitLanes<V>.AllBits(int x) => new(Vector256.Create(x).AsSingle(), Vector256.Create(x).AsSingle());

    [MethodImpl(Inline)]
    static V IBitLanes<V>.Counters(uint start, uint step) => Counters(start, step);

    [MethodImpl(Inline)]
    static V IBitLanes<V>.AddBits(V a, V b) => new((a.Low.AsInt32() + b.Low.AsInt32()).AsSingle(), (a.High.AsInt32() + b.High.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    static V IBitLanes<V>.SubtractBits(V a, V b) => new((a.Low.AsInt32() - b.Low.AsInt32()).AsSingle(), (a.High.AsInt32() - b.High.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    static V IBitLanes<V>.MultiplyBits(V a, V b) => new((a.Low.AsInt32() * b.Low.AsInt32()).AsSingle(), (a.High.AsInt32() * b.High.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    static V IBitLanes<V>.Xor(V a, V b) => new(a.Low ^ b.Low, a.High ^ b.High);

    [MethodImpl(Inline)]
    static V IBitLanes<V>.SelectBits(V mask, V a, V b) => new(
        Vector256.ConditionalSelect(mask.Low, a.Low, b.Low),
        Vector256.ConditionalSelect(mask.High, a.High, b.High));

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftLeft(V x, int bits) => new(
        Vector256.ShiftLeft(x.Low.AsInt32(), bits).AsSingle(),
        Vector256.ShiftLeft(x.High.AsInt32(), bits).AsSingle());

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftRight(V x, int bits) => new(
        Vector256.ShiftRightLogical(x.Low.AsInt32(), bits).AsSingle(),
        Vector256.ShiftRightLogical(x.High.AsInt32(), bits).AsSingle());

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftRightSigned(V x, int bits) => new(
        Vector256.ShiftRightArithmetic(x.Low.AsInt32(), bits).AsSingle(),
        Vector256.ShiftRightArithmetic(x.High.AsInt32(), bits).AsSingle());

    [MethodImpl(Inline)]
    static V IBitLanes<V>.EqualBits(V a, V b) => new(
        Vector256.Equals(a.Low.AsInt32(), b.Low.AsInt32()).AsSingle(),
        Vector256.Equals(a.High.AsInt32(), b.High.AsInt32()).AsSingle());

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ToFloat(V x) => new(Vector256.ConvertToSingle(x.Low.AsInt32()), Vector256.ConvertToSingle(x.High.AsInt32()));

    [MethodImpl(Inline)]
    private static V Counters(uint start, uint step) => new(Lanes256.Counters(start, step), Lanes256.Counters(start + ((uint)Lanes256.Count * step), step));
}
