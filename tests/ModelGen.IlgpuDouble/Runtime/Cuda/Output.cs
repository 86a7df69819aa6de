namespace ILGPU.Runtime.Cuda;

/// <summary>An operand that is written.</summary>
public struct Output<T> : ICudaAsmEmitParameter
    where T : struct
{
    /// <summary>The operand.</summary>
    public T Value;
}
