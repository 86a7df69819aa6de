using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ModelGen.MutatedFiles;

/// <summary>Changes valid files: bits, numbers, pieces and, in a header of JSON, words.</summary>
internal static class Mutations
{
    // Three of four changes fall here: most of what a reader decides by is at the beginning.
    private const int Beginning = 96;

    private static readonly string[] s_words =
    [
        "0", "-1", "1", "4", "12", "1e3", "1.5", "2147483647", "2147483648", "4294967296", "9223372036854775807", "18446744073709551616",
        "99999999999999999999", "-0",
        "null", "true", "[]", "{}", "[[]]", "\"\"", "\"F64\"", "\"F16\"", "\"BF16\"", "\"I64\"", "\"\\u0000\"", "\"\\ud800\"", "\"steps\"", "\"dtype\"",
        "\"shape\"", "\"data_offsets\"", "\"__metadata__\"",
        ",", ":", "{", "}", "[", "]", "\"", "\\", " ", "\n", "NaN", "Infinity", "/* */",
    ];

    /// <summary>Some changes of a file's bytes.</summary>
    public static byte[] OfBytes(Random random, byte[] valid)
    {
        var bytes = valid.ToList();
        for (var changes = 1 + (random.Next(3) == 0 ? random.Next(8) : 0); changes > 0; changes--)
        {
            var at = Place(random, bytes.Count);
            switch (random.Next(9))
            {
                case 0 when bytes.Count > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when bytes.Count > 0: bytes[at] = (byte)random.Next(256); break;
                case 2: Overwrite(bytes, at, Number(random)); break;
                case 3: bytes.RemoveRange(at, random.Next(Math.Min(64, bytes.Count - at) + 1)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: bytes.InsertRange(at, Enumerable.Range(0, 1 + random.Next(16)).Select(_ => (byte)random.Next(256))); break;
                case 6:
                    var from = Place(random, bytes.Count);
                    bytes.InsertRange(at, bytes.GetRange(from, random.Next(Math.Min(200, bytes.Count - from) + 1)));
                    break;
                case 7: bytes.AddRange(Enumerable.Range(0, random.Next(40)).Select(_ => (byte)random.Next(2))); break;
                default: Overwrite(bytes, at, new byte[random.Next(32)]); break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Changes of the words of a safetensors header, with its length put right, so that the changes are what is found; or changes of the
    /// bytes.</summary>
    public static byte[] OfSafeTensors(Random random, byte[] valid)
    {
        if (random.Next(3) == 0)
            return OfBytes(random, valid);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(valid);
        var header = Encoding.UTF8.GetString(valid, 8, length);
        for (var changes = 1 + random.Next(3); changes > 0; changes--)
        {
            var (start, end) = Word(random, header);
            var word = header[start..end];
            header = random.Next(4) switch
            {
                0 => header[..start] + header[end..],
                1 => header[..end] + word + header[end..],
                2 => header[..start] + Word(random, header) switch { var (a, b) => header[a..b] } + header[end..],
                _ => header[..start] + s_words[random.Next(s_words.Length)] + header[end..],
            };
        }

        var text = Encoding.UTF8.GetBytes(header);
        var place = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(place, (ulong)text.Length);
        byte[] data = random.Next(8) == 0 ? OfBytes(random, valid[(8 + length)..]) : valid[(8 + length)..];
        return [.. place, .. text, .. data];
    }

    /// <summary>A file packed after it was changed, or changed after it was packed, or more than once packed together.</summary>
    public static byte[] OfPacked(Random random, byte[] valid) => random.Next(4) switch
    {
        0 => Packed(OfBytes(random, valid)),
        1 => [.. Packed(valid), .. Packed(OfBytes(random, valid))],
        _ => OfBytes(random, Packed(valid)),
    };

    /// <summary>A gzip file.</summary>
    public static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static int Place(Random random, int length) =>
        random.Next(4) == 0 ? random.Next(length + 1) is var any && any == length ? Math.Max(0, length - 1) : any
            : random.Next(Math.Max(1, Math.Min(Beginning, length)));

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (var i = 0; i < with.Length && at + i < bytes.Count; i++) bytes[at + i] = with[i];
    }

    // At the edges of what 32 and 64 bits hold, in both orders of bytes.
    private static byte[] Number(Random random)
    {
        long[] edges = [0, 1, -1, int.MaxValue, int.MinValue, uint.MaxValue, long.MaxValue, long.MinValue, 1 << 24, 100_000_001, 0x10000, 255];
        var number = BitConverter.GetBytes(edges[random.Next(edges.Length)] + random.Next(-1, 2));
        if (random.Next(2) == 0) Array.Reverse(number);
        return random.Next(2) == 0 ? number[..4] : number;
    }

    // A number, a text with its quotation marks, or a sign.
    private static (int Start, int End) Word(Random random, string text)
    {
        var start = random.Next(Math.Max(1, text.Length));
        if (text.Length == 0) return (0, 0);
        bool IsSign(char c) => "{}[],:".Contains(c, StringComparison.Ordinal);
        while (start > 0 && !IsSign(text[start]) && !IsSign(text[start - 1])) start--;
        var end = start + 1;
        while (end < text.Length && !IsSign(text[start]) && !IsSign(text[end])) end++;
        return (start, end);
    }
}
