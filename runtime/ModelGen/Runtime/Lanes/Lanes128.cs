using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.Wasm;
using System.Runtime.Intrinsics.X86;
using Math = ModelGen.Runtime.VectorMath<ModelGen.Runtime.Lanes128, System.Runtime.Intrinsics.Vector128<float>>;
using V = System.Runtime.Intrinsics.Vector128<float>;

namespace ModelGen.Runtime;

#pragma warning disable CS1591 // ILanes documents the members.

/// <summary>
/// Provides the operations on vectors of 128 bits, on every processor: SSE, with FMA where it is there, AdvSimd of ARM and PackedSimd of WebAssembly.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[DebuggerStepThrough]
public readonly unsafe struct Lanes128 : ILanes<V>, IBitLanes<V>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public static int Count
    {
        [MethodImpl(Inline)]
        get => 4;
    }

    public static V Zero
    {
        [MethodImpl(Inline)]
        get => V.Zero;
    }

    public static V Indices
    {
        [MethodImpl(Inline)]
        get => Vector128.Create(0f, 1f, 2f, 3f);
    }

    [MethodImpl(Inline)]
    public static V All(float x) => Vector128.Create(x);

    [MethodImpl(Inline)]
    public static V Sequence(int start, int step) => Vector128.Create((float)start) + (Indices * Vector128.Create((float)step));

    [MethodImpl(Inline)]
    public static V Load(float* p) => Vector128.Load(p);

    [MethodImpl(Inline)]
    public static V Load(int* p) => Vector128.ConvertToSingle(Vector128.Load(p));

    [MethodImpl(Inline)]
    public static V LoadPartial(float* p, int count) => count >= Count ? Load(p) : LoadFew(p, count);

    [MethodImpl(Inline)]
    public static V LoadEven(float* p)
    {
        if (Sse.IsSupported)
            return Sse.Shuffle(Load(p), Load(p + Count), 0x88);
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipEven(Load(p), Load(p + Count)) : Vector128.Create(p[0], p[2], p[4], p[6]);
    }

    [MethodImpl(Inline)]
    public static void Store(float* p, V x) => x.Store(p);

    [MethodImpl(Inline)]
    public static void StorePartial(float* p, V x, int count)
    {
        if (count >= Count)
        {
            Store(p, x);
        }
        else if (count >= 2)
        {
            *(double*)p = x.AsDouble().ToScalar();
            if (count > 2)
                p[2] = x.GetElement(2);
        }
        else if (count > 0)
        {
            *p = x.ToScalar();
        }
    }

    [MethodImpl(Inline)]
    public static void StorePairs(float* p, V even, V odd, int count)
    {
        StorePartial(p, ZipLow(even, odd), 2 * count);
        if (count > Count / 2)
            StorePartial(p + Count, ZipHigh(even, odd), (2 * count) - Count);
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
    public static V MultiplyAdd(V a, V b, V c) =>
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : AdvSimd.IsSupported ? AdvSimd.FusedMultiplyAdd(c, a, b) : (a * b) + c;

    // ARM and WebAssembly have what is asked for; the instruction of x86 would return b where a is NaN.
    [MethodImpl(Inline)]
    public static V Max(V a, V b)
    {
        if (AdvSimd.IsSupported)
            return AdvSimd.Max(a, b);
        if (PackedSimd.IsSupported)
            return PackedSimd.Max(a, b);
        return Vector128.ConditionalSelect(Vector128.Equals(a, a), Sse.IsSupported ? Sse.Max(a, b) : Vector128.Max(a, b), a);
    }

    [MethodImpl(Inline)]
    public static V Min(V a, V b)
    {
        if (AdvSimd.IsSupported)
            return AdvSimd.Min(a, b);
        if (PackedSimd.IsSupported)
            return PackedSimd.Min(a, b);
        return Vector128.ConditionalSelect(Vector128.Equals(a, a), Sse.IsSupported ? Sse.Min(a, b) : Vector128.Min(a, b), a);
    }

    // The instruction of x86 returns its second operand where one is NaN.
    [MethodImpl(Inline)]
    public static V AtLeast(V x, V number) => Sse.IsSupported ? Sse.Max(number, x) : Max(x, number);

    [MethodImpl(Inline)]
    public static V AtMost(V x, V number) => Sse.IsSupported ? Sse.Min(number, x) : Min(x, number);

    [MethodImpl(Inline)]
    public static V Relu(V x) => AtLeast(x, V.Zero);

    [MethodImpl(Inline)]
    public static V Sqrt(V x) => Vector128.Sqrt(x);

    [MethodImpl(Inline)]
    public static V Abs(V x) => Vector128.Abs(x);

    [MethodImpl(Inline)]
    public static V Floor(V x) => Vector128.Floor(x);

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
    public static V Greater(V a, V b) => Vector128.GreaterThan(a, b);

    [MethodImpl(Inline)]
    public static V GreaterOrEqual(V a, V b) => Vector128.GreaterThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static V Less(V a, V b) => Vector128.LessThan(a, b);

    [MethodImpl(Inline)]
    public static V LessOrEqual(V a, V b) => Vector128.LessThanOrEqual(a, b);

    [MethodImpl(Inline)]
    public static V Equal(V a, V b) => Vector128.Equals(a, b);

    [MethodImpl(Inline)]
    public static V And(V a, V b) => a & b;

    [MethodImpl(Inline)]
    public static V Mask(bool isSet) => isSet ? V.AllBitsSet : V.Zero;

    [MethodImpl(Inline)]
    public static V FirstLanes(int count) => Vector128.LessThan(Indices, Vector128.Create((float)count));

    // The same choice as at 256 bits.
    [MethodImpl(Inline)]
    public static V Select(V mask, V a, V b) =>
        Sse41.IsSupported && !Avx512F.IsSupported ? Sse41.BlendVariable(b, a, mask) : Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    public static V Where(V mask, V a) => Avx512F.IsSupported ? Vector128.ConditionalSelect(mask, a, V.Zero) : mask & a;

    [MethodImpl(Inline)]
    public static V First(int count, V a) => Where(FirstLanes(count), a);

    [MethodImpl(Inline)]
    public static float Sum(V x)
    {
        x += UpperHalf(x);
        return x.ToScalar() + x.GetElement(1);
    }

    [MethodImpl(Inline)]
    public static float Max(V x)
    {
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.MaxAcross(x).ToScalar();
        return Vector128.EqualsAll(x, x) ? MaxOfNumbers(x) : float.NaN;
    }

    [MethodImpl(Inline)]
    public static float Min(V x)
    {
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.MinAcross(x).ToScalar();
        return Vector128.EqualsAll(x, x) ? MinOfNumbers(x) : float.NaN;
    }

    [MethodImpl(Inline)]
    public static void AddCompensated(V x, ref V sum, ref V rest) => Math.AddCompensated(x, ref sum, ref rest);

    [MethodImpl(Inline)]
    public static V Total(V sum, V rest) => Math.Total(sum, rest);

    [MethodImpl(Inline)]
    public static void Prefetch0(float* p)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0(p);
    }

    [MethodImpl(Inline)]
    public static void Prefetch1(float* p)
    {
        if (Sse.IsSupported)
            Sse.Prefetch1(p);
    }

    [MethodImpl(Inline)]
    static bool IBitLanes<V>.AllLessOrEqual(V a, V b) => Vector128.LessThanOrEqualAll(a, b);

    static bool IBitLanes<V>.IsFused
    {
        [MethodImpl(Inline)]
        get => Fma.IsSupported || AdvSimd.IsSupported;
    }

    [MethodImpl(Inline)]
    static V IBitLanes<V>.AllBits(int x) => Vector128.Create(x).AsSingle();

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
    static V IBitLanes<V>.SelectBits(V mask, V a, V b) => Vector128.ConditionalSelect(mask, a, b);

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftLeft(V x, int bits) => Vector128.ShiftLeft(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftRight(V x, int bits) => Vector128.ShiftRightLogical(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ShiftRightSigned(V x, int bits) => Vector128.ShiftRightArithmetic(x.AsInt32(), bits).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.EqualBits(V a, V b) => Vector128.Equals(a.AsInt32(), b.AsInt32()).AsSingle();

    [MethodImpl(Inline)]
    static V IBitLanes<V>.ToFloat(V x) => Vector128.ConvertToSingle(x.AsInt32());

    [MethodImpl(Inline)]
    private static V Counters(uint start, uint step) =>
        (Vector128.Create(start) + (Vector128.Create(0u, 1u, 2u, 3u) * Vector128.Create(step))).AsSingle();

    /// <summary>The first <paramref name="count"/> floats one by one, at most four, with zeros after them.</summary>
    [MethodImpl(Inline)]
    internal static V LoadFew(float* p, int count)
    {
        var x = count > 0 ? Vector128.CreateScalar(*p) : V.Zero;
        if (count > 1)
            x = x.WithElement(1, p[1]);
        if (count > 2)
            x = x.WithElement(2, p[2]);
        if (count > 3)
            x = x.WithElement(3, p[3]);
        return x;
    }

    /// <summary>a[0], b[0], a[1], b[1].</summary>
    [MethodImpl(Inline)]
    internal static V ZipLow(V a, V b)
    {
        if (Sse.IsSupported)
            return Sse.UnpackLow(a, b);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipLow(a, b);
        return Vector128.ConditionalSelect(EvenLanes, Vector128.Shuffle(a, Vector128.Create(0, 0, 1, 1)), Vector128.Shuffle(b, Vector128.Create(0, 0, 1, 1)));
    }

    /// <summary>a[2], b[2], a[3], b[3].</summary>
    [MethodImpl(Inline)]
    internal static V ZipHigh(V a, V b)
    {
        if (Sse.IsSupported)
            return Sse.UnpackHigh(a, b);
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipHigh(a, b);
        return Vector128.ConditionalSelect(EvenLanes, Vector128.Shuffle(a, Vector128.Create(2, 2, 3, 3)), Vector128.Shuffle(b, Vector128.Create(2, 2, 3, 3)));
    }

    [MethodImpl(Inline)]
    internal static float MaxOfNumbers(V x)
    {
        x = AtLeast(UpperHalf(x), x);
        return AtLeast(Vector128.Shuffle(x, Vector128.Create(1, 1, 1, 1)), x).ToScalar();
    }

    [MethodImpl(Inline)]
    internal static float MinOfNumbers(V x)
    {
        x = AtMost(UpperHalf(x), x);
        return AtMost(Vector128.Shuffle(x, Vector128.Create(1, 1, 1, 1)), x).ToScalar();
    }

    private static V EvenLanes
    {
        [MethodImpl(Inline)]
        get => Vector128.Create(-1, 0, -1, 0).AsSingle();
    }

    // The last two lanes in the place of the first two.
    [MethodImpl(Inline)]
    private static V UpperHalf(V x) => Vector128.Shuffle(x, Vector128.Create(2, 3, 2, 3));
}
