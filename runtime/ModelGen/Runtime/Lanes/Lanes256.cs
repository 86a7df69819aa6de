using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Math = ModelGen.Runtime.VectorMath<ModelGen.Runtime.Lanes256, System.Runtime.Intrinsics.Vector256<float>>;
using V = System.Runtime.Intrinsics.Vector256<float>;

namespace ModelGen.Runtime;

#pragma warning disable CS1591 // ILanes documents the members.

/// <summary>Provides the operations on vectors of 256 bits. They need AVX2 and FMA; the caller has checked that they are there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerStepThrough]
public readonly unsafe struct Lanes256 : ILanes<V>, IBitLanes<V>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 8;
    }

    public static V Zero
    {
        [MethodImpl(Inline)]
        get => V.Zero;
    }

    public static V Indices
    {
        [MethodImpl(Inline)]
        get => Vector256.Create(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f);
    }

    [MethodImpl(Inline)]
    public static V All(float x) => Vector256.Create(x);

    [MethodImpl(Inline)]
    public static V Sequence(int start, int step) => Vector256.Create((float)start) + (Indices * Vector256.Create((float)step));

    [MethodImpl(Inline)]
    public static V Load(float* p) => Avx.LoadVector256(p);

    [MethodImpl(Inline)]
    public static V Load(int* p) => Avx.ConvertToVector256Single(Avx.LoadVector256(p));

    [MethodImpl(Inline)]
    public static V LoadPartial(float* p, int count)
    {
        if (count >= Count)
            return Load(p);
        var x = Lanes128.LoadFew(p, count).ToVector256();
        return count > Lanes128.Count ? x.WithUpper(Lanes128.LoadFew(p + Lanes128.Count, count - Lanes128.Count)) : x;
    }

    [MethodImpl(Inline)]
    public static V LoadEven(float* p) => Avx2.Permute4x64(Avx.Shuffle(Load(p), Load(p + Count), 0x88).AsDouble(), 0xD8).AsSingle();

    [MethodImpl(Inline)]
    public static void Store(float* p, V x) => Avx.Store(p, x);

    [MethodImpl(Inline)]
    public static void StorePartial(float* p, V x, int count)
    {
        // A masked store is not read back before it has reached the cache; where one plain store will do it is.
        if (count >= Count)
            Store(p, x);
        else if (count is 4 or 2 or 1)
            Lanes128.StorePartial(p, x.GetLower(), count);
        else
            Avx.MaskStore(p, Vector256.LessThan(Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7), Vector256.Create(count)).AsSingle(), x);
    }

    [MethodImpl(Inline)]
    public static void StorePairs(float* p, V even, V odd, int count)
    {
        V low = Avx.UnpackLow(even, odd), high = Avx.UnpackHigh(even, odd);
        StorePartial(p, Avx.Permute2x128(low, high, 0x20), 2 * count);
        if (count > Count / 2)
            StorePartial(p + Count, Avx.Permute2x128(low, high, 0x31), (2 * count) - Count);
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
    public static V MultiplyAdd(V a, V b, V c) => Fma.MultiplyAdd(a, b, c);

    // The instruction alone would return b where a is NaN.
    [MethodImpl(Inline)]
    public static V Max(V a, V b) => Avx.BlendVariable(a, Avx.Max(a, b), Avx.Compare(a, a, FloatComparisonMode.OrderedEqualNonSignaling));

    [MethodImpl(Inline)]
    public static V Min(V a, V b) => Avx.BlendVariable(a, Avx.Min(a, b), Avx.Compare(a, a, FloatComparisonMode.OrderedEqualNonSignaling));

    // The instruction returns its second operand where one is NaN.
    [MethodImpl(Inline)]
    public static V AtLeast(V x, V number) => Avx.Max(number, x);

    [MethodImpl(Inline)]
    public static V AtMost(V x, V number) => Avx.Min(number, x);

    [MethodImpl(Inline)]
    public static V Relu(V x) => AtLeast(x, V.Zero);

    [MethodImpl(Inline)]
    public static V Sqrt(V x) => Vector256.Sqrt(x);

    [MethodImpl(Inline)]
    public static V Abs(V x) => Vector256.Abs(x);

    [MethodImpl(Inline)]
    public static V Floor(V x) => Vector256.Floor(x);

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
    public static V Greater(V a, V b) => Vector256.GreaterThan(a, b);

    [MethodImpl(Inline)]
    public static V GreaterOrEqual(V a, V b) => Vector256.GreaterThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static V Less(V a, V b) => Vector256.LessThan(a, b);

    [MethodImpl(Inline)]
    public static V LessOrEqual(V a, V b) => Vector256.LessThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static V Equal(V a, V b) => Vector256.Equals(a, b);

    [MethodImpl(Inline)]
    public static V And(V a, V b) => a & b;

    [MethodImpl(Inline)]
    public static V Mask(bool isSet) => isSet ? V.AllBitsSet : V.Zero;

    [MethodImpl(Inline)]
    public static V FirstLanes(int count) => Vector256.LessThan(Indices, Vector256.Create((float)count));

    // The JIT makes three instructions of the framework's select where it no longer sees that the mask is one; those of AVX-512 take any bits at once.
    [MethodImpl(Inline)]
    public static V Select(V mask, V a, V b) => Avx512F.IsSupported ? Vector256.ConditionalSelect(mask, a, b) : Avx.BlendVariable(b, a, mask);

    [MethodImpl(Inline)]
    public static V Where(V mask, V a) => Avx512F.IsSupported ? Vector256.ConditionalSelect(mask, a, V.Zero) : mask & a;

    [MethodImpl(Inline)]
    public static V First(int count, V a) => Where(FirstLanes(count), a);

    [MethodImpl(Inline)]
    public static float Sum(V x) => Lanes128.Sum(x.GetLower() + x.GetUpper());

    [MethodImpl(Inline)]
    public static float Max(V x) => Vector256.EqualsAll(x, x) ? MaxOfNumbers(x) : float.NaN;

    [MethodImpl(Inline)]
    public static float Min(V x) => Vector256.EqualsAll(x, x) ? MinOfNumbers(x) : float.NaN;

    [MethodImpl(Inline)]
    public static void AddCompensated(V x, ref V sum, ref V rest) => Math.AddCompensated(x, ref sum, ref rest);

    [MethodImpl(Inline)]
    public static V Total(V sum, V rest) => Math.Total(sum, rest);

    [MethodImpl(Inline)]
    public static void Prefetch0(float* p) => Sse.Prefetch0(p);

    [MethodImpl(Inline)]
    public static void Prefetch1(float* p) => Sse.Prefetch1(p);

    [MethodImpl(Inline)]
    static bool IBitLanes<V>.AllLessOrEqual(V a, V b) => Vector256.LessThanOrEqualAll(a, b);

    static bool IBitLanes<V>.IsFused
    {
        [MethodImpl(Inline)]
        get => true;
    }

    [MethodImpl(Inline)]
    static V IBitLanes<V>.AllBits(int x) => Vector256.Create(x).AsSingle();

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
    static V IBitLanes<V>.SelectBits(V mask, V a, V b) => Vector256.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftLeft(V x, int bits) => Vector256.ShiftLeft(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftRight(V x, int bits) => Vector256.ShiftRightLogical(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftRightSigned(V x, int bits) => Vector256.ShiftRightArithmetic(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.EqualBits(V a, V b) => Vector256.Equals(a.AsInt32(), b.AsInt32()).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ToFloat(V x) => Vector256.ConvertToSingle(x.AsInt32());

    [MethodImpl(Inline)]
    internal static V Counters(uint start, uint step) =>
        (Vector256.Create(start) + (Vector256.Create(0u, 1u, 2u, 3u, 4u, 5u, 6u, 7u) * Vector256.Create(step))).AsSingle();

    [MethodImpl(Inline)]
    internal static float MaxOfNumbers(V x) => Lanes128.MaxOfNumbers(Sse.Max(x.GetLower(), x.GetUpper()));

    [MethodImpl(Inline)]
    internal static float MinOfNumbers(V x) => Lanes128.MinOfNumbers(Sse.Min(x.GetLower(), x.GetUpper()));
}
