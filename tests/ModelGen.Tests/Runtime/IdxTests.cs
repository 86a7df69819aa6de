using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelGen.Tests.Runtime;

public sealed class IdxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idx").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_PlainOrPacked_GivesScaledPixelsAndLabels(bool packed)
    {
        var data = Idx.Load(File("images", Images(3, 2, 4), packed), File("labels", Labels(7, 0, 9), packed), mean: 0.5f, std: 0.25f);
        Assert.Equal(3, data.Count);
        Assert.Equal([1, 2, 4], data.Columns[0].Shape);
        using var batch = Fill(data, 10);
        for (var i = 0; i < 24; i++)
            Assert.Equal((i * 11 % 256 / 255.0 - 0.5) / 0.25, batch.Floats(0)[i], 1e-6);
        Assert.Equal([7, 0, 9], batch.Ints(1).ToArray());
    }

    [Theory]
    [InlineData(1000, 0)]
    [InlineData(999, -1)]
    [InlineData(1001, 1)]
    [InlineData(20_000, 1)]
    public void Load_SmallFileThatUnpacksToMuch_TakesMemoryForItsImagesAlone(int promised, int problem)
    {
        // 30 MiB of zeros behind a header that promises as many, fewer or more.
        byte[] header = [.. Images(1, 1, 1)[..16]];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), promised);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(8), 300);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(12), 100);
        var path = File("bomb.gz", [.. header, .. new byte[30_000_000]], packed: true);
        var labels = File("labels", Labels(new byte[promised]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        if (problem == 0)
            Assert.Equal(promised, Idx.Load(path, labels).Count);
        else
            Assert.Contains(problem < 0 ? "goes on after" : "truncated", Assert.Throws<DataFormatException>(() => Idx.Load(path, labels)).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (problem == 0 ? 30_000_000 : 0) + 2_000_000);
    }

    [Fact]
    public void LoadFolder_WithMixedNames_GivesBothSets()
    {
        File("train-images-idx3-ubyte.gz", Images(3, 2, 2), packed: true);
        File("train-labels.idx1-ubyte", Labels(1, 2, 3));
        File("t10k-images-idx3-ubyte", Images(1, 2, 2));
        File("t10k-labels-idx1-ubyte.gz", Labels(4), packed: true);
        var (train, test) = Idx.LoadFolder(_folder);
        Assert.Equal((3, 1), (train.Count, test.Count));
    }

    [Fact]
    public void LoadFolder_MissingFolderOrFiles_NamesTheFour()
    {
        Assert.Contains("t10k-labels-idx1-ubyte", Assert.Throws<DirectoryNotFoundException>(() => Idx.LoadFolder(Path.Combine(_folder, "none"))).Message);
        File("train-images-idx3-ubyte", Images(1, 1, 1));
        var missing = Assert.Throws<FileNotFoundException>(() => Idx.LoadFolder(_folder));
        Assert.Contains("lacks train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte.", missing.Message);
        Assert.Contains("Expected there: train-images-idx3-ubyte,", missing.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_TruncatedData_NamesOffsetAndSizes(bool packed)
    {
        var e = Fails(Images(3, 2, 4)[..^5], Labels(1, 2, 3), packed);
        Assert.Equal(16 + 19, e.Offset);
        Assert.Contains("has 19 bytes of data, its header promises 24", e.Message);
        Assert.Contains("images", e.Path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_HugePromise_FailsWithoutTakingTheMemory(bool packed)
    {
        var bytes = Images(3, 2, 4);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), 200_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("promises 1600000000", Fails(bytes, Labels(1), packed).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64_000_000);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), int.MaxValue);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), int.MaxValue);
        Assert.Contains("more than can be held", Fails(bytes, Labels(1), packed).Message);
    }

    [Fact]
    public void Load_TruncatedHeader_NamesOffset() =>
        Assert.Contains("offset 9: the file ends inside its header of 16 bytes", Fails(Images(1, 1, 1)[..9], Labels(1)).Message);

    [Fact]
    public void Load_EmptyFile_NamesOffset() => Assert.Equal(0, Fails([], Labels(1)).Offset);

    [Fact]
    public void Load_WrongMagic_NamesBoth()
    {
        Assert.Contains("the magic number is 2049 (0x00000801), expected 2051 (0x00000803) for images", Fails(Labels(1), Labels(1)).Message);
        Assert.Contains("expected 2049", Fails(Images(1, 1, 1), Images(1, 1, 1)).Message);
    }

    [Fact]
    public void Load_TrailingBytes_Fails() => Assert.Contains("goes on after the 4 bytes", Fails([.. Images(1, 2, 2), 0], Labels(1)).Message);

    [Fact]
    public void Load_NegativeOrZeroAxis_Fails()
    {
        var bytes = Images(1, 2, 2);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), -2);
        Assert.Contains("the size of axis 1 is -2", Fails(bytes, Labels(1)).Message);
    }

    [Fact]
    public void Load_DifferentCounts_NamesBoth() => Assert.Contains("there are 2 labels, but 3 images", Fails(Images(3, 1, 1), Labels(1, 2)).Message);

    [Fact]
    public void Load_LabelOutsideClasses_NamesItsPlace()
    {
        var e = Fails(Images(3, 1, 1), Labels(1, 2, 10));
        Assert.Equal(10, e.Offset);
        Assert.Contains("label 2 is 10; it must be from 0 to 9 (10 classes)", e.Message);
    }

    [Fact]
    public void Load_NoImages_Fails() => Assert.Contains("holds no image", Fails(Images(0, 2, 2), Labels()).Message);

    [Fact]
    public void Load_DamagedPacking_Fails()
    {
        File("images", Images(30, 20, 20), packed: true);
        var path = Path.Combine(_folder, "images");
        var bytes = System.IO.File.ReadAllBytes(path);
        bytes[12] ^= 0xFF;
        bytes[13] ^= 0xFF;
        System.IO.File.WriteAllBytes(path, bytes);
        Assert.Throws<DataFormatException>(() => Idx.Load(path, File("labels", Labels(1))));
    }

    [Fact]
    public void Load_MissingFile_Throws() =>
        Assert.Throws<FileNotFoundException>(() => Idx.Load(Path.Combine(_folder, "none"), File("labels", Labels(1))));

    private static Batch Fill(Dataset data, int classes)
    {
        var info = new ModelInfo
        {
            Name = "test",
            Outputs = [],
            Parameters = [],
            ParameterFloats = 0,
            Inputs =
            [
                new InputSpec { Name = "image", Shape = [.. data.Columns[0].Shape], Length = data.Columns[0].Length },
                new InputSpec { Name = "label", Shape = [], Length = 1, IsLabels = true, Classes = classes, UsedByPredict = false },
            ],
        };
        var batch = new Batch(info, data.Count);
        data.Fill(batch, data.Rows, inputsOnly: false);
        return batch;
    }

    private static byte[] Images(int count, int rows, int columns)
    {
        var bytes = new byte[16 + count * rows * columns];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 2051);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), rows);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), columns);
        for (var i = 16; i < bytes.Length; i++)
            bytes[i] = (byte)((i - 16) * 11);
        return bytes;
    }

    private static byte[] Labels(params byte[] labels)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 2049);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), labels.Length);
        return [.. bytes, .. labels];
    }

    private DataFormatException Fails(byte[] images, byte[] labels, bool packed = false) =>
        Assert.Throws<DataFormatException>(() => Idx.Load(File("images", images, packed), File("labels", labels, packed)));

    private string File(string name, byte[] bytes, bool packed = false)
    {
        var path = Path.Combine(_folder, name);
        using Stream file = System.IO.File.Create(path);
        using var stream = packed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(bytes);
        return path;
    }
}
