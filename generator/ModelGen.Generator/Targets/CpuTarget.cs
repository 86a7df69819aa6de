using ModelGen.Generator.Support;

namespace ModelGen.Generator.Targets;

/// <summary>One vector width that kernels are compiled for: its registers, its arithmetic, and the register tiles that fill them.</summary>
/// <remarks>What does not depend on the width is in <see cref="CpuFamily"/>. Latency and ports are what most x86 cores since Skylake and Zen have
/// (uops.info): two fused multiply-adds of four cycles. Where a core starts only one of 512 bits in a cycle, half as many accumulators would do.</remarks>
/// <param name="Name">As it is printed above a kernel.</param>
/// <param name="Lanes">Floats in a vector.</param>
/// <param name="Registers">Vector registers that an instruction can name.</param>
/// <param name="FmaLatency">Cycles from the start of a fused multiply-add to the next that can use its result.</param>
/// <param name="FmaPorts">Fused multiply-adds that can start in one cycle.</param>
/// <param name="PanelColumns">Columns of a panel of a packed operand.</param>
/// <param name="TileRows">Rows of the largest micro-kernel of 1, 2, … vectors side by side: rows · vectors accumulators, at least as many as hide the latency
/// of a multiply-add, and with the vectors of B and one of A no more than there are registers (Low et al. 2016). There is one for each number of vectors that
/// a tile may be wide.</param>
/// <param name="DotTiles">Rows and columns of micro-kernels whose operands both lie along the summed axis: each result is an accumulator of its own.</param>
internal sealed record CpuTarget(
    string Name, int Lanes, int Registers, int FmaLatency, int FmaPorts, int PanelColumns, EquatableArray<int> TileRows,
    EquatableArray<(int Rows, int Columns)> DotTiles)
{
    private static readonly EquatableArray<(int, int)> s_dotTilesOf16Registers = EquatableArray.Of((3, 3), (5, 2), (2, 5));

    /// <summary>512-bit vectors: 14×16, 12×32, 8×48 or 6×64 micro-kernels.</summary>
    public static readonly CpuTarget Avx512 = new("AVX-512", 16, 32, 4, 2, 64, EquatableArray.Of(14, 12, 8, 6), EquatableArray.Of((4, 4)));

    /// <summary>256-bit vectors with fused multiply-add: 10×8 or 6×16 micro-kernels.</summary>
    public static readonly CpuTarget Avx2 = new("AVX2", 8, 16, 4, 2, 16, EquatableArray.Of(10, 6), s_dotTilesOf16Registers) { ComputesPairs = true };

    /// <summary>128-bit vectors: ARM's AdvSimd, which has 32 of them, and starts two fused multiply-adds in a cycle on all but the largest cores.</summary>
    public static readonly CpuTarget Vector128 = new("128 bit", 4, 32, 4, 2, 16, EquatableArray.Of(14, 12, 8, 6), EquatableArray.Of((4, 4)));

    /// <summary>Numbers instead of vectors: what runs where there is none of the others, and reads as the formula does.</summary>
    public static readonly CpuTarget Plain = new("plain", 1, 16, 4, 2, 16, EquatableArray.Of(4, 4, 4, 4), s_dotTilesOf16Registers);

    /// <summary>Gets a value indicating whether functions that are a latency-bound chain of operations are computed for two vectors at a time; 512-bit
    /// vectors keep the ports busy alone.</summary>
    public bool ComputesPairs { get; init; }

    /// <summary>Gets a value indicating whether there are numbers instead of vectors.</summary>
    public bool IsPlain => Lanes == 1;

    /// <summary>Gets the multiply-adds that have to be under way together to keep all ports busy: with fewer accumulators a loop is latency-bound.</summary>
    public int SumsInFlight => FmaLatency * FmaPorts;
}
