using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Runtime;

/// <summary>Lays out a matrix for the register tiles of a product.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Panels
{
    // Some microseconds of copying.
    private const int FloatsPerTask = 1 << 15;

    /// <summary>Columns in a panel on this processor: four 512-bit vectors, two 256-bit ones, or 16 without vectors.</summary>
    public static int Width => Avx512F.IsSupported ? 64 : 16;

    /// <summary>Copies B (k rows, n columns, any strides) into panels: panel p holds columns p·Width … of all rows, row after row. The last
    /// panel is as wide as its columns need, rounded up to 16, with zeros beyond.</summary>
    /// <param name="team">Shares the panels out where there is work for several threads.</param>
    /// <param name="source">Element (0, 0).</param>
    /// <param name="k">Rows: the axis summed over.</param>
    /// <param name="kStride">Floats from a row to the next.</param>
    /// <param name="n">Columns.</param>
    /// <param name="nStride">Floats from a column to the next.</param>
    /// <param name="target">k · (n rounded up to 16) floats, 64-byte aligned.</param>
    public static void Pack(Team team, float* source, int k, int kStride, int n, int nStride, float* target)
    {
        ArgumentNullException.ThrowIfNull(team);
        var work = new Work { Source = source, Target = target, K = k, KStride = kStride, N = n, NStride = nStride };
        var panels = (n + Width - 1) / Width;
        work.PanelsPerTask = Math.Max(1, (int)Math.Min(panels, FloatsPerTask / Math.Max(1, (long)k * Width)));
        team.Run(&PackSome, &work, (panels + work.PanelsPerTask - 1) / work.PanelsPerTask);
    }

    private static void PackSome(void* arguments, int task)
    {
        var work = (Work*)arguments;
        var end = Math.Min((long)work->N, (task + 1L) * work->PanelsPerTask * Width);
        for (var column = task * work->PanelsPerTask * Width; column < end; column += Width)
        {
            var width = Math.Min(Width, (work->N - column + 15) & ~15);
            var columns = Math.Min(width, work->N - column);
            PackPanel(work->Source + (long)column * work->NStride, work->K, work->KStride, columns, work->NStride, width, work->Target + (long)column * work->K);
        }
    }

    private struct Work
    {
        public float* Source;
        public float* Target;
        public int K;
        public int KStride;
        public int N;
        public int NStride;
        public int PanelsPerTask;
    }

    private static void PackPanel(float* source, int k, int kStride, int columns, int nStride, int width, float* target)
    {
        var row = 0;
        var whole = columns & ~15;
        if (Avx512F.IsSupported && kStride == 1)
        {
            // Columns lie in rows of the source (a linear layer's weight [out, in]): transpose blocks of 16×16.
            for (; row <= k - 16; row += 16)
                for (var c = 0; c < whole; c += 16)
                    Transpose16(source + row + (long)c * nStride, nStride, target + (long)row * width + c, width);
            for (var r = 0; r < row; r++)
                PackRow(source + r + (long)whole * nStride, columns - whole, nStride, width - whole, target + (long)r * width + whole);
        }

        for (; row < k; row++) PackRow(source + (long)row * kStride, columns, nStride, width, target + (long)row * width);
    }

    private static void PackRow(float* source, int columns, int nStride, int width, float* target)
    {
        if (nStride == 1) new ReadOnlySpan<float>(source, columns).CopyTo(new Span<float>(target, columns));
        else
            for (var c = 0; c < columns; c++) target[c] = source[(long)c * nStride];
        new Span<float>(target + columns, width - columns).Clear();
    }

    /// <summary>target[j·targetStride + i] = source[i·sourceStride + j] for a block of 16×16.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Transpose16(float* source, int sourceStride, float* target, int targetStride)
    {
        // Four rows at a time: 4×4 blocks within the 128-bit lanes, then the lanes change places.
        var block = stackalloc Vector512<float>[16];
        for (var i = 0; i < 16; i += 4)
        {
            var r0 = Avx512F.LoadVector512(source + (long)i * sourceStride);
            var r1 = Avx512F.LoadVector512(source + (long)(i + 1) * sourceStride);
            var r2 = Avx512F.LoadVector512(source + (long)(i + 2) * sourceStride);
            var r3 = Avx512F.LoadVector512(source + (long)(i + 3) * sourceStride);
            var low01 = Avx512F.UnpackLow(r0, r1);
            var high01 = Avx512F.UnpackHigh(r0, r1);
            var low23 = Avx512F.UnpackLow(r2, r3);
            var high23 = Avx512F.UnpackHigh(r2, r3);
            block[i] = Avx512F.Shuffle(low01, low23, 0x44);
            block[i + 1] = Avx512F.Shuffle(low01, low23, 0xEE);
            block[i + 2] = Avx512F.Shuffle(high01, high23, 0x44);
            block[i + 3] = Avx512F.Shuffle(high01, high23, 0xEE);
        }

        for (var j = 0; j < 4; j++)
        {
            // block[4·r + j], lane L: column 4·L + j of rows 4·r … 4·r + 3.
            var even01 = Avx512F.Shuffle4x128(block[j], block[4 + j], 0x88);
            var odd01 = Avx512F.Shuffle4x128(block[j], block[4 + j], 0xDD);
            var even23 = Avx512F.Shuffle4x128(block[8 + j], block[12 + j], 0x88);
            var odd23 = Avx512F.Shuffle4x128(block[8 + j], block[12 + j], 0xDD);
            Avx512F.Store(target + (long)j * targetStride, Avx512F.Shuffle4x128(even01, even23, 0x88));
            Avx512F.Store(target + (long)(4 + j) * targetStride, Avx512F.Shuffle4x128(odd01, odd23, 0x88));
            Avx512F.Store(target + (long)(8 + j) * targetStride, Avx512F.Shuffle4x128(even01, even23, 0xDD));
            Avx512F.Store(target + (long)(12 + j) * targetStride, Avx512F.Shuffle4x128(odd01, odd23, 0xDD));
        }
    }
}
