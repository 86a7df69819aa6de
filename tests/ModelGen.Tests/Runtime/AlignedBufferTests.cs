using System.Globalization;
using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

public sealed unsafe class AlignedBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData((4 << 20) - 256)]
    [InlineData((9 << 20) + 12)]
    public void Memory_is_aligned_and_zero_also_behind_its_end(long bytes)
    {
        // What the allocator gives again is not zero by itself.
        using (var used = new AlignedBuffer(bytes)) new Span<byte>(used.Start, (int)bytes + 256).Fill(0xA5);
        using var buffer = new AlignedBuffer(bytes);
        Assert.Equal(0u, (nuint)buffer.Start % AlignedBuffer.Alignment);
        Assert.Equal(bytes, buffer.LengthInBytes);
        Assert.True(new ReadOnlySpan<byte>(buffer.Start, (int)bytes + 256).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public void Large_memory_asks_Linux_for_large_pages()
    {
        // Without them in the kernel there is nothing to ask.
        if (!Directory.Exists("/sys/kernel/mm/transparent_hugepage")) return;
        using var large = new AlignedBuffer(64 << 20);
        Assert.Equal(0u, (nuint)large.Start % (2 << 20));
        Assert.Contains("hg", Flags((nuint)large.Start));
    }

    // What the system notes of the mapping that an address lies in.
    private static string[] Flags(nuint address)
    {
        var isInside = false;
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var ends = words[0].Split('-');
            if (ends.Length == 2 && ulong.TryParse(ends[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var from))
                isInside = address >= from && address < ulong.Parse(ends[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            else if (isInside && words[0] == "VmFlags:") return words[1..];
        }
        throw new InvalidOperationException($"No mapping holds address {address:x}.");
    }
}
