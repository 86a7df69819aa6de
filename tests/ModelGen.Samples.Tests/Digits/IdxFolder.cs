using System.Buffers.Binary;
using System.IO.Compression;
using Digits.Painting;

namespace ModelGen.Samples.Tests.Digits;

/// <summary>A temporary folder with the four IDX files of a small drawn data set, to be used whole or damaged.</summary>
internal sealed class IdxFolder : IDisposable
{
    public const string TrainImages = "train-images-idx3-ubyte", TrainLabels = "train-labels-idx1-ubyte";
    public const string TestImages = "t10k-images-idx3-ubyte", TestLabels = "t10k-labels-idx1-ubyte";

    public IdxFolder(int train = 60, int test = 20)
    {
        Path = Directory.CreateTempSubdirectory("digits-idx-").FullName;
        DrawnDigits digits = DrawnDigits.Draw(train + test, seed: 5, threads: 1);
        int cut = train * DigitPainter.Size * DigitPainter.Size;
        WriteImages(TrainImages, digits.Pictures[..cut]);
        WriteLabels(TrainLabels, digits.Labels[..train]);
        WriteImages(TestImages, digits.Pictures[cut..]);
        WriteLabels(TestLabels, digits.Labels[train..]);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Changes a file's bytes.</summary>
    public void Edit(string name, Func<byte[], byte[]> change) =>
        System.IO.File.WriteAllBytes(File(name), change(System.IO.File.ReadAllBytes(File(name))));

    /// <summary>Replaces each file by its .gz.</summary>
    public void Compress()
    {
        foreach (string file in Directory.GetFiles(Path))
        {
            using (var zipped = new GZipStream(System.IO.File.Create(file + ".gz"), CompressionLevel.Fastest))
                zipped.Write(System.IO.File.ReadAllBytes(file));
            System.IO.File.Delete(file);
        }
    }

    public void WriteLabels(string name, int[] labels) =>
        Write(name, 2049, [labels.Length], [.. labels.Select(label => (byte)label)]);

    public void WriteImages(string name, byte[] pixels, int side = DigitPainter.Size) =>
        Write(name, 2051, [pixels.Length / (side * side), side, side], pixels);

    void Write(string name, int magic, int[] sizes, byte[] content)
    {
        using FileStream file = System.IO.File.Create(File(name));
        Span<byte> word = stackalloc byte[4];
        foreach (int value in (int[])[magic, .. sizes])
        {
            BinaryPrimitives.WriteInt32BigEndian(word, value);
            file.Write(word);
        }
        file.Write(content);
    }
}
