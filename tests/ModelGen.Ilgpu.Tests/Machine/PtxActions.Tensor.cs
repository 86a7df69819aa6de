using System.Numerics;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <content>Tensor cores: products of a whole warp, the loads that prepare them, and copies to shared memory that run by themselves.</content>
internal static partial class PtxActions
{
    private const int Rows = 16, Columns = 8, Depth = 8;

    private static PtxAction? Tensor(string code) => code switch
    {
        "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32" => MultiplyTensorFloats,
        "ldmatrix.sync.aligned.m8n8.x4.shared.b16" => LoadMatrices,
        "cp.async.cg.shared.global" => BeginCopy,
        "cp.async.commit_group" => (g, _, first, mask) => ForEach(mask, lane => g.CommitCopies(first + lane)),
        "cp.async.wait_group" => (g, i, first, mask) => ForEach(mask, lane => g.WaitForCopies(i, first + lane, (int)g.Words(i.Operands[0], first)[lane])),
        _ => null,
    };

    // The fraction of FP32 cut to 10 digits: what the tensor cores make of other numbers is not written down, and this is the worst of it.
    private static float CutOff(uint bits) => BitConverter.UInt32BitsToSingle(bits & ~0x1FFFu);

    // To the nearest, halves away from zero.
    private static uint RoundToTensorFloat(uint bits) => float.IsFinite(BitConverter.UInt32BitsToSingle(bits)) ? (bits + 0x1000) & ~0x1FFFu : bits;

    private static void MultiplyTensorFloats(PtxGroup g, PtxInstruction i, int first, uint mask)
    {
        if (mask != uint.MaxValue) throw g.Failure("needs the whole warp", i, first);
        Span<double> a = stackalloc double[Rows * Depth], b = stackalloc double[Depth * Columns];
        for (var r = 0; r < 4; r++)
        {
            var words = g.Words(i.Operands[1].Each[r], first);
            for (var lane = 0; lane < 32; lane++) a[(((lane / 4) + (r % 2 * 8)) * Depth) + (lane % 4) + (r / 2 * 4)] = CutOff(words[lane]);
        }

        for (var r = 0; r < 2; r++)
        {
            var words = g.Words(i.Operands[2].Each[r], first);
            for (var lane = 0; lane < 32; lane++) b[(((lane % 4) + (r * 4)) * Columns) + (lane / 4)] = CutOff(words[lane]);
        }

        for (var r = 0; r < 4; r++)
        {
            Span<float> to = g.Floats(i.Operands[0].Each[r], first), from = g.Floats(i.Operands[3].Each[r], first);
            for (var lane = 0; lane < 32; lane++)
            {
                int row = (lane / 4) + (r / 2 * 8), column = (lane % 4 * 2) + (r % 2);
                double sum = from[lane];
                for (var k = 0; k < Depth; k++) sum += a[(row * Depth) + k] * b[(k * Columns) + column];
                to[lane] = (float)sum;
            }
        }
    }

    // Eight lanes name the rows of a matrix, 16 bytes each; then each lane has a word: its row is the lane's number over 4.
    private static unsafe void LoadMatrices(PtxGroup g, PtxInstruction i, int first, uint mask)
    {
        if (mask != uint.MaxValue) throw g.Failure("needs the whole warp", i, first);
        var starts = g.Words(i.Operands[1], first);
        var places = stackalloc nint[32];
        for (var lane = 0; lane < 32; lane++) places[lane] = g.SharedPlace(i, starts[lane] + i.Operands[1].Offset, 16, isWrite: false, first + lane);
        for (var matrix = 0; matrix < 4; matrix++)
        {
            var to = g.Words(i.Operands[0].Each[matrix], first);
            for (var lane = 0; lane < 32; lane++) to[lane] = ((uint*)places[(matrix * 8) + (lane / 4)])[lane % 4];
        }
    }

    private static unsafe void BeginCopy(PtxGroup g, PtxInstruction i, int first, uint mask)
    {
        for (; mask != 0; mask &= mask - 1)
        {
            var lane = BitOperations.TrailingZeroCount(mask);
            var thread = first + lane;
            var bytes = i.Operands.Count > 3 ? (int)g.Words(i.Operands[3], first)[lane] : 16;
            var data = new byte[16];
            if (bytes != 0)
            {
                var from = g.GlobalPlace(i, (long)g.Wides(i.Operands[1], first)[lane] + i.Operands[1].Offset, 16, isWrite: false, thread);
                new Span<byte>((void*)from, bytes).CopyTo(data);
            }

            g.BeginCopy(i, g.Words(i.Operands[0], first)[lane] + i.Operands[0].Offset, data, thread);
        }
    }

    private static void ForEach(uint mask, Action<int> action)
    {
        for (; mask != 0; mask &= mask - 1) action(BitOperations.TrailingZeroCount(mask));
    }
}
