namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>One instruction of a kernel.</summary>
/// <param name="Text">As it stands in the kernel, without its guard.</param>
/// <param name="Code">Everything before the operands: <c>ld.shared.v4.f32</c>.</param>
/// <param name="Guard">The predicate that a thread needs to execute it; -1 for none.</param>
/// <param name="IsGuardNegated">Whether it is executed where the predicate is false.</param>
/// <param name="Operands">In the order of the text.</param>
/// <param name="Names">The operands as text.</param>
internal sealed record PtxInstruction(string Text, string Code, int Guard, bool IsGuardNegated, IReadOnlyList<PtxOperand> Operands, IReadOnlyList<string> Names)
{
    /// <summary>What a branch goes to; -1 for anything else.</summary>
    public int Target { get; set; } = -1;

    public bool IsBranch => Code.StartsWith("bra", StringComparison.Ordinal);

    public bool IsBarrier => Code.StartsWith("bar.", StringComparison.Ordinal) || Code.StartsWith("barrier.", StringComparison.Ordinal);

    public bool IsReturn => Code is "ret" or "exit";

    public bool FallsThrough => Guard >= 0 || !(IsBranch || IsReturn);

    /// <summary>Executes it for the lanes of a warp that are in a mask; null for branches, barriers and returns,
    /// and for what the machine does not know.</summary>
    public PtxAction? Run { get; init; }

    /// <summary>The allocation that it touched last: mostly the one that it touches next.</summary>
    public MemoryBlock? LastBlock { get; set; }
}
