using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace ModelGen;

/// <summary>
/// Reads and writes NumPy's arrays: <c>.npy</c>, and <c>.npz</c>, which is a zip of such (<c>np.save</c>, <c>np.savez</c>, <c>np.savez_compressed</c>).
/// Versions 1 to 3 of the format, C order, little or big endian; numbers of 1 to 8 bytes and booleans. Objects are refused: they are programs.
/// </summary>
public static class Npy
{
    private const int LongestHeader = 1 << 20;

    /// <summary>Reads an array as numbers.</summary>
    /// <param name="path">The <c>.npy</c> file.</param>
    /// <exception cref="DataFormatException">The file is damaged, or of a kind that is not read; the message has what was found and expected.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static NumberArray Load(string path)
    {
        using var file = Open(path);
        return Read(path, file, file.Length);
    }

    /// <summary>Reads all arrays of an archive.</summary>
    /// <param name="path">The <c>.npz</c> file.</param>
    /// <returns>The arrays by name, without <c>.npy</c>.</returns>
    /// <exception cref="DataFormatException">The file is damaged, or of a kind that is not read.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static IReadOnlyDictionary<string, NumberArray> LoadArchive(string path)
    {
        using var file = Open(path);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            var arrays = new Dictionary<string, NumberArray>(StringComparer.Ordinal);
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)))
            {
                // Unpacked twice, as packed files are: the length that an archive names costs no memory unless it is true.
                var length = LengthOf(entry);
                using var stream = entry.Open();
                arrays[entry.FullName[..^4]] = Read($"{path}:{entry.FullName}", stream, length);
            }

            return arrays;
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(path, -1, "the file is no zip archive, as .npz files are, or is damaged.", e);
        }
    }

    /// <summary>Writes float32 numbers as <c>.npy</c>, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="values">The numbers in row-major order.</param>
    /// <param name="shape">The sizes of all axes.</param>
    /// <exception cref="ArgumentException">The number of values is not the product of the sizes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string path, ReadOnlySpan<float> values, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Aggregate(1L, (product, size) => product * size) != values.Length)
            throw new ArgumentException($"{values.Length} values are no array {ShapeText.Of(shape, hasBatch: false)}.", nameof(values));
        var sizes = string.Concat(shape.Select(size => size.ToString(CultureInfo.InvariantCulture) + ","));
        var text = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({sizes}), }}";
        var length = (10 + text.Length + 1 + 63) / 64 * 64;
        var bytes = new byte[length + values.Length * (long)sizeof(float)];
        bytes[0] = 0x93;
        "NUMPY\u0001\0"u8.CopyTo(bytes.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), (ushort)(length - 10));
        Encoding.ASCII.GetBytes(text.PadRight(length - 11) + "\n", bytes.AsSpan(10));
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(length + i * sizeof(float)), values[i]);
        WholeFile.Write(path, file => file.Write(bytes));
    }

    private static long LengthOf(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        var buffer = new byte[1 << 16];
        var length = 0L;
        for (int got; (got = stream.Read(buffer)) > 0;)
            length += got;
        return length;
    }

    private static FileStream Open(string path) => WholeFile.OpenRead(path, problem => new DataFormatException(path, -1, problem));

    private static NumberArray Read(string path, Stream stream, long fileLength)
    {
        Span<byte> start = stackalloc byte[12];
        var got = stream.ReadAtLeast(start[..8], 8, throwOnEndOfStream: false);
        if (got < 8 || start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
            throw new DataFormatException(path, 0, "the file does not begin with \\x93NUMPY, as .npy files do.");
        if (start[6] is < 1 or > 3)
            throw new DataFormatException(path, 6, FormattableString.Invariant($"the version is {start[6]}, expected 1, 2 or 3."));
        var sizeLength = start[6] == 1 ? 2 : 4;
        if (stream.ReadAtLeast(start.Slice(8, sizeLength), sizeLength, throwOnEndOfStream: false) < sizeLength)
            throw new DataFormatException(path, 8, "the file ends inside its header.");
        var length = sizeLength == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(start[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(start[8..]);
        if (length > LongestHeader)
            throw new DataFormatException(path, 8, FormattableString.Invariant($"the header would have {length} bytes, expected at most {LongestHeader}."));
        var header = new byte[(int)length];
        if (stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length)
            throw new DataFormatException(path, 8 + sizeLength, FormattableString.Invariant($"the file ends inside its header of {length} bytes."));
        var dataStart = 8 + sizeLength + (long)length;
        var (type, shape) = NpyHeader.Parse(path, 8 + sizeLength, Encoding.UTF8.GetString(header));
        var count = 1L;
        foreach (var size in shape)
            count = Math.Min(count * size, long.MaxValue / int.MaxValue);
        if (count > Array.MaxLength || dataStart + count * type.Size > fileLength)
        {
            throw new DataFormatException(
                path, dataStart,
                FormattableString.Invariant(
                    $"the header promises {count} elements of {type.Size} bytes, but {Math.Max(fileLength - dataStart, 0)} bytes of data follow."));
        }

        if (dataStart + count * type.Size < fileLength)
            throw new DataFormatException(path, dataStart + count * type.Size, "the file goes on after the data that its header promises.");
        return new NumberArray(shape, type, NumberArray.Read(path, stream, dataStart, count, type));
    }
}
