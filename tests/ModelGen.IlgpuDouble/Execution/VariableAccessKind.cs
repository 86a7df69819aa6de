namespace ILGPU.Execution;

/// <summary>What an instruction does with a variable.</summary>
internal enum VariableAccessKind
{
    /// <summary>Pushes the value.</summary>
    Load,

    /// <summary>Pushes the address.</summary>
    Address,

    /// <summary>Pops into it.</summary>
    Store,
}
