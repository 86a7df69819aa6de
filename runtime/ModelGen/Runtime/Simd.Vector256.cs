using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.Runtime;

// The functions under the names that generated kernels of one width use.
public static partial class Simd
{
    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Lanes256.Exp(x);

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ExpM1(Vector256<float> x) => Lanes256.ExpM1(x);

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) => Lanes256.Log(x);

    /// <inheritdoc cref="Log1P(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Log1P(Vector256<float> x) => Lanes256.Log1P(x);

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x) => Lanes256.Tanh(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) => Lanes256.Sigmoid(x);

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Erf(Vector256<float> x) => Lanes256.Erf(x);

    /// <inheritdoc cref="Sin(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sin(Vector256<float> x) => Lanes256.Sin(x);

    /// <inheritdoc cref="Cos(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Cos(Vector256<float> x) => Lanes256.Cos(x);

    /// <inheritdoc cref="Atan(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Atan(Vector256<float> x) => Lanes256.Atan(x);

    /// <inheritdoc cref="Uniform(uint, uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Uniform(Vector256<uint> counter, uint key) => VectorMath<Lanes256, Vector256<float>>.Uniform(counter.AsSingle(), key);

    /// <summary>Returns the sum of the elements, by halves: the same order in every call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> x) => Lanes256.Sum(x);

    /// <summary>Returns the largest element; NaN if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> x) => Lanes256.Max(x);

    /// <summary>Returns the smallest element; NaN if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector256<float> x) => Lanes256.Min(x);

    /// <inheritdoc cref="ILanes{V}.StorePartial"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Vector256<float> x, float* p, int count) => Lanes256.StorePartial(p, x, count);

    /// <inheritdoc cref="ILanes{V}.LoadPartial"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<float> LoadPartial256(float* p, int count) => Lanes256.LoadPartial(p, count);
}
