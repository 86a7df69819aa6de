using System.Numerics;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <content>Loads and stores.</content>
internal static partial class PtxActions
{
    private static PtxAction? Memory(string[] parts, IReadOnlyList<PtxOperand> operands)
    {
        var isLoad = parts[0] == "ld";
        var space = parts.Length > 2 ? parts[1] : "";
        var isWide = parts[^1].EndsWith("64", StringComparison.Ordinal);
        if (!isWide && !parts[^1].EndsWith("32", StringComparison.Ordinal)) return null;
        var address = operands[isLoad ? 1 : 0];
        var values = operands[isLoad ? 0 : 1].Each;
        var size = isWide ? 8 : 4;
        return space switch
        {
            "param" => (g, _, first, mask) => Parameter(g, values[0], (int)address.Offset, first, mask),
            "shared" => (g, i, first, mask) => Access(g, i, values, address, size, isLoad, isShared: true, first, mask),
            "global" => (g, i, first, mask) => Access(g, i, values, address, size, isLoad, isShared: false, first, mask),
            _ => null,
        };
    }

    private static void Parameter(PtxGroup g, PtxOperand to, int offset, int first, uint mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            if (to.Is64) g.Wides(to, first)[lane] = BitConverter.ToUInt64(g.Parameters, offset);
            else g.Words(to, first)[lane] = BitConverter.ToUInt32(g.Parameters, offset);
        }
    }

    private static unsafe void Access(PtxGroup g, PtxInstruction i, IReadOnlyList<PtxOperand> values, PtxOperand address, int size, bool isLoad, bool isShared,
        int first, uint mask)
    {
        // Inline text has addresses in shared memory of 32 bits.
        Span<ulong> starts = address is { Register: >= 0, IsNarrow: false } ? g.Wides(address, first) : default;
        Span<uint> narrow = address is { Register: >= 0, IsNarrow: true } ? g.Words(address, first) : default;
        var bytes = size * values.Count;
        var places = stackalloc nint[32];
        for (var rest = mask; rest != 0; rest &= rest - 1)
        {
            var lane = BitOperations.TrailingZeroCount(rest);
            var at = (!starts.IsEmpty ? (long)starts[lane] : !narrow.IsEmpty ? narrow[lane] : 0) + address.Offset;
            places[lane] = isShared ? g.SharedPlace(i, at, bytes, !isLoad, first + lane) : g.GlobalPlace(i, at, bytes, !isLoad, first + lane);
        }

        for (var v = 0; v < values.Count; v++)
        {
            Span<uint> words = size == 4 ? g.Words(values[v], first) : default;
            Span<ulong> wides = size == 8 ? g.Wides(values[v], first) : default;
            for (var rest = mask; rest != 0; rest &= rest - 1)
            {
                var lane = BitOperations.TrailingZeroCount(rest);
                var place = places[lane] + (v * size);
                if (size == 8 && isLoad) wides[lane] = *(ulong*)place;
                else if (size == 8) *(ulong*)place = wides[lane];
                else if (isLoad) words[lane] = *(uint*)place;
                else *(uint*)place = words[lane];
            }
        }
    }
}
