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
        // What the collector gives again is not zero by itself.
        Use(bytes);
        GC.Collect();
        var buffer = new AlignedBuffer(bytes);
        Assert.Equal(0u, (nuint)buffer.Start % AlignedBuffer.Alignment);
        Assert.Equal(bytes, buffer.LengthInBytes);
        Assert.True(new ReadOnlySpan<byte>(buffer.Start, (int)bytes + 256).IndexOfAnyExcept((byte)0) < 0);
        GC.KeepAlive(buffer);
    }

    [Fact]
    public void Span_OutlivesItsBuffer()
    {
        var span = Filled(1 << 20);
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Use(4 << 20);
        }

        Assert.Equal(-1, span.IndexOfAnyExcept(7f));
    }

    [Fact]
    public void Span_BeyondTheEnd_Throws()
    {
        var buffer = AlignedBuffer.OfFloats(100);
        Assert.Equal(40, buffer.Span<float>(60, 40).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Span<float>(60, 41).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Span<double>(0, 51).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Span<float>(-1, 1).Length);
    }

    [Theory]
    [InlineData(1L << 42)]
    [InlineData(1L << 60)]
    public void Memory_that_there_is_not_is_refused_with_both_numbers(long bytes)
    {
        var error = Assert.Throws<InsufficientMemoryException>(() => new AlignedBuffer(bytes));
        Assert.Matches($"^A buffer needs {bytes.ToString(CultureInfo.InvariantCulture)} bytes, and [1-9][0-9]+ are available.$", error.Message);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Use(long bytes)
    {
        var used = new AlignedBuffer(bytes);
        new Span<byte>(used.Start, (int)bytes + 256).Fill(0xA5);
        GC.KeepAlive(used);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static Span<float> Filled(int length)
    {
        var span = AlignedBuffer.OfFloats(length).Span<float>(0, length);
        span.Fill(7f);
        return span;
    }

    [Fact]
    public void Large_memory_asks_Linux_for_large_pages()
    {
        // Without them in the kernel there is nothing to ask.
        if (!Directory.Exists("/sys/kernel/mm/transparent_hugepage")) return;
        var large = new AlignedBuffer(64 << 20);
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
