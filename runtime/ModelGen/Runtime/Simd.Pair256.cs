using System.Runtime.CompilerServices;

namespace ModelGen.Runtime;

// The functions for two vectors of eight elements under the names that generated kernels use.
public static partial class Simd
{
    /// <inheritdoc cref="Exp(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Exp(Pair256 x) => LanesPair256.Exp(x);

    /// <inheritdoc cref="ExpM1(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 ExpM1(Pair256 x) => LanesPair256.ExpM1(x);

    /// <inheritdoc cref="Tanh(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Tanh(Pair256 x) => LanesPair256.Tanh(x);

    /// <inheritdoc cref="Sigmoid(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Sigmoid(Pair256 x) => LanesPair256.Sigmoid(x);

    /// <inheritdoc cref="Erf(float)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Pair256 Erf(Pair256 x) => LanesPair256.Erf(x);
}
