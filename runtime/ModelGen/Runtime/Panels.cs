using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Runtime;

/// <summary>Packs a matrix into panels for the register tiles of a product.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Panels
{
    // Some microseconds of copying.
    private const int FloatsPerTask = 1 << 15;

    // Rows that are asked for before they are copied.
    private const int RowsAhead = 12;

    // The most floats that are gathered without further ado.
    private const int MostThinFloats = 1 << 11;

    /// <summary>Gets the number of columns in a panel on this processor: four 512-bit vectors, two 256-bit ones, or 16 without vectors.</summary>
    public static int Width => Avx512F.IsSupported ? 64 : 16;

    /// <summary>
    /// Packs B (K rows, n columns, any strides) into panels: panel p holds columns p·Width … of all rows, row after row. The last panel is as wide as its
    /// columns need, rounded up to 16, with zeros beyond.
    /// </summary>
    /// <param name="team">Shares the panels out where there is work for several threads.</param>
    /// <param name="source">Element (0, 0).</param>
    /// <param name="k">The axes summed over, the outermost first; K is their product. At most 8.</param>
    /// <param name="kStrides">Floats from a position along each of them to the next.</param>
    /// <param name="n">Columns.</param>
    /// <param name="nStride">Floats from a column to the next.</param>
    /// <param name="target">K · (n rounded up to 16) floats, 64-byte aligned.</param>
    public static void Pack(Team team, float* source, ReadOnlySpan<int> k, ReadOnlySpan<int> kStrides, int n, int nStride, float* target)
    {
        ArgumentNullException.ThrowIfNull(team);
        if (Vector128.IsHardwareAccelerated && k.Length == 1 && k[0] < 16 && n * k[0] <= MostThinFloats)
        {
            PackThin(source, k[0], kStrides[0], n, nStride, target);
            return;
        }

        // Rows are visited in the order of the source; what each axis adds to the number of the row follows from its place in k.
        var start = stackalloc Level[k.Length];
        var levels = new Span<Level>(start, k.Length);
        var rows = 1;
        for (var i = k.Length - 1; i >= 0; i--)
        {
            levels[i] = new(k[i], kStrides[i], rows);
            rows *= k[i];
        }

        levels.Sort(static (a, b) => Math.Abs(b.Stride).CompareTo(Math.Abs(a.Stride)));
        var isRun = true;
        var run = 1;
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            isRun &= levels[i].Stride == run;
            run *= levels[i].Size;
        }

        var work = new Work { Source = source, Target = target, Levels = start, LevelCount = k.Length, Rows = rows, IsRun = isRun, N = n, NStride = nStride };
        var panels = (n + Width - 1) / Width;
        work.PanelsPerTask = Math.Max(1, (int)Math.Min(panels, FloatsPerTask / ((long)rows * Width)));
        team.Run(&PackSome, &work, (panels + work.PanelsPerTask - 1) / work.PanelsPerTask);
    }

    /// <summary>Copies rows that lie apart, one after the other.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Floats of each row.</param>
    /// <param name="target">rows · width floats.</param>
    public static void CopyRows(float* source, long stride, int rows, int width, float* target)
    {
        if (Avx2.IsSupported && width % Lanes256.Count == 0)
        {
            CopyRows<Lanes256, Vector256<float>>(source, stride, rows, width, target);
            return;
        }

        if (Vector128.IsHardwareAccelerated && width % Lanes128.Count == 0)
        {
            CopyRows<Lanes128, Vector128<float>>(source, stride, rows, width, target);
            return;
        }

        for (var row = 0; row < rows; row++, source += stride, target += width)
            new ReadOnlySpan<float>(source, width).CopyTo(new Span<float>(target, width));
    }

    private static void CopyRows<TLanes, TVector>(float* source, long stride, int rows, int width, float* target)
        where TLanes : ILanes<TVector>
        where TVector : unmanaged
    {
        for (var row = 0; row < rows; row++, source += stride, target += width)
        {
            // Rows far apart are not foreseen by the processor.
            for (var c = 0; c < width; c += 16)
                TLanes.Prefetch0(source + (RowsAhead * stride) + c);
            for (var c = 0; c < width; c += TLanes.Count)
                TLanes.Store(target + c, TLanes.Load(source + c));
        }
    }

    // A few rows of a small matrix, in whole vectors: the product that reads them next need not wait until many small stores have reached the cache.
    private static void PackThin(float* source, int rows, int kStride, int n, int nStride, float* target)
    {
        for (var column = 0; column < n; column += Width)
        {
            var width = Math.Min(Width, (n - column + 15) & ~15);
            for (var row = 0; row < rows; row++, target += width)
            {
                for (var c = 0; c < width; c += 16)
                    GatherSixteen(source + (long)row * kStride + (long)(column + c) * nStride, nStride, n - column - c, target + c);
            }
        }
    }

    // Zeros after the first of them, where nothing is read.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void GatherSixteen(float* from, int stride, int count, float* target)
    {
        if (!Avx2.IsSupported)
        {
            for (var i = 0; i < 16; i += Lanes128.Count)
                Lanes128.Store(target + i, Gather(from + (long)i * stride, stride, count - i));
            return;
        }

        var offsets = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7) * stride;
        var low = Gather(from, offsets, count);
        var high = Gather(from + 8L * stride, offsets, count - 8);
        if (Avx512F.IsSupported)
        {
            Avx512F.Store(target, Vector512.Create(low, high));
        }
        else
        {
            Avx.Store(target, low);
            Avx.Store(target + 8, high);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Gather(float* from, Vector256<int> offsets, int count) =>
        count >= 8 ? Avx2.GatherVector256(from, offsets, 4) : Avx2.GatherMaskVector256(Vector256<float>.Zero, from, offsets, Lanes256.FirstLanes(count), 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Gather(float* from, int stride, int count)
    {
        if (stride == 1)
            return Lanes128.LoadPartial(from, count);
        return Vector128.Create(
            count > 0 ? *from : 0f, count > 1 ? from[stride] : 0f, count > 2 ? from[2L * stride] : 0f, count > 3 ? from[3L * stride] : 0f);
    }

    private static void PackSome(void* arguments, int task)
    {
        var work = (Work*)arguments;
        var end = Math.Min((long)work->N, (task + 1L) * work->PanelsPerTask * Width);
        for (var column = task * work->PanelsPerTask * Width; column < end; column += Width)
        {
            var width = Math.Min(Width, (work->N - column + 15) & ~15);
            var columns = Math.Min(width, work->N - column);
            PackPanel(
                work->Source + (long)column * work->NStride, new ReadOnlySpan<Level>(work->Levels, work->LevelCount), work->Rows, work->IsRun, columns,
                work->NStride, width,
                work->Target + (long)column * work->Rows);
        }
    }

    private struct Work
    {
        public float* Source;
        public float* Target;
        public Level* Levels;
        public int LevelCount;
        public int Rows;
        public bool IsRun;
        public int N;
        public int NStride;
        public int PanelsPerTask;
    }

    /// <summary>An axis of the sum: its size, the floats between its positions in the source, the rows between them in the panel.</summary>
    private readonly record struct Level(int Size, int Stride, int Rows);

    private static void PackPanel(float* source, ReadOnlySpan<Level> levels, int rows, bool isRun, int columns, int nStride, int width, float* target)
    {
        // Whole rows of the source, in their order.
        if (nStride == 1 && levels.Length == 1 && columns == width)
        {
            CopyRows(source, levels[0].Stride, rows, width, target);
            return;
        }

        // Columns lie in rows of the source (a linear layer's weight [out, in]): turn them around.
        if (isRun && levels.Length == 1)
        {
            Transposition.Copy(source, columns, nStride, rows, target, width);
            if (columns == width) return;
            for (var row = 0; row < rows; row++) new Span<float>(target + ((long)row * width) + columns, width - columns).Clear();
            return;
        }

        Span<int> at = stackalloc int[levels.Length];
        at.Clear();
        var side = !isRun ? 1 : Avx512F.IsSupported ? 16 : Avx.IsSupported ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;
        var block = stackalloc float[256];
        Span<int> targets = stackalloc int[16];
        Span<int> sources = stackalloc int[16];
        var whole = side > 1 ? columns - columns % side : 0;
        for (var row = 0; row < rows;)
        {
            // The same with several axes: the rows of a block lie apart in the panel.
            var count = whole > 0 && row <= rows - side ? side : 1;
            for (var r = 0; r < count; r++)
            {
                (sources[r], targets[r]) = Position(levels, at);
                Advance(levels, at);
            }

            if (count > 1)
            {
                for (var c = 0; c < whole; c += side)
                {
                    var from = source + row + (long)c * nStride;
                    if (side == 16) Transposition.Block16(from, nStride, block, side);
                    else if (side == 8) Transposition.Block8(from, nStride, block, side);
                    else Transposition.Block4(from, nStride, block, side);
                    for (var r = 0; r < side; r++)
                        new ReadOnlySpan<float>(block + side * r, side).CopyTo(new Span<float>(target + (long)targets[r] * width + c, side));
                }
            }
            else PackRow(source + sources[0], whole, nStride, whole, target + (long)targets[0] * width);

            if (whole < width)
                for (var r = 0; r < count; r++)
                    PackRow(source + sources[r] + (long)whole * nStride, columns - whole, nStride, width - whole, target + (long)targets[r] * width + whole);
            row += count;
        }
    }

    private static (int Source, int Row) Position(ReadOnlySpan<Level> levels, ReadOnlySpan<int> at)
    {
        int source = 0, row = 0;
        for (var i = 0; i < levels.Length; i++)
        {
            source += at[i] * levels[i].Stride;
            row += at[i] * levels[i].Rows;
        }

        return (source, row);
    }

    private static void Advance(ReadOnlySpan<Level> levels, Span<int> at)
    {
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            if (++at[i] < levels[i].Size) return;
            at[i] = 0;
        }
    }

    private static void PackRow(float* source, int columns, int nStride, int width, float* target)
    {
        if (nStride == 1) new ReadOnlySpan<float>(source, columns).CopyTo(new Span<float>(target, columns));
        else
            for (var c = 0; c < columns; c++) target[c] = source[(long)c * nStride];
        new Span<float>(target + columns, width - columns).Clear();
    }
}
