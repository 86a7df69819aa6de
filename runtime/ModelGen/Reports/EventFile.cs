using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace ModelGen;

/// <summary>
/// Writes an event file of TensorBoard: scalars, histograms, images and texts by tag and step. Each record has its length, a checksum of it, an event in the
/// format of protocol buffers, and a checksum of that (masked CRC-32C). A record is on the disk when the call returns; a process that is killed leaves whole
/// ones.
/// </summary>
public sealed class EventFile : IDisposable
{
    private const int HistogramBuckets = 30;

    private readonly FileStream _file;
    private readonly TimeProvider _clock;

    /// <summary>Initializes a new instance of the <see cref="EventFile"/> class: makes a new file in a folder.</summary>
    /// <param name="folder">The folder of the run; made if it is not there. TensorBoard shows each folder as a run.</param>
    /// <param name="clock">Gives the time of events and, in its name, of the file; null for that of the system.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public EventFile(string folder, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _clock = clock ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        var name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{_clock.GetUtcNow().ToUnixTimeSeconds()}.{Environment.ProcessId}");
        Path = System.IO.Path.Combine(folder, name);
        for (var number = 1; File.Exists(Path); number++)
            Path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}.{number}"));
        _file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        Write(0, message => message.Text(3, "brain.Event:2"));
    }

    /// <summary>Gets the path of the file.</summary>
    public string Path { get; }

    /// <summary>Writes a number.</summary>
    /// <param name="tag">What it is of, such as <c>train/loss</c>: TensorBoard groups by what stands before the slash.</param>
    /// <param name="value">The number.</param>
    /// <param name="step">The step or epoch.</param>
    public void AddScalar(string tag, float value, long step) => AddValue(tag, step, message => message.Single(2, value));

    /// <summary>Writes a histogram of 30 buckets from the least to the greatest value. Values that are not finite are left out.</summary>
    /// <param name="tag">What it is of.</param>
    /// <param name="values">The values.</param>
    /// <param name="step">The step or epoch.</param>
    public void AddHistogram(string tag, ReadOnlySpan<float> values, long step)
    {
        var (least, greatest, count, sum, squares) = (double.PositiveInfinity, double.NegativeInfinity, 0L, 0.0, 0.0);
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            (least, greatest, count) = (Math.Min(least, value), Math.Max(greatest, value), count + 1);
            (sum, squares) = (sum + value, squares + (double)value * value);
        }

        if (count == 0)
            return;
        var width = greatest > least ? (greatest - least) / HistogramBuckets : 1;
        var (limits, buckets) = (new double[HistogramBuckets], new double[HistogramBuckets]);
        for (var i = 0; i < HistogramBuckets; i++)
            limits[i] = i == HistogramBuckets - 1 ? Math.Max(greatest, least + width * HistogramBuckets) : least + width * (i + 1);
        foreach (var value in values)
        {
            if (float.IsFinite(value))
                buckets[Math.Min((int)((value - least) / width), HistogramBuckets - 1)]++;
        }

        AddValue(tag, step, message => message.Message(5, histogram =>
        {
            histogram.Double(1, least);
            histogram.Double(2, greatest);
            histogram.Double(3, count);
            histogram.Double(4, sum);
            histogram.Double(5, squares);
            histogram.Doubles(6, limits);
            histogram.Doubles(7, buckets);
        }));
    }

    /// <summary>Writes an image.</summary>
    /// <param name="tag">What it is of.</param>
    /// <param name="pixels">f32[channels, height, width] from 0 (black) to 1; values beyond are cut off.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="height">The height.</param>
    /// <param name="width">The width.</param>
    /// <param name="step">The step or epoch.</param>
    /// <exception cref="ArgumentException">The number of pixels is not the product of the sizes.</exception>
    public void AddImage(string tag, ReadOnlySpan<float> pixels, int channels, int height, int width, long step)
    {
        var png = PngWriter.Write(pixels, channels, height, width);
        AddValue(tag, step, message => message.Message(4, image =>
        {
            image.Integer(1, height);
            image.Integer(2, width);
            image.Integer(3, channels);
            image.Bytes(4, png);
        }));
    }

    /// <summary>Writes a text, which TensorBoard shows as Markdown.</summary>
    /// <param name="tag">What it is of.</param>
    /// <param name="text">The text.</param>
    /// <param name="step">The step or epoch.</param>
    public void AddText(string tag, string text, long step)
    {
        ArgumentNullException.ThrowIfNull(text);
        AddValue(tag, step, message =>
        {
            message.Message(8, tensor =>
            {
                tensor.Integer(1, 7);   // DT_STRING
                tensor.Message(2, shape => shape.Message(2, axis => axis.Integer(1, 1)));
                tensor.Text(8, text);
            });
            message.Message(9, metadata => metadata.Message(1, plugin => plugin.Text(1, "text")));
        });
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>CRC-32C, rotated and moved on by a constant, so that a checksum of data with checksums in it is no special case.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = BitOperations.Crc32C(crc, b);
        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8u;
    }

    private void AddValue(string tag, long step, Action<ProtoWriter> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        Write(step, message => message.Message(5, summary => summary.Message(1, value =>
        {
            value.Text(1, tag);
            content(value);
        })));
    }

    private void Write(long step, Action<ProtoWriter> content)
    {
        var message = new ProtoWriter();
        message.Double(1, _clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        message.Integer(2, step);
        content(message);
        var data = message.Written;
        var record = new byte[12 + data.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc(record.AsSpan(0, 8)));
        data.CopyTo(record.AsSpan(12));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), MaskedCrc(data));
        _file.Write(record);
        _file.Flush();
    }

    /// <summary>Writes fields of protocol buffers.</summary>
    private sealed class ProtoWriter
    {
        private readonly ArrayBufferWriter<byte> _bytes = new();

        public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

        public void Integer(int field, long value)
        {
            Varint((ulong)field << 3);
            Varint((ulong)value);
        }

        public void Double(int field, double value)
        {
            Varint(((ulong)field << 3) | 1);
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
            _bytes.Advance(sizeof(double));
        }

        public void Single(int field, float value)
        {
            Varint(((ulong)field << 3) | 5);
            BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
            _bytes.Advance(sizeof(float));
        }

        public void Doubles(int field, double[] values)
        {
            var bytes = new byte[values.Length * sizeof(double)];
            for (var i = 0; i < values.Length; i++)
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
            Bytes(field, bytes);
        }

        public void Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

        public void Message(int field, Action<ProtoWriter> content)
        {
            var message = new ProtoWriter();
            content(message);
            Bytes(field, message.Written);
        }

        public void Bytes(int field, ReadOnlySpan<byte> bytes)
        {
            Varint(((ulong)field << 3) | 2);
            Varint((ulong)bytes.Length);
            _bytes.Write(bytes);
        }

        private void Varint(ulong value)
        {
            while (value >= 0x80)
            {
                _bytes.Write([(byte)(value | 0x80)]);
                value >>= 7;
            }

            _bytes.Write([(byte)value]);
        }
    }
}
