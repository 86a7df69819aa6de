namespace ILGPU.Runtime.Cuda;

/// <summary>An operand that is read and written.</summary>
public struct Ref<T> : ICudaAsmEmitParameter
    where T : struct
{
    /// <summary>The operand.</summary>
    public T Value;

    /// <summary>Wraps a value.</summary>
    public static implicit operator Ref<T>(T value) => new() { Value = value };
}
