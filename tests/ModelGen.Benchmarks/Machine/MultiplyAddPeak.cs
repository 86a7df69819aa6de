using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Benchmarks.Machine;

/// <summary>The most fused multiply-adds a core does: independent chains in registers, more of them than the units have stages.</summary>
internal static class MultiplyAddPeak
{
    const int Steps = 2_000_000, Chains = 12;

    /// <summary>The width is that of the code ModelGen emits for this processor.</summary>
    public static string Name => Avx512F.IsSupported ? "fma512" : Vector256.IsHardwareAccelerated ? "fma256" : "fma128";

    /// <summary>10⁹ floating-point operations a second of one thread.</summary>
    public static double GigaFlops()
    {
        long start = Stopwatch.GetTimestamp();
        float sum = Avx512F.IsSupported ? Run512() : Vector256.IsHardwareAccelerated ? Run256() : Run128();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        int lanes = Avx512F.IsSupported ? Vector512<float>.Count : Vector256.IsHardwareAccelerated ? Vector256<float>.Count : Vector128<float>.Count;
        // The sum is finite; asking keeps the chains from being dropped as dead code.
        return float.IsFinite(sum) ? 2.0 * Steps * Chains * lanes / seconds * 1e-9 : 0;
    }

    // One long call: it must not start in the JIT's first tier.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static float Run512()
    {
        Vector512<float> m = Vector512.Create(0.9999f), c = Vector512.Create(1e-4f);
        Vector512<float> a = c, b = m, d = c + c, e = c + m, f = m + m, g = d + d, h = d + m, i = e + e, j = f + f, k = g + g, l = h + h, n = i + i;
        for (int step = 0; step < Steps; step++)
        {
            a = Avx512F.FusedMultiplyAdd(a, m, c);
            b = Avx512F.FusedMultiplyAdd(b, m, c);
            d = Avx512F.FusedMultiplyAdd(d, m, c);
            e = Avx512F.FusedMultiplyAdd(e, m, c);
            f = Avx512F.FusedMultiplyAdd(f, m, c);
            g = Avx512F.FusedMultiplyAdd(g, m, c);
            h = Avx512F.FusedMultiplyAdd(h, m, c);
            i = Avx512F.FusedMultiplyAdd(i, m, c);
            j = Avx512F.FusedMultiplyAdd(j, m, c);
            k = Avx512F.FusedMultiplyAdd(k, m, c);
            l = Avx512F.FusedMultiplyAdd(l, m, c);
            n = Avx512F.FusedMultiplyAdd(n, m, c);
        }
        return Vector512.Sum(a + b + d + e + f + g + h + i + j + k + l + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static float Run256()
    {
        Vector256<float> m = Vector256.Create(0.9999f), c = Vector256.Create(1e-4f);
        Vector256<float> a = c, b = m, d = c + c, e = c + m, f = m + m, g = d + d, h = d + m, i = e + e, j = f + f, k = g + g, l = h + h, n = i + i;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector256.MultiplyAddEstimate(a, m, c);
            b = Vector256.MultiplyAddEstimate(b, m, c);
            d = Vector256.MultiplyAddEstimate(d, m, c);
            e = Vector256.MultiplyAddEstimate(e, m, c);
            f = Vector256.MultiplyAddEstimate(f, m, c);
            g = Vector256.MultiplyAddEstimate(g, m, c);
            h = Vector256.MultiplyAddEstimate(h, m, c);
            i = Vector256.MultiplyAddEstimate(i, m, c);
            j = Vector256.MultiplyAddEstimate(j, m, c);
            k = Vector256.MultiplyAddEstimate(k, m, c);
            l = Vector256.MultiplyAddEstimate(l, m, c);
            n = Vector256.MultiplyAddEstimate(n, m, c);
        }
        return Vector256.Sum(a + b + d + e + f + g + h + i + j + k + l + n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static float Run128()
    {
        Vector128<float> m = Vector128.Create(0.9999f), c = Vector128.Create(1e-4f);
        Vector128<float> a = c, b = m, d = c + c, e = c + m, f = m + m, g = d + d, h = d + m, i = e + e, j = f + f, k = g + g, l = h + h, n = i + i;
        for (int step = 0; step < Steps; step++)
        {
            a = Vector128.MultiplyAddEstimate(a, m, c);
            b = Vector128.MultiplyAddEstimate(b, m, c);
            d = Vector128.MultiplyAddEstimate(d, m, c);
            e = Vector128.MultiplyAddEstimate(e, m, c);
            f = Vector128.MultiplyAddEstimate(f, m, c);
            g = Vector128.MultiplyAddEstimate(g, m, c);
            h = Vector128.MultiplyAddEstimate(h, m, c);
            i = Vector128.MultiplyAddEstimate(i, m, c);
            j = Vector128.MultiplyAddEstimate(j, m, c);
            k = Vector128.MultiplyAddEstimate(k, m, c);
            l = Vector128.MultiplyAddEstimate(l, m, c);
            n = Vector128.MultiplyAddEstimate(n, m, c);
        }
        return Vector128.Sum(a + b + d + e + f + g + h + i + j + k + l + n);
    }
}
