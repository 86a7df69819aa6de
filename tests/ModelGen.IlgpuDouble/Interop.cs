namespace ILGPU;

/// <summary>Numbers as bits.</summary>
public static class Interop
{
    /// <summary>The bits of a number.</summary>
    public static uint FloatAsInt(float value) => BitConverter.SingleToUInt32Bits(value);

    /// <summary>The number of some bits.</summary>
    public static float IntAsFloat(uint value) => BitConverter.UInt32BitsToSingle(value);

    /// <summary>Bytes of a type.</summary>
    public static unsafe int SizeOf<T>()
        where T : unmanaged => sizeof(T);
}
