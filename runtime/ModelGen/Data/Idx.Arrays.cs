using System.Buffers.Binary;

namespace ModelGen;

/// <content>Arrays of any type and number of axes.</content>
public static partial class Idx
{
    /// <summary>
    /// Reads an array of any type that the format has: unsigned and signed bytes, 16 and 32 bits, float32 and float64, all with the highest byte first. The
    /// third byte of the file is the type, the fourth the number of axes; their sizes follow, 32 bits each.
    /// </summary>
    /// <param name="path">The file, plain or gzipped.</param>
    /// <exception cref="DataFormatException">The file is damaged.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static NumberArray LoadArray(string path)
    {
        using var file = new PackedFile(path);
        var (type, shape, start) = file.Read(stream => ReadHeader(path, stream));
        var count = 1L;
        foreach (var size in shape)
            count = Math.Min(count * size, long.MaxValue / int.MaxValue);
        var expected = start + count * type.Size;
        var length = file.IsPacked ? file.Read(stream => Count(stream, expected + 1)) : file.Length;
        if (count > Array.MaxLength || length < expected)
            throw Truncated(path, start, length - start, count * type.Size);
        if (length > expected)
            throw GoesOn(path, start, count * type.Size);
        return file.Read(stream =>
        {
            stream.ReadExactly(new byte[start]);
            return new NumberArray(shape, type, NumberArray.Read(path, stream, start, count, type));
        });
    }

    private static (NumberType Type, int[] Shape, int Start) ReadHeader(string path, Stream stream)
    {
        var magic = new byte[4];
        if (stream.ReadAtLeast(magic, 4, throwOnEndOfStream: false) < 4)
            throw new DataFormatException(path, 0, "the file ends inside its magic number of 4 bytes.");
        if (magic[0] != 0 || magic[1] != 0)
            throw new DataFormatException(path, 0, FormattableString.Invariant($"the file begins with {magic[0]:X2} {magic[1]:X2}, expected 00 00."));
        NumberType? type = magic[2] switch
        {
            0x08 => new('u', 1, true),
            0x09 => new('i', 1, true),
            0x0B => new('i', 2, true),
            0x0C => new('i', 4, true),
            0x0D => new('f', 4, true),
            0x0E => new('f', 8, true),
            _ => null,
        };
        if (type is not { } known)
            throw new DataFormatException(path, 2, FormattableString.Invariant($"the type is 0x{magic[2]:X2}, expected 08, 09, 0B, 0C, 0D or 0E."));
        var shape = new int[magic[3]];
        var sizes = new byte[4 * shape.Length];
        if (stream.ReadAtLeast(sizes, sizes.Length, throwOnEndOfStream: false) < sizes.Length)
            throw new DataFormatException(path, 4, FormattableString.Invariant($"the file ends inside the sizes of its {shape.Length} axes."));
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(sizes.AsSpan(4 * i));
            if (shape[i] < 0)
                throw new DataFormatException(path, 4 + 4 * i, FormattableString.Invariant($"the size of axis {i} is {shape[i]}."));
        }

        return (known, shape, 4 + sizes.Length);
    }
}
