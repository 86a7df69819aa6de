using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.Runtime;

// The functions under the names that generated kernels of one width use.
public static partial class Simd
{
    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Lanes512.Exp(x);

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ExpM1(Vector512<float> x) => Lanes512.ExpM1(x);

    /// <inheritdoc cref="Log(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Lanes512.Log(x);

    /// <inheritdoc cref="Log1P(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log1P(Vector512<float> x) => Lanes512.Log1P(x);

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x) => Lanes512.Tanh(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x) => Lanes512.Sigmoid(x);

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x) => Lanes512.Erf(x);

    /// <inheritdoc cref="Sin(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sin(Vector512<float> x) => Lanes512.Sin(x);

    /// <inheritdoc cref="Cos(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Cos(Vector512<float> x) => Lanes512.Cos(x);

    /// <inheritdoc cref="Atan(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Atan(Vector512<float> x) => Lanes512.Atan(x);

    /// <inheritdoc cref="Uniform(uint, uint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Uniform(Vector512<uint> counter, uint key) => VectorMath<Lanes512, Vector512<float>>.Uniform(counter.AsSingle(), key);

    /// <summary>Returns the sum of the elements, by halves: the same order in every call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> x) => Lanes512.Sum(x);

    /// <summary>Returns the largest element; NaN if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> x) => Lanes512.Max(x);

    /// <summary>Returns the smallest element; NaN if one is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(Vector512<float> x) => Lanes512.Min(x);

    /// <inheritdoc cref="ILanes{V}.StorePartial"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorePartial(Vector512<float> x, float* p, int count) => Lanes512.StorePartial(p, x, count);

    /// <summary>
    /// Loads the first <paramref name="count"/> elements, with zeros after them up to eight. Where they are few they are read one by one.
    /// </summary>
    /// <param name="p">Where they lie, with room for a whole vector.</param>
    /// <param name="count">From 1 to 16.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector512<float> LoadPartial512(float* p, int count) =>
        count <= 8 ? Lanes256.LoadPartial(p, count).ToVector512() : Lanes512.Load(p);
}
