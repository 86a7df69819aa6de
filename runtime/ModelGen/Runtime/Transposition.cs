using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ModelGen.Runtime;

/// <summary>Copies matrices with rows and columns exchanged, which is what a change of memory layout comes down to.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Transposition
{
    // Floats of a cache line, and of the longest row that is asked for as a whole.
    private const int Line = 16;
    private const int ShortRow = 64;

    // How far before they are needed the lines of long rows are asked for, in columns.
    private const int ReadAhead = 64;
    private const int WrittenAhead = 32;

    // The side of the blocks that a strip is made of; with AVX-512 whole strips have blocks of 16.
    private static int Side => Avx.IsSupported ? 8 : 4;

    /// <summary>Copies target[c·targetStride + r] = source[r·sourceStride + c] for r below rows and c below columns.</summary>
    public static void Copy(float* source, int rows, int sourceStride, int columns, float* target, int targetStride)
    {
        var row = 0;
        for (int count; Vector128.IsHardwareAccelerated && (count = Math.Min(16, (rows - row) & -Side)) > 0; row += count)
        {
            var following = Math.Min(16, rows - row - count);
            Strip(source + (long)row * sourceStride, count, sourceStride, following, columns, target + row, targetStride);
        }

        Rest(source + (long)row * sourceStride, rows - row, sourceStride, 0, columns, target + row, targetStride);
    }

    // At most 16 rows. A line of a row is read as a whole before the next row's, for all of them may have their place in one set of the cache.
    private static void Strip(float* source, int rows, int sourceStride, int following, int columns, float* target, int targetStride)
    {
        if (columns <= ShortRow) AskForRows(source + (long)rows * sourceStride, following, sourceStride, columns);
        var column = 0;
        for (; column <= columns - Line; column += Line)
        {
            var from = source + column;
            var to = target + (long)column * targetStride;
            // More streams than the processor follows by itself; of a line that is written, too, it wants to know what it was.
            if (column + ReadAhead < columns) AskForRows(from + ReadAhead, rows, sourceStride, Line);
            if (column + WrittenAhead < columns)
                AskForRows(to + (long)WrittenAhead * targetStride, Math.Min(Line, columns - column - WrittenAhead), targetStride, Line);
            if (Avx512F.IsSupported && rows == 16)
            {
                Block16(from, sourceStride, to, targetStride);
                continue;
            }

            for (var row = 0; row < rows; row += Side)
                for (var c = 0; c < Line; c += Side)
                    Block(from + (long)row * sourceStride + c, sourceStride, to + (long)c * targetStride + row, targetStride);
        }

        for (; column <= columns - Side; column += Side)
            for (var row = 0; row < rows; row += Side)
                Block(source + (long)row * sourceStride + column, sourceStride, target + (long)column * targetStride + row, targetStride);
        Rest(source, rows, sourceStride, column, columns, target, targetStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(float* source, int sourceStride, float* target, int targetStride)
    {
        if (Avx.IsSupported) Block8(source, sourceStride, target, targetStride);
        else Block4(source, sourceStride, target, targetStride);
    }

    // Short rows far apart are not foreseen by the processor: the next ones are on their way while these are turned around.
    private static void AskForRows(float* source, int rows, int stride, int columns)
    {
        for (var row = 0; row < rows; row++, source += stride)
            for (var column = 0; column < columns; column += Line)
                Lanes128.Prefetch0(source + column);
    }

    private static void Rest(float* source, int rows, int sourceStride, int from, int columns, float* target, int targetStride)
    {
        for (var column = from; column < columns; column++)
            for (var row = 0; row < rows; row++) target[(long)column * targetStride + row] = source[(long)row * sourceStride + column];
    }

    /// <summary>target[j·targetStride + i] = source[i·sourceStride + j] for a block of 16×16.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Block16(float* source, int sourceStride, float* target, int targetStride)
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

    /// <summary>The same for a block of 8×8.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Block8(float* source, int sourceStride, float* target, int targetStride)
    {
        long from = sourceStride, to = targetStride;
        Weave(source, from, out var a0, out var a1, out var a2, out var a3);
        Weave(source + 4 * from, from, out var b0, out var b1, out var b2, out var b3);
        Avx.Store(target, Avx.Permute2x128(a0, b0, 0x20));
        Avx.Store(target + to, Avx.Permute2x128(a1, b1, 0x20));
        Avx.Store(target + 2 * to, Avx.Permute2x128(a2, b2, 0x20));
        Avx.Store(target + 3 * to, Avx.Permute2x128(a3, b3, 0x20));
        Avx.Store(target + 4 * to, Avx.Permute2x128(a0, b0, 0x31));
        Avx.Store(target + 5 * to, Avx.Permute2x128(a1, b1, 0x31));
        Avx.Store(target + 6 * to, Avx.Permute2x128(a2, b2, 0x31));
        Avx.Store(target + 7 * to, Avx.Permute2x128(a3, b3, 0x31));
    }

    /// <summary>The same for a block of 4×4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Block4(float* source, int sourceStride, float* target, int targetStride)
    {
        long from = sourceStride, to = targetStride;
        var r0 = Lanes128.Load(source);
        var r1 = Lanes128.Load(source + from);
        var r2 = Lanes128.Load(source + 2 * from);
        var r3 = Lanes128.Load(source + 3 * from);
        var low02 = Lanes128.ZipLow(r0, r2);
        var low13 = Lanes128.ZipLow(r1, r3);
        var high02 = Lanes128.ZipHigh(r0, r2);
        var high13 = Lanes128.ZipHigh(r1, r3);
        Lanes128.Store(target, Lanes128.ZipLow(low02, low13));
        Lanes128.Store(target + to, Lanes128.ZipHigh(low02, low13));
        Lanes128.Store(target + 2 * to, Lanes128.ZipLow(high02, high13));
        Lanes128.Store(target + 3 * to, Lanes128.ZipHigh(high02, high13));
    }

    // Four rows: pairs are woven, then pairs of pairs. column j holds columns j and 4 + j of the rows, a half each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weave(float* source, long stride, out Vector256<float> column0, out Vector256<float> column1, out Vector256<float> column2,
        out Vector256<float> column3)
    {
        var r0 = Avx.LoadVector256(source);
        var r1 = Avx.LoadVector256(source + stride);
        var r2 = Avx.LoadVector256(source + 2 * stride);
        var r3 = Avx.LoadVector256(source + 3 * stride);
        var low01 = Avx.UnpackLow(r0, r1);
        var high01 = Avx.UnpackHigh(r0, r1);
        var low23 = Avx.UnpackLow(r2, r3);
        var high23 = Avx.UnpackHigh(r2, r3);
        column0 = Avx.Shuffle(low01, low23, 0x44);
        column1 = Avx.Shuffle(low01, low23, 0xEE);
        column2 = Avx.Shuffle(high01, high23, 0x44);
        column3 = Avx.Shuffle(high01, high23, 0xEE);
    }
}
