using System.Globalization;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>The allocations of a device.</summary>
internal sealed class MemoryMap
{
    private readonly SortedList<long, MemoryBlock> _blocks = [];

    public MemoryBlock Allocate(long bytes)
    {
        var block = new MemoryBlock(bytes);
        lock (_blocks) _blocks.Add(block.Start, block);
        return block;
    }

    public void Free(MemoryBlock block)
    {
        lock (_blocks) _blocks.Remove(block.Start);
        block.Dispose();
    }

    /// <summary>The allocation that holds a range of addresses.</summary>
    /// <exception cref="PtxException">None does.</exception>
    public MemoryBlock Find(long address, int length)
    {
        foreach (var block in _blocks.Values)
            if (block.Holds(address, length)) return block;
        var nearest = _blocks.Values.Where(b => b.Start <= address).LastOrDefault();
        throw new PtxException(nearest is null
            ? "touches an address below every allocation"
            : string.Create(CultureInfo.InvariantCulture, $"touches {address - nearest.Start} bytes behind the start of an allocation of {nearest.Bytes}"));
    }
}
