using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelGen;

/// <summary>Writes images as PNG, 8 bits a channel.</summary>
internal static class PngWriter
{
    private static readonly uint[] s_crcTable = MakeCrcTable();

    /// <summary>Writes f32[channels, height, width] from 0 to 1; 1 channel is grey, 3 are red, green and blue.</summary>
    public static byte[] Write(ReadOnlySpan<float> pixels, int channels, int height, int width)
    {
        if (channels is not (1 or 3) || height < 1 || width < 1 || pixels.Length != (long)channels * height * width)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{pixels.Length} numbers are no image [{channels},{height},{width}] of 1 or 3 channels."), nameof(pixels));
        }

        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, (byte)(channels == 1 ? 0 : 2));
        header[10..].Clear();
        Chunk(png, "IHDR"u8, header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            var line = new byte[1 + width * channels];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    for (var channel = 0; channel < channels; channel++)
                    {
                        var value = pixels[(channel * height + y) * width + x];
                        line[1 + x * channels + channel] = (byte)Math.Clamp(MathF.Round((float.IsNaN(value) ? 0 : value) * 255), 0, 255);
                    }
                }

                zlib.Write(line);
            }
        }

        Chunk(png, "IDAT"u8, data.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        png.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
            crc = s_crcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            table[i] = crc;
        }

        return table;
    }
}
