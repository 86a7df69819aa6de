using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Math = ModelGen.Runtime.VectorMath<ModelGen.Runtime.Lanes512, System.Runtime.Intrinsics.Vector512<float>>;
using V = System.Runtime.Intrinsics.Vector512<float>;

namespace ModelGen.Runtime;

#pragma warning disable CS1591 // ILanes documents the members.

/// <summary>Provides the operations on vectors of 512 bits. They need AVX-512F; the caller has checked that it is there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerStepThrough]
public readonly unsafe struct Lanes512 : ILanes<V>, IBitLanes<V>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 16;
    }

    public static V Zero
    {
        [MethodImpl(Inline)]
        get => V.Zero;
    }

    public static V Indices
    {
        [MethodImpl(Inline)]
        get => Vector512.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f, 11f, 12f, 13f, 14f, 15f);
    }

    [MethodImpl(Inline)]
    public static V All(float x) => Vector512.Create(x);

    [MethodImpl(Inline)]
    public static V Sequence(int start, int step) => Vector512.Create((float)start) + (Indices * Vector512.Create((float)step));

    [MethodImpl(Inline)]
    public static V Load(float* p) => Avx512F.LoadVector512(p);

    [MethodImpl(Inline)]
    public static V Load(int* p) => Avx512F.ConvertToVector512Single(Avx512F.LoadVector512(p));

    [MethodImpl(Inline)]
    public static V LoadPartial(float* p, int count)
    {
        if (count >= Count)
            return Load(p);
        return count > Lanes256.Count
            ? Vector512.Create(Lanes256.Load(p), Lanes256.LoadPartial(p + Lanes256.Count, count - Lanes256.Count))
            : Lanes256.LoadPartial(p, count).ToVector512();
    }

    [MethodImpl(Inline)]
    public static V LoadEven(float* p) => Avx512F.PermuteVar16x32x2(
        Load(p), Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), Load(p + Count));

    [MethodImpl(Inline)]
    public static void Store(float* p, V x) => Avx512F.Store(p, x);

    [MethodImpl(Inline)]
    public static void StorePartial(float* p, V x, int count)
    {
        if (count >= Count)
        {
            Store(p, x);
        }
        else if (count >= Lanes256.Count)
        {
            Lanes256.Store(p, x.GetLower());
            Lanes256.StorePartial(p + Lanes256.Count, x.GetUpper(), count - Lanes256.Count);
        }
        else
        {
            Lanes256.StorePartial(p, x.GetLower(), count);
        }
    }

    [MethodImpl(Inline)]
    public static void StorePairs(float* p, V even, V odd, int count)
    {
        StorePartial(p, Avx512F.PermuteVar16x32x2(even, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), odd), 2 * count);
        if (count > Count / 2)
        {
            var high = Avx512F.PermuteVar16x32x2(even, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), odd);
            StorePartial(p + Count, high, (2 * count) - Count);
        }
    }

    [MethodImpl(Inline)]
    public static V Uniform(uint counter, uint step, uint key) => Math.Uniform(Counters(counter, step), key);

    [MethodImpl(Inline)]
    public static V Add(V a, V b) => a + b;

    [MethodImpl(Inline)]
    public static V Subtract(V a, V b) => a - b;

    [MethodImpl(Inline)]
    public static V Multiply(V a, V b) => a * b;

    [MethodImpl(Inline)]
    public static V Divide(V a, V b) => a / b;

    [MethodImpl(Inline)]
    public static V Negate(V x) => -x;

    [MethodImpl(Inline)]
    public static V MultiplyAdd(V a, V b, V c) => Avx512F.FusedMultiplyAdd(a, b, c);

    // The instruction alone would return b where a is NaN.
    [MethodImpl(Inline)]
    public static V Max(V a, V b) => Vector512.ConditionalSelect(Vector512.Equals(a, a), Avx512F.Max(a, b), a);

    [MethodImpl(Inline)]
    public static V Min(V a, V b) => Vector512.ConditionalSelect(Vector512.Equals(a, a), Avx512F.Min(a, b), a);

    // The instruction returns its second operand where one is NaN.
    [MethodImpl(Inline)]
    public static V AtLeast(V x, V number) => Avx512F.Max(number, x);

    [MethodImpl(Inline)]
    public static V AtMost(V x, V number) => Avx512F.Min(number, x);

    [MethodImpl(Inline)]
    public static V Relu(V x) => AtLeast(x, V.Zero);

    [MethodImpl(Inline)]
    public static V Sqrt(V x) => Vector512.Sqrt(x);

    [MethodImpl(Inline)]
    public static V Abs(V x) => Vector512.Abs(x);

    [MethodImpl(Inline)]
    public static V Floor(V x) => Vector512.Floor(x);

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
    public static V Greater(V a, V b) => Vector512.GreaterThan(a, b);

    [MethodImpl(Inline)]
    public static V GreaterOrEqual(V a, V b) => Vector512.GreaterThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static V Less(V a, V b) => Vector512.LessThan(a, b);

    [MethodImpl(Inline)]
    public static V LessOrEqual(V a, V b) => Vector512.LessThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static V Equal(V a, V b) => Vector512.Equals(a, b);

    [MethodImpl(Inline)]
    public static V And(V a, V b) => a & b;

    [MethodImpl(Inline)]
    public static V Mask(bool isSet) => isSet ? V.AllBitsSet : V.Zero;

    [MethodImpl(Inline)]
    public static V FirstLanes(int count) => Vector512.LessThan(Indices, Vector512.Create((float)count));

    [MethodImpl(Inline)]
    public static V Select(V mask, V a, V b) => Vector512.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static V Where(V mask, V a) => Vector512.ConditionalSelect(mask, a, V.Zero);

    [MethodImpl(Inline)]
    public static V First(int count, V a) => Where(FirstLanes(count), a);

    [MethodImpl(Inline)]
    public static float Sum(V x) => Lanes256.Sum(x.GetLower() + x.GetUpper());

    [MethodImpl(Inline)]
    public static float Max(V x) => Vector512.EqualsAll(x, x) ? Lanes256.MaxOfNumbers(Avx.Max(x.GetLower(), x.GetUpper())) : float.NaN;

    [MethodImpl(Inline)]
    public static float Min(V x) => Vector512.EqualsAll(x, x) ? Lanes256.MinOfNumbers(Avx.Min(x.GetLower(), x.GetUpper())) : float.NaN;

    [MethodImpl(Inline)]
    public static void AddCompensated(V x, ref V sum, ref V rest) => Math.AddCompensated(x, ref sum, ref rest);

    [MethodImpl(Inline)]
    public static V Total(V sum, V rest) => Math.Total(sum, rest);

    [MethodImpl(Inline)]
    public static void Prefetch0(float* p) => Sse.Prefetch0(p);

    [MethodImpl(Inline)]
    public static void Prefetch1(float* p) => Sse.Prefetch1(p);

    [MethodImpl(Inline)]
    static bool IBitLanes<V>.AllLessOrEqual(V a, V b) => Vector512.LessThanOrEqualAll(a, b);

    static bool IBitLanes<V>.IsFused
    {
        [MethodImpl(Inline)]
        get => true;
    }

    [MethodImpl(Inline)]
    static V IBitLanes<V>.AllBits(int x) => Vector512.Create(x).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.Counters(uint start, uint step) => Counters(start, step);

    [MethodImpl(Inline)]
    static V IBitLanes<V>.AddBits(V a, V b) => (a.AsInt32() + b.AsInt32()).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.SubtractBits(V a, V b) => (a.AsInt32() - b.AsInt32()).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.MultiplyBits(V a, V b) => (a.AsInt32() * b.AsInt32()).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.Xor(V a, V b) => a ^ b;

    [MethodImpl(Inline)]
    static V IBitLanes<V>.SelectBits(V mask, V a, V b) => Vector512.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftLeft(V x, int bits) => Vector512.ShiftLeft(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftRight(V x, int bits) => Vector512.ShiftRightLogical(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftRightSigned(V x, int bits) => Vector512.ShiftRightArithmetic(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.EqualBits(V a, V b) => Vector512.Equals(a.AsInt32(), b.AsInt32()).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ToFloat(V x) => Vector512.ConvertToSingle(x.AsInt32());

    [MethodImpl(Inline)]
    private static V Counters(uint start, uint step)
    {
        var indices = Vector512.Create(0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u, 8u, 9u, 10u, 11u, 12u, 13u, 14u, 15u);
        return (Vector512.Create(start) + (indices * Vector512.Create(step))).AsSingle();
    }
}
