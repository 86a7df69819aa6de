namespace ModelGen;

/// <summary>Reads the binary files of CIFAR-10, plain or gzipped (told apart by content, not by name).</summary>
public static class Cifar
{
    /// <summary>The height and width of an image.</summary>
    public const int Size = 32;

    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    private const int Channels = 3;
    private const int ImageLength = Channels * Size * Size;
    private const int RecordLength = 1 + ImageLength;

    // What an array of their pixels holds.
    private static readonly int MostImages = Array.MaxLength / ImageLength;

    /// <summary>Gets the names of the labels 0 to 9.</summary>
    public static IReadOnlyList<string> Names { get; } = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    /// <summary>Reads files one after the other. Each is a sequence of records of a label and 32×32 bytes of red, of green and of blue.</summary>
    /// <param name="paths">At least one file.</param>
    /// <returns>Columns <c>image</c> f32[N,3,32,32] (kept as bytes, scaled to [0, 1]) and <c>label</c>.</returns>
    /// <exception cref="DataFormatException">A file is damaged or holds no image.</exception>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    public static Dataset Load(params string[] paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Length == 0)
            throw new ArgumentException("At least one file is needed.", nameof(paths));
        var count = 0;
        foreach (var path in paths)
            count += Read(path, MostImages - count, _ => { });
        var (pixels, labels) = (new byte[count * (long)ImageLength], new int[count]);
        var image = 0;
        foreach (var path in paths)
        {
            Read(path, count - image, record =>
            {
                labels[image] = record[0];
                record[1..].CopyTo(pixels.AsSpan(image * ImageLength));
                image++;
            });
        }

        if (image < count)
            throw new DataFormatException(paths[^1], -1, "the file has become shorter while it was read.");
        return new Dataset(new ByteColumn("image", pixels, [Channels, Size, Size]), new LabelColumn("label", labels));
    }

    /// <summary>Reads a training set (<c>data_batch_*.bin</c>) and a test set (<c>test_batch*.bin</c>) from a folder, each plain or with <c>.gz</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="DataFormatException">A file is damaged.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    /// <exception cref="FileNotFoundException">There is no file of one of the sets.</exception>
    public static (Dataset Train, Dataset Test) LoadFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        return (Load(Find(folder, "data_batch_")), Load(Find(folder, "test_batch")));
    }

    private static string[] Find(string folder, string start)
    {
        string[] files = [.. Directory.EnumerateFiles(folder, start + "*")
            .Where(file => file.EndsWith(".bin", StringComparison.Ordinal) || file.EndsWith(".bin.gz", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        // Where a file stands unpacked beside its packed form, it is one file.
        files = [.. files.Where(file => !file.EndsWith(".gz", StringComparison.Ordinal) || !files.Contains(file[..^3]))];
        return files.Length > 0
            ? files
            : throw new FileNotFoundException($"The folder '{folder}' has no file {start}*.bin, plain or with .gz.", Path.Combine(folder, start + ".bin"));
    }

    // Checks each record before it is handed on.
    private static int Read(string path, int most, ReadRecord take)
    {
        using var file = new PackedFile(path);
        return file.Read(stream =>
        {
            var record = new byte[RecordLength];
            for (var count = 0; ; count++)
            {
                var offset = (long)count * RecordLength;
                var got = stream.ReadAtLeast(record, record.Length, throwOnEndOfStream: false);
                if (got == 0)
                    return count > 0 ? count : throw new DataFormatException(path, 0, "the file holds no image.");
                if (got < RecordLength)
                {
                    throw new DataFormatException(
                        path, offset, FormattableString.Invariant($"the last record is truncated: {offset + got} bytes are not a multiple of {RecordLength}."));
                }

                if (record[0] >= Classes)
                {
                    throw new DataFormatException(
                        path, offset, FormattableString.Invariant($"the label of record {count} is {record[0]}; it must be from 0 to {Classes - 1}."));
                }

                if (count == most)
                    throw new DataFormatException(path, offset, FormattableString.Invariant($"the files hold more images than one set can ({MostImages})."));
                take(record);
            }
        });
    }

    private delegate void ReadRecord(ReadOnlySpan<byte> record);
}
