using System.IO.Compression;

namespace ModelGen.Tests.Runtime;

public sealed class CifarTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cifar-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void LoadFolder_PlainAndPacked_GivesRecordsInOrder()
    {
        Write("data_batch_1.bin", Record(3, 10), Record(9, 20));
        WritePacked("data_batch_2.bin.gz", Record(0, 30));
        WritePacked("data_batch_1.bin.gz", Record(5, 99));
        WritePacked("test_batch_first.bin.gz", Record(7, 40));
        var (train, test) = Cifar.LoadFolder(_folder);
        Assert.Equal([3, 9, 0], Enumerable.Range(0, 3).Select(i => ((LabelColumn)train.Columns[1]).Row(i)[0]));
        var image = (ByteColumn)train.Columns[0];
        Assert.Equal([3, 32, 32], image.Shape);
        Assert.Equal(30, image.Row(2)[0]);
        Assert.Equal(31, image.Row(2)[3071]);
        Assert.Equal(1, test.Count);
    }

    [Fact]
    public void Load_TruncatedFile_SaysWhere()
    {
        var path = Write("a.bin", Record(1, 1), [2, 3, 4]);
        var error = Assert.Throws<DataFormatException>(() => Cifar.Load(path));
        Assert.Equal(3073, error.Offset);
        Assert.Contains("truncated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BadLabel_NamesRecordAndRange()
    {
        var path = Write("a.bin", Record(1, 1), Record(10, 1));
        Assert.Contains("the label of record 1 is 10; it must be from 0 to 9", Assert.Throws<DataFormatException>(() => Cifar.Load(path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedGzip_SaysSo()
    {
        var path = Write("a.bin.gz", [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
        Assert.Contains("gzip", Assert.Throws<DataFormatException>(() => Cifar.Load(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Load_SmallFileThatUnpacksToMuch_TakesMemoryForItsImagesAlone(int rest, bool isValid)
    {
        // 30 MB of zeros, which pack to 0.3 MB, are valid records; with a byte more they are none, and nothing is kept of them.
        var content = new byte[(10_000 * 3073) + rest];
        WritePacked("a.bin.gz", content);
        var path = Path.Combine(_folder, "a.bin.gz");
        Assert.InRange(new FileInfo(path).Length, 1, 400_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (isValid)
            Assert.Equal(10_000, Cifar.Load(path).Count);
        else
            Assert.Throws<DataFormatException>(() => Cifar.Load(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (isValid ? content.Length : 0) + 2_000_000);
    }

    [Fact]
    public void LoadFolder_WithoutTestBatch_NamesIt()
    {
        Write("data_batch_1.bin", Record(3, 10));
        Assert.Contains("test_batch*.bin", Assert.Throws<FileNotFoundException>(() => Cifar.LoadFolder(_folder)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => Cifar.LoadFolder(Path.Combine(_folder, "none")));
    }

    private static byte[] Record(byte label, byte first)
    {
        var record = new byte[3073];
        Array.Fill(record, (byte)(first + 1), 1, 3072);
        (record[0], record[1]) = (label, first);
        return record;
    }

    private string Write(string name, params byte[][] parts)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, [.. parts.SelectMany(p => p)]);
        return path;
    }

    private void WritePacked(string name, byte[] content)
    {
        using var gzip = new GZipStream(File.Create(Path.Combine(_folder, name)), CompressionLevel.Fastest);
        gzip.Write(content);
    }
}
