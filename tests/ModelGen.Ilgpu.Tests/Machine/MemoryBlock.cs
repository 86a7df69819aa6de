using System.Runtime.InteropServices;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>An allocation on the device, with what is known of each of its words.</summary>
internal sealed unsafe class MemoryBlock : IDisposable
{
    private const byte Poison = 0xCD;

    public MemoryBlock(long bytes)
    {
        Bytes = bytes;
        Touches = new Touch[(bytes + 3) / 4];
        Start = (nint)NativeMemory.AlignedAlloc((nuint)Math.Max(bytes, 4), 256);
        new Span<byte>((void*)Start, (int)bytes).Fill(Poison);
    }

    public nint Start { get; private set; }

    public long Bytes { get; }

    /// <summary>Who touched each word in the launch that runs.</summary>
    public Touch[] Touches { get; }

    public bool Holds(long address, int length) => address >= Start && address + length <= Start + Bytes;

    public void Dispose()
    {
        NativeMemory.AlignedFree((void*)Start);
        Start = 0;
    }
}
