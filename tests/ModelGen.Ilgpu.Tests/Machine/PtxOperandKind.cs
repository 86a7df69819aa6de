namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>The forms of an operand.</summary>
internal enum PtxOperandKind
{
    /// <summary>A register, a constant or a special register of 32 bits, or a predicate.</summary>
    Word,

    /// <summary>A register or a constant of 64 bits.</summary>
    Wide,

    /// <summary>[register + offset].</summary>
    Address,

    /// <summary>{a, b, c, d}.</summary>
    Vector,

    /// <summary>A label.</summary>
    Label,
}
