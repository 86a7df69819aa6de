using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <content>Loops over the lanes of a warp.</content>
internal static partial class PtxActions
{
    private static PtxAction Floats(Func<float, float, float> f) => (g, i, first, mask) =>
        Each(g.Floats(i.Operands[0], first), g.Floats(i.Operands[1], first), g.Floats(i.Operands[2], first), mask, f);

    private static PtxAction Float(Func<float, float> f) => (g, i, first, mask) =>
    {
        var a = g.Floats(i.Operands[1], first);
        Each(g.Floats(i.Operands[0], first), a, a, mask, (x, _) => f(x));
    };

    private static void FusedFloats(PtxGroup g, PtxInstruction i, int first, uint mask)
    {
        Span<float> d = g.Floats(i.Operands[0], first), a = g.Floats(i.Operands[1], first), b = g.Floats(i.Operands[2], first),
            c = g.Floats(i.Operands[3], first);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = MathF.FusedMultiplyAdd(a[lane], b[lane], c[lane]);
        }
    }

    private static PtxAction Words(Func<uint, uint, uint> f) => (g, i, first, mask) =>
        Each(g.Words(i.Operands[0], first), g.Words(i.Operands[1], first), g.Words(i.Operands[2], first), mask, f);

    private static PtxAction Words(Func<uint, uint, uint, uint> f) => (g, i, first, mask) =>
    {
        Span<uint> d = g.Words(i.Operands[0], first), a = g.Words(i.Operands[1], first), b = g.Words(i.Operands[2], first), c = g.Words(i.Operands[3], first);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = f(a[lane], b[lane], c[lane]);
        }
    };

    private static PtxAction Word(Func<uint, uint> f) => (g, i, first, mask) =>
    {
        var a = g.Words(i.Operands[1], first);
        Each(g.Words(i.Operands[0], first), a, a, mask, (x, _) => f(x));
    };

    private static PtxAction Wides(Func<ulong, ulong, ulong> f) => (g, i, first, mask) =>
        Each(g.Wides(i.Operands[0], first), g.Wides(i.Operands[1], first), g.Wides(i.Operands[^1], first), mask, f);

    private static PtxAction Wides(Func<ulong, ulong, ulong, ulong> f) => (g, i, first, mask) =>
    {
        Span<ulong> d = g.Wides(i.Operands[0], first), a = g.Wides(i.Operands[1], first), b = g.Wides(i.Operands[2], first), c = g.Wides(i.Operands[3], first);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = f(a[lane], b[lane], c[lane]);
        }
    };

    private static PtxAction Shifted(Func<ulong, int, ulong> f) => (g, i, first, mask) =>
    {
        Span<ulong> d = g.Wides(i.Operands[0], first), a = g.Wides(i.Operands[1], first);
        var b = g.Words(i.Operands[2], first);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = f(a[lane], (int)Math.Min(b[lane], 64));
        }
    };

    private static PtxAction Widened(Func<uint, uint, ulong> f) => (g, i, first, mask) =>
    {
        var d = g.Wides(i.Operands[0], first);
        Span<uint> a = g.Words(i.Operands[1], first), b = g.Words(i.Operands[^1], first);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = f(a[lane], b[lane]);
        }
    };

    private static void MultipliedWide(PtxGroup g, PtxInstruction i, int first, uint mask)
    {
        Span<ulong> d = g.Wides(i.Operands[0], first), c = g.Wides(i.Operands[3], first);
        Span<uint> a = g.Words(i.Operands[1], first), b = g.Words(i.Operands[2], first);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = (ulong)((long)(int)a[lane] * (int)b[lane]) + c[lane];
        }
    }

    private static PtxAction Narrowed(Func<ulong, ulong, uint> f) => (g, i, first, mask) =>
    {
        var d = g.Words(i.Operands[0], first);
        Span<ulong> a = g.Wides(i.Operands[1], first), b = g.Wides(i.Operands[^1], first);
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = f(a[lane], b[lane]);
        }
    };

    private static PtxAction Compared<T>(Func<T, T, bool> f)
        where T : unmanaged => (g, i, first, mask) =>
    {
        var d = g.Words(i.Operands[0], first);
        Span<T> a = MemoryMarshal.Cast<uint, T>(g.Words(i.Operands[1], first)), b = MemoryMarshal.Cast<uint, T>(g.Words(i.Operands[2], first));
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = f(a[lane], b[lane]) ? 1u : 0u;
        }
    };

    private static void Each<T>(Span<T> d, Span<T> a, Span<T> b, uint mask, Func<T, T, T> f)
    {
        if (mask == uint.MaxValue)
        {
            a = a[..d.Length];
            b = b[..d.Length];
            for (var lane = 0; lane < d.Length; lane++) d[lane] = f(a[lane], b[lane]);
            return;
        }

        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            d[lane] = f(a[lane], b[lane]);
        }
    }
}
