namespace ILGPU.Runtime.Cuda;

/// <summary>An operand that is read.</summary>
public struct Input<T> : ICudaAsmEmitParameter
    where T : struct
{
    /// <summary>The operand.</summary>
    public T Value;

    /// <summary>Wraps a value.</summary>
    public static implicit operator Input<T>(T value) => new() { Value = value };
}
