using System.Runtime.Intrinsics;

/// <summary>AVX-512F as far as the runtime and emitted models use it, on any processor: the operations that follow the
/// instructions' definitions lane by lane.</summary>
/// <remarks>In the global namespace, which is searched before what a file imports: the runtime's sources in this assembly, and the models compiled against
/// it, take it for <c>System.Runtime.Intrinsics.X86.Avx512F</c>. An operation that is missing here does not compile there.</remarks>
public static unsafe class Avx512F
{
    public static bool IsSupported => true;

    public static Vector512<float> LoadVector512(float* address) => Vector512.Load(address);

    public static Vector512<int> LoadVector512(int* address) => Vector512.Load(address);

    public static void Store(float* address, Vector512<float> source) => source.Store(address);

    public static Vector512<float> FusedMultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.FusedMultiplyAdd(a, b, c);

    public static Vector512<float> ConvertToVector512Single(Vector512<int> value) => Vector512.ConvertToSingle(value);

    /// <summary>VMAXPS: the second where one is NaN, and of two zeros.</summary>
    public static Vector512<float> Max(Vector512<float> left, Vector512<float> right) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(left, right), left, right);

    /// <summary>VMINPS: the second where one is NaN, and of two zeros.</summary>
    public static Vector512<float> Min(Vector512<float> left, Vector512<float> right) =>
        Vector512.ConditionalSelect(Vector512.LessThan(left, right), left, right);

    /// <summary>VUNPCKLPS: of each four lanes the first two, one from each operand in turn.</summary>
    public static Vector512<float> UnpackLow(Vector512<float> left, Vector512<float> right) =>
        Lanes(lane => Of(lane % 2 == 0 ? left : right, lane - lane % 4 + lane % 4 / 2));

    /// <summary>VUNPCKHPS: of each four lanes the last two, one from each operand in turn.</summary>
    public static Vector512<float> UnpackHigh(Vector512<float> left, Vector512<float> right) =>
        Lanes(lane => Of(lane % 2 == 0 ? left : right, lane - lane % 4 + 2 + lane % 4 / 2));

    /// <summary>VSHUFPS: of each four lanes two of the first operand, then two of the second; two bits of the control name each.</summary>
    public static Vector512<float> Shuffle(Vector512<float> left, Vector512<float> right, byte control) =>
        Lanes(lane => Of(lane % 4 < 2 ? left : right, lane - lane % 4 + (control >> 2 * (lane % 4) & 3)));

    /// <summary>VSHUFF32X4: two groups of four lanes of the first operand, then two of the second; two bits of the control name each.</summary>
    public static Vector512<float> Shuffle4x128(Vector512<float> left, Vector512<float> right, byte control) =>
        Lanes(lane => Of(lane < 8 ? left : right, 4 * (control >> 2 * (lane / 4) & 3) + lane % 4));

    /// <summary>VPERMT2PS: each lane from the 32 of both operands, by the low five bits of its index.</summary>
    public static Vector512<float> PermuteVar16x32x2(Vector512<float> lower, Vector512<int> indices, Vector512<float> upper) =>
        Lanes(lane => Of((indices[lane] & 16) == 0 ? lower : upper, indices[lane] & 15));

    private static float Of(Vector512<float> vector, int lane) => vector[lane];

    private static Vector512<float> Lanes(Func<int, float> value)
    {
        Span<float> lanes = stackalloc float[16];
        for (var lane = 0; lane < 16; lane++) lanes[lane] = value(lane);
        return Vector512.Create<float>(lanes);
    }
}
