using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Saves and loads weights in the safetensors format, under PyTorch's names and layouts: files go to and come from
/// <c>safetensors.torch.save_file(model.state_dict(), …)</c> without a mapping.
/// </summary>
public static unsafe class SafeTensors
{
    private const string BatchCounter = ".num_batches_tracked";

    /// <summary>Writes all parameters and buffers as F32: to a temporary file in the same folder first, which then takes the name.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="parameters">What is saved.</param>
    /// <exception cref="IOException">The file cannot be written; then an old file of that name is still whole.</exception>
    public static void Save(string path, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Write(path, Entries(parameters));
        GC.KeepAlive(parameters);
    }

    /// <summary>Reads all parameters and buffers. F32, F16, BF16 and F64 are converted; names that end in <c>.num_batches_tracked</c> are skipped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">What is filled; unchanged unless everything fits.</param>
    /// <exception cref="SafeTensorsException">The file is damaged, or tensors are missing, unexpected or of another shape: all are listed.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void Load(string path, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Read(path, Entries(parameters));
        parameters.MarkChanged();
        GC.KeepAlive(parameters);
    }

    internal static void Write(string path, IEnumerable<Entry> entries, params (string Key, string Value)[] metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Entry[] all = [.. entries];
        var header = Header(all, metadata);
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var entry in all)
                    WriteData(file, entry);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    internal static IReadOnlyDictionary<string, string> Read(string path, IEnumerable<Entry> entries, params (string Key, string Value)[] required)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var header = SafeTensorsHeader.Read(path, file);
        foreach (var (key, value) in required)
        {
            if (!header.Metadata.TryGetValue(key, out var actual) || actual != value)
                throw new SafeTensorsException(path, $"The metadata '{key}' is '{actual}', expected '{value}'.");
        }

        Entry[] all = [.. entries];
        Match(path, header, all);

        // All data are read before the first value changes: reading can still fail.
        using var staging = AlignedBuffer.OfFloats(all.Sum(entry => (long)entry.Length));
        var next = staging.Floats;
        foreach (var entry in all)
        {
            var tensor = header.Tensors[entry.Name];
            file.Position = header.DataStart + tensor.Start;
            ReadData(file, tensor.Type, new Span<float>(next, entry.Length));
            next += entry.Length;
        }

        next = staging.Floats;
        foreach (var entry in all)
        {
            new ReadOnlySpan<float>(next, entry.Length).CopyTo(new Span<float>(entry.Values, entry.Length));
            next += entry.Length;
        }

        return header.Metadata;
    }

    private static IEnumerable<Entry> Entries(ParameterSet parameters) => parameters.Select(view => EntryOf(parameters, view));

    private static Entry EntryOf(ParameterSet parameters, ParameterView view)
    {
        var start = view.IsBuffer ? parameters.BuffersStart : parameters.ValuesStart;
        return new Entry(view.Path, view.Spec.Shape, start + view.Spec.Offset, view.Length);
    }

    private static void Match(string path, SafeTensorsHeader header, Entry[] entries)
    {
        var known = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var missing = known.Where(name => !header.Tensors.ContainsKey(name)).ToArray();
        var unexpected = header.Tensors.Keys.Where(name => !known.Contains(name) && !name.EndsWith(BatchCounter, StringComparison.Ordinal)).ToArray();
        var mismatched = new List<string>();
        foreach (var entry in entries)
        {
            if (!header.Tensors.TryGetValue(entry.Name, out var tensor))
                continue;
            if (!tensor.Shape.SequenceEqual(entry.Shape.Select(size => (long)size)))
                mismatched.Add($"{entry.Name} is [{string.Join(",", tensor.Shape)}] in the file, {ShapeText.Of(entry.Shape, hasBatch: false)} in the model");
            else if (tensor.ElementBytes == 0)
                mismatched.Add($"{entry.Name} is of type {tensor.Type}, expected F32, F16, BF16 or F64");
        }

        if (missing.Length + unexpected.Length + mismatched.Count > 0)
            throw new SafeTensorsException(path, missing, unexpected, mismatched);
    }

    private static byte[] Header(Entry[] entries, (string Key, string Value)[] metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("format", "pt");
            foreach (var (key, value) in metadata)
                writer.WriteString(key, value);
            writer.WriteEndObject();
            var offset = 0L;
            foreach (var entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", "F32");
                writer.WriteStartArray("shape");
                foreach (var size in entry.Shape)
                    writer.WriteNumberValue(size);
                writer.WriteEndArray();
                writer.WriteStartArray("data_offsets");
                writer.WriteNumberValue(offset);
                offset += (long)entry.Length * sizeof(float);
                writer.WriteNumberValue(offset);
                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        // Readers map the file and want the data aligned; the format pads with spaces.
        var padded = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    private static void WriteData(FileStream file, Entry entry)
    {
        var values = new ReadOnlySpan<float>(entry.Values, entry.Length);
        if (BitConverter.IsLittleEndian)
        {
            file.Write(MemoryMarshal.AsBytes(values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
            file.Write(bytes);
        }
    }

    private static void ReadData(FileStream file, string type, Span<float> values)
    {
        if (type == "F32" && BitConverter.IsLittleEndian)
        {
            file.ReadExactly(MemoryMarshal.AsBytes(values));
            return;
        }

        var size = type switch { "F64" => 8, "F32" => 4, _ => 2 };
        var bytes = new byte[size * 4096];
        for (var start = 0; start < values.Length; start += 4096)
        {
            var count = Math.Min(4096, values.Length - start);
            file.ReadExactly(bytes, 0, count * size);
            for (var i = 0; i < count; i++)
            {
                var element = bytes.AsSpan(i * size, size);
                values[start + i] = type switch
                {
                    "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                    "F32" => BinaryPrimitives.ReadSingleLittleEndian(element),
                    "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                    _ => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt16LittleEndian(element) << 16),
                };
            }
        }
    }

    /// <summary>A tensor in memory.</summary>
    /// <param name="name">Its name in the file.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="values">Its first element.</param>
    /// <param name="length">The number of its elements.</param>
    internal readonly struct Entry(string name, int[] shape, float* values, int length)
    {
        public string Name { get; } = name;

        public int[] Shape { get; } = shape;

        public float* Values { get; } = values;

        public int Length { get; } = length;
    }
}
