using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Benchmarks.Machine;

/// <summary>How fast one thread reads a working set again and again.</summary>
internal sealed unsafe class ReadBandwidth : IDisposable
{
    // What one call reads in all, so that small sets take long enough to time.
    const double BytesOfCall = 6e8;

    // Floats of one turn of the loop; the working sets are multiples of it.
    const int Turn = 64;

    readonly float* _data;
    readonly long _floats;
    readonly int _passes;

    /// <summary>Allocates and touches the memory.</summary>
    public ReadBandwidth(int bytes)
    {
        _floats = bytes / sizeof(float) / Turn * Turn;
        _passes = (int)Math.Max(2, BytesOfCall / bytes);
        _data = (float*)NativeMemory.AlignedAlloc((nuint)(_floats * sizeof(float)), 4096);
        for (long i = 0; i < _floats; i++)
            _data[i] = 1e-6f * i;
    }

    /// <summary>10⁹ bytes a second.</summary>
    public double GigabytesPerSecond()
    {
        long start = Stopwatch.GetTimestamp();
        float sum = 0;
        for (int pass = 0; pass < _passes; pass++)
            sum += Avx512F.IsSupported ? Sum512(_data, _data + _floats) : Sum256(_data, _data + _floats);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return float.IsNaN(sum) ? 0 : (double)_passes * _floats * sizeof(float) / seconds * 1e-9;
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => NativeMemory.AlignedFree(_data);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static float Sum512(float* p, float* end)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (; p < end; p += Turn)
        {
            a += Vector512.Load(p);
            b += Vector512.Load(p + 16);
            c += Vector512.Load(p + 32);
            d += Vector512.Load(p + 48);
        }
        return Vector512.Sum(a + b + (c + d));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    static float Sum256(float* p, float* end)
    {
        Vector256<float> a = default, b = default, c = default, d = default;
        for (; p < end; p += Turn / 2)
        {
            a += Vector256.Load(p);
            b += Vector256.Load(p + 8);
            c += Vector256.Load(p + 16);
            d += Vector256.Load(p + 24);
        }
        return Vector256.Sum(a + b + (c + d));
    }
}
