using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Runtime;

/// <summary>
/// Represents two vectors of eight floats that go through a formula side by side. A function such as erf is a chain of some thirty operations, each of which
/// waits for the one before; with two chains in step the processor has something to do meanwhile.
/// </summary>
/// <remarks>It needs AVX2 and FMA; the caller has checked that they are there. Each half has the bits that it would have alone.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Pair256
{
    /// <summary>Initializes a new instance of the <see cref="Pair256"/> struct from two vectors.</summary>
    /// <param name="low">The first eight.</param>
    /// <param name="high">The eight after them.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Pair256(Vector256<float> low, Vector256<float> high) => (Low, High) = (low, high);

    /// <summary>Gets sixteen zeros.</summary>
    public static Pair256 Zero => default;

    /// <summary>The first eight.</summary>
    public readonly Vector256<float> Low;

    /// <summary>The eight after them.</summary>
    public readonly Vector256<float> High;

    /// <summary>Returns sixteen times the same number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Create(float x) => new(Vector256.Create(x), Vector256.Create(x));

    /// <summary>Loads sixteen neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Load(float* p) => new(Avx.LoadVector256(p), Avx.LoadVector256(p + Vector256<float>.Count));

    /// <summary>Stores sixteen neighbours.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* p, Pair256 x)
    {
        Avx.Store(p, x.Low);
        Avx.Store(p + Vector256<float>.Count, x.High);
    }

    /// <summary>Computes a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 MultiplyAdd(Pair256 a, Pair256 b, Pair256 c) => new(Fma.MultiplyAdd(a.Low, b.Low, c.Low), Fma.MultiplyAdd(a.High, b.High, c.High));

    /// <summary>Returns the greater of two numbers; the second where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Max(Pair256 a, Pair256 b) => new(Avx.Max(a.Low, b.Low), Avx.Max(a.High, b.High));

    /// <summary>Returns the smaller of two numbers; the second where one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Min(Pair256 a, Pair256 b) => new(Avx.Min(a.Low, b.Low), Avx.Min(a.High, b.High));

    /// <summary>Computes |x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Abs(Pair256 x) => new(Vector256.Abs(x.Low), Vector256.Abs(x.High));

    /// <summary>Computes √x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Sqrt(Pair256 x) => new(Avx.Sqrt(x.Low), Avx.Sqrt(x.High));

    /// <summary>Computes a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 operator +(Pair256 a, Pair256 b) => new(a.Low + b.Low, a.High + b.High);

    /// <summary>Computes a − b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 operator -(Pair256 a, Pair256 b) => new(a.Low - b.Low, a.High - b.High);

    /// <summary>Computes a · b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 operator *(Pair256 a, Pair256 b) => new(a.Low * b.Low, a.High * b.High);

    /// <summary>Computes a / b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 operator /(Pair256 a, Pair256 b) => new(a.Low / b.Low, a.High / b.High);

    /// <summary>Computes −x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 operator -(Pair256 x) => new(-x.Low, -x.High);
}
