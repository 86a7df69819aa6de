using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ModelGen.Tests.Runtime;

/// <summary>Arrays of NumPy and IDX, and texts.</summary>
public sealed class NpyTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("<f4", "float32", new byte[] { 0, 0, 0xC0, 0x3F, 0, 0, 0, 0xC0 }, 1.5, -2)]
    [InlineData("<f2", "float16", new byte[] { 0, 0x3E, 0, 0xC0 }, 1.5, -2)]
    [InlineData(">f8", "float64", new byte[] { 0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, 1.5, -2)]
    [InlineData("|i1", "int8", new byte[] { 0xFF, 5 }, -1, 5)]
    [InlineData("|u1", "uint8", new byte[] { 0xFF, 5 }, 255, 5)]
    [InlineData(">i2", "int16", new byte[] { 0xFF, 0xFE, 1, 0 }, -2, 256)]
    [InlineData("<u2", "uint16", new byte[] { 0xFE, 0xFF, 1, 0 }, 65534, 1)]
    [InlineData("<i4", "int32", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 1, 0, 0, 0 }, -2, 1)]
    [InlineData(">u4", "uint32", new byte[] { 0xFF, 0xFF, 0xFF, 0xFE, 0, 0, 0, 1 }, 4294967294, 1)]
    [InlineData("<i8", "int64", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 1, 0, 0, 0 }, -2, 4294967296)]
    [InlineData("|b1", "bool", new byte[] { 0, 1 }, 0, 1)]
    public void Load_EachType(string type, string name, byte[] data, double first, double second)
    {
        File.WriteAllBytes(_file, Array(type, "(2,)", data));
        var array = Npy.Load(_file);
        Assert.Equal(name, array.Type);
        Assert.Equal([2], array.Shape);
        Assert.Equal([first, second], array.Values.ToArray());
    }

    [Fact]
    public void Save_IsLoadedAgain_AsColumns()
    {
        Npy.Save(_file, [1, 2, 3, 4, 5, 6.5f], 3, 1, 2);
        var bytes = File.ReadAllBytes(_file);
        Assert.Equal(0, (bytes.Length - 24) % 64);
        Assert.Contains("{'descr': '<f4', 'fortran_order': False, 'shape': (3,1,2,), }", Encoding.ASCII.GetString(bytes));
        var column = Npy.Load(_file).ToFloatColumn("x");
        Assert.Equal("x f32[N,1,2]", column.ToString());
        Assert.Equal([5, 6.5f], column.Row(2).ToArray());
        Assert.Contains("Element 5 is 6.5", Assert.Throws<InvalidOperationException>(() => Npy.Load(_file).ToLabelColumn("y")).Message);
        Npy.Save(_file, [3, 1, 2], 3);
        Assert.Equal([1], Npy.Load(_file).ToLabelColumn("y").Row(1).ToArray());
        Assert.Throws<ArgumentException>(() => Npy.Save(_file, [1, 2], 3));
    }

    [Fact]
    public void LoadArchive_GivesItsArraysByName()
    {
        using (var zip = ZipFile.Open(_file, ZipArchiveMode.Create))
        {
            foreach (var (name, size) in new[] { ("x.npy", 2), ("labels.npy", 1) })
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Array("|u1", $"({size},)", new byte[size]));
            }
        }

        var arrays = Npy.LoadArchive(_file);
        Assert.Equal(["labels", "x"], arrays.Keys.Order());
        Assert.Equal(2, arrays["x"].Values.Length);
        File.WriteAllText(_file, "no zip");
        Assert.Contains("no zip archive", Assert.Throws<DataFormatException>(() => Npy.LoadArchive(_file)).Message);
    }

    [Fact]
    public void Load_WhatIsDamaged_SaysWhatAndWhere()
    {
        Refuses(0, "does not begin with", [1, 2, 3]);
        Refuses(6, "version is 9", [0x93, .. "NUMPY"u8, 9, 0]);
        Refuses(8, "inside its header", [0x93, .. "NUMPY"u8, 1, 0]);
        Refuses(10, "type of the elements is '<c8'", Array("<c8", "(1,)", new byte[8]));
        Refuses(10, "type of the elements is '|O'", Array("|O", "(1,)", new byte[8]));
        Refuses(10, "Fortran's order", Array("<f4", "(1, 2)", new byte[8], "True"));
        Refuses(10, "size of axis 0", Array("<f4", "(99999999999999,)", new byte[8]));
        Refuses(128, "promises 3 elements of 4 bytes, but 8 bytes", Array("<f4", "(3,)", new byte[8]));
        Refuses(128, "promises", Array("<f4", "(2000000000, 2000000000, 2000000000)", new byte[8]));
        Refuses(132, "goes on after", Array("<f4", "()", new byte[8]));

        void Refuses(long offset, string message, byte[] bytes)
        {
            File.WriteAllBytes(_file, bytes);
            var error = Assert.Throws<DataFormatException>(() => Npy.Load(_file));
            Assert.Contains(message, error.Message);
            Assert.Equal(offset, error.Offset);
        }
    }

    [Theory]
    [InlineData(0x08, new byte[] { 255, 1 }, 255, 1)]
    [InlineData(0x09, new byte[] { 255, 1 }, -1, 1)]
    [InlineData(0x0B, new byte[] { 255, 254, 0, 1 }, -2, 1)]
    [InlineData(0x0C, new byte[] { 255, 255, 255, 254, 0, 0, 0, 1 }, -2, 1)]
    [InlineData(0x0D, new byte[] { 0x3F, 0xC0, 0, 0, 0xC0, 0, 0, 0 }, 1.5, -2)]
    [InlineData(0x0E, new byte[] { 0x3F, 0xF8, 0, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0 }, 1.5, -2)]
    public void Idx_EachType_PlainAndPacked(byte type, byte[] data, double first, double second)
    {
        byte[] bytes = [0, 0, type, 2, 0, 0, 0, 1, 0, 0, 0, 2, .. data];
        File.WriteAllBytes(_file, bytes);
        Check();
        using (var packed = new GZipStream(File.Create(_file), CompressionMode.Compress))
            packed.Write(bytes);
        Check();
        File.WriteAllBytes(_file, bytes[..^1]);
        Assert.Contains("truncated", Assert.Throws<DataFormatException>(() => Idx.LoadArray(_file)).Message);
        File.WriteAllBytes(_file, [.. bytes, 0]);
        Assert.Contains("goes on", Assert.Throws<DataFormatException>(() => Idx.LoadArray(_file)).Message);
        bytes[2] = 7;
        File.WriteAllBytes(_file, bytes);
        Assert.Equal(2, Assert.Throws<DataFormatException>(() => Idx.LoadArray(_file)).Offset);

        void Check()
        {
            var array = Idx.LoadArray(_file);
            Assert.Equal([1, 2], array.Shape);
            Assert.Equal([first, second], array.Values.ToArray());
        }
    }

    [Fact]
    public void Text_BecomesWindowsOfIndices()
    {
        File.WriteAllText(_file, "ab\nba");
        var text = TextData.Load(_file);
        Assert.Equal("\nab", text.Alphabet);
        Assert.Equal([1, 2, 0, 2, 1], text.Indices);
        Assert.Equal("ba", text.Decode([2, 1]));
        var windows = text.Windows(2, stride: 2);
        Assert.Equal(2, windows.Count);
        Assert.Equal([0, 2], ((LabelColumn)windows.Columns[0]).Row(1).ToArray());
        Assert.Equal([2, 1], ((LabelColumn)windows.Columns[1]).Row(1).ToArray());
        Assert.Contains("Line 2 has 'b' (U+0062)", Assert.Throws<ArgumentException>(() => new TextData("a\nba", "a\n")).Message);
        Assert.Contains("Line 1 has 'b'", Assert.Throws<DataFormatException>(() => TextData.Load(_file, "a\n")).Message);
        Assert.Throws<InvalidOperationException>(() => text.Windows(5));
        File.WriteAllBytes(_file, [(byte)'a', 0xC3, 0x28]);
        Assert.Throws<DataFormatException>(() => TextData.Load(_file));
    }

    private static byte[] Array(string type, string shape, byte[] data, string fortran = "False")
    {
        var header = $"{{'descr': '{type}', 'fortran_order': {fortran}, 'shape': {shape}, }}".PadRight(117) + "\n";
        var bytes = new byte[10 + header.Length];
        new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0 }.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)header.Length);
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(10));
        return [.. bytes, .. data];
    }
}
