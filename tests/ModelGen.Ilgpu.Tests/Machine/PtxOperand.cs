namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>An operand of an instruction, resolved.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Register">The number of a register, or of the register that an address starts from (-1 without one); of 64 or of 32 bits.</param>
/// <param name="Offset">What an address adds; the place of a parameter.</param>
/// <param name="Parts">The registers of a vector.</param>
/// <param name="IsNarrow">Whether an address starts from a register of 32 bits.</param>
internal sealed record PtxOperand(PtxOperandKind Kind, int Register, long Offset = 0, IReadOnlyList<PtxOperand>? Parts = null, bool IsNarrow = false)
{
    public bool Is64 => Kind == PtxOperandKind.Wide;

    /// <summary>The registers it stands for: those of a vector, or itself.</summary>
    public IReadOnlyList<PtxOperand> Each => Parts ?? [this];
}
