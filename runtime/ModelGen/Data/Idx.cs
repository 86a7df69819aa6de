using System.Buffers.Binary;
using System.Globalization;

namespace ModelGen;

/// <summary>Reads the IDX files of MNIST and its relatives, plain or gzipped (told apart by content, not by name).</summary>
public static partial class Idx
{
    private const int ImagesMagic = 2051;
    private const int LabelsMagic = 2049;

    /// <summary>Reads images and their labels.</summary>
    /// <param name="imagesPath">A file of unsigned bytes with three axes (magic 2051): count, rows, columns.</param>
    /// <param name="labelsPath">A file of unsigned bytes with one axis (magic 2049).</param>
    /// <param name="mean">Taken off after scaling the pixels to [0, 1].</param>
    /// <param name="std">Divided by at last.</param>
    /// <param name="classes">The number of classes that labels must be below.</param>
    /// <returns>Columns <c>image</c> f32[N,1,rows,columns] (kept as bytes) and <c>label</c>.</returns>
    /// <exception cref="DataFormatException">A file is damaged, or the two do not fit together, or they hold no image.</exception>
    /// <exception cref="FileNotFoundException">A file is not there.</exception>
    public static Dataset Load(string imagesPath, string labelsPath, float mean = 0f, float std = 1f, int classes = 10)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        Require.Positive(std);
        var (pixels, sizes) = Read(imagesPath, ImagesMagic, "images (unsigned bytes, 3 axes)", axes: 3);
        var (bytes, labelSizes) = Read(labelsPath, LabelsMagic, "labels (unsigned bytes, 1 axis)", axes: 1);
        if (sizes[0] != labelSizes[0])
        {
            throw new DataFormatException(
                labelsPath, 4, string.Create(CultureInfo.InvariantCulture, $"there are {labelSizes[0]} labels, but {sizes[0]} images in {imagesPath}."));
        }

        if (sizes[0] == 0)
            throw new DataFormatException(imagesPath, 4, "the file holds no image.");
        var labels = new int[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            labels[i] = bytes[i] < classes
                ? bytes[i]
                : throw new DataFormatException(
                    labelsPath, 8 + i, string.Create(CultureInfo.InvariantCulture, $"label {i} is {bytes[i]}; it must be from 0 to {classes - 1} "
                        + $"({classes} classes)."));
        }

        return new Dataset(new ByteColumn("image", pixels, [1, sizes[1], sizes[2]], mean, std), new LabelColumn("label", labels));
    }

    /// <summary>Reads a training set and a test set from a folder with MNIST's four file names, each plain or with <c>.gz</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mean">Taken off after scaling the pixels to [0, 1].</param>
    /// <param name="std">Divided by at last.</param>
    /// <param name="classes">The number of classes that labels must be below.</param>
    /// <exception cref="DataFormatException">A file is damaged, or two do not fit together.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    /// <exception cref="FileNotFoundException">A file is not there; the message names all four.</exception>
    public static (Dataset Train, Dataset Test) LoadFolder(string folder, float mean = 0f, float std = 1f, int classes = 10)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        string[] names = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];
        var expected = $"Expected there: {string.Join(", ", names)}, each plain or with .gz.";
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder '{folder}'. {expected}");
        var paths = names.Select(name => Find(folder, name)).ToArray();
        var missing = names.Where((_, i) => paths[i] is null).ToArray();
        if (missing.Length > 0)
            throw new FileNotFoundException($"The folder '{folder}' lacks {string.Join(", ", missing)}. {expected}", Path.Combine(folder, missing[0]));
        return (Load(paths[0]!, paths[1]!, mean, std, classes), Load(paths[2]!, paths[3]!, mean, std, classes));
    }

    /// <summary>Some copies write the last dash of the name as a dot.</summary>
    private static string? Find(string folder, string name)
    {
        var dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return new[] { name, name + ".gz", dotted, dotted + ".gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
    }

    private static (byte[] Bytes, int[] Sizes) Read(string path, int magic, string what, int axes)
    {
        using var file = new PackedFile(path);
        var (headerLength, sizes, total) = file.Read(stream => ReadHeader(path, stream, magic, what, axes));
        if (!file.IsPacked && file.Length != headerLength + total)
            throw file.Length < headerLength + total ? Truncated(path, headerLength, file.Length - headerLength, total) : GoesOn(path, headerLength, total);
        if (file.IsPacked && file.Read(stream => Count(stream, headerLength + total + 1)) is var length && length != headerLength + total)
            throw length < headerLength + total ? Truncated(path, headerLength, length - headerLength, total) : GoesOn(path, headerLength, total);
        var bytes = file.Read(stream =>
        {
            var content = new byte[total];
            var got = stream.ReadAtLeast(new byte[headerLength], headerLength, throwOnEndOfStream: false) - headerLength;
            got += stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            return got == total ? content : throw Truncated(path, headerLength, got, total);
        });
        return (bytes, sizes);
    }

    private static (int HeaderLength, int[] Sizes, long Total) ReadHeader(string path, Stream stream, int magic, string what, int axes)
    {
        var header = new byte[4 + 4 * axes];
        var got = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (got >= 4 && BinaryPrimitives.ReadInt32BigEndian(header) is var found && found != magic)
        {
            throw new DataFormatException(
                path, 0,
                string.Create(CultureInfo.InvariantCulture, $"the magic number is {found} (0x{found:X8}), expected {magic} (0x{magic:X8}) for {what}."));
        }

        if (got < header.Length)
            throw new DataFormatException(path, got, string.Create(CultureInfo.InvariantCulture, $"the file ends inside its header of {header.Length} bytes."));
        var sizes = new int[axes];
        var total = 1L;
        for (var i = 0; i < axes; i++)
        {
            sizes[i] = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4 + 4 * i));
            if (sizes[i] < 0 || (i > 0 && sizes[i] == 0))
                throw new DataFormatException(path, 4 + 4 * i, string.Create(CultureInfo.InvariantCulture, $"the size of axis {i} is {sizes[i]}."));
            total = Math.Min(total * sizes[i], long.MaxValue / int.MaxValue);
        }

        if (total > Array.MaxLength)
            throw new DataFormatException(path, 4, string.Create(CultureInfo.InvariantCulture, $"the header promises {total} bytes, more than can be held."));
        return (header.Length, sizes, total);
    }

    // No further than where the file is too long.
    private static long Count(Stream stream, long most)
    {
        var buffer = new byte[1 << 16];
        var length = 0L;
        for (int got; length < most && (got = stream.Read(buffer)) > 0;)
            length += got;
        return Math.Min(length, most);
    }

    private static DataFormatException Truncated(string path, int headerLength, long got, long expected) =>
        new(path, headerLength + got,
            string.Create(CultureInfo.InvariantCulture, $"the file is truncated: it has {got} bytes of data, its header promises {expected}."));

    private static DataFormatException GoesOn(string path, int headerLength, long total) => new(
        path, headerLength + total, string.Create(CultureInfo.InvariantCulture, $"the file goes on after the {total} bytes of data that its header promises."));
}
