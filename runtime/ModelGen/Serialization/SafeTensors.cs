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
public static class SafeTensors
{
    /// <summary>What the names begin with of what a trainer saves beside the weights; no parameter has a slash in its name.</summary>
    internal const string TrainerPrefix = "trainer/";

    private const string BatchCounter = ".num_batches_tracked";

    /// <summary>
    /// Writes all parameters and buffers as F32, whole or not at all: until all is on the disk, a file of that name is what it was. Its permissions are kept,
    /// and a symbolic link is followed.
    /// </summary>
    /// <remarks>
    /// On Linux what is being written has no name, where the file system allows that, and is gone with a process that is killed; elsewhere it is
    /// <c>NAME.saving</c> beside the file until it takes the name, and the next saving replaces what a killed process left.
    /// </remarks>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="parameters">What is saved.</param>
    /// <exception cref="IOException">The file cannot be written, or the path is a folder, a pipe or a device; then an old file of that name is still
    /// whole.</exception>
    /// <exception cref="ObjectDisposedException">The model of the parameters was disposed.</exception>
    public static void Save(string path, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Write(path, Entries(parameters));
    }

    /// <summary>Does the same as <see cref="Save(string, ParameterSet)"/>, with texts beside the weights, such as a <see cref="Scaler"/>'s numbers.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="parameters">What is saved.</param>
    /// <param name="metadata">The texts by name.</param>
    /// <exception cref="IOException">The file cannot be written, or the path is a folder, a pipe or a device.</exception>
    public static void Save(string path, ParameterSet parameters, params (string Key, string Value)[] metadata)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(metadata);
        Write(path, Entries(parameters), metadata);
    }

    /// <summary>Reads the texts of a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The texts by name.</returns>
    /// <exception cref="SafeTensorsException">The file is damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IReadOnlyDictionary<string, string> LoadMetadata(string path)
    {
        using var file = Open(path);
        return SafeTensorsHeader.Read(path, file).Metadata;
    }

    /// <summary>Reads all parameters and buffers. F32, F16, BF16 and F64 are converted; names that end in <c>.num_batches_tracked</c>, and what a trainer
    /// saved beside the weights, are skipped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">What is filled; unchanged unless everything fits.</param>
    /// <exception cref="SafeTensorsException">The file is damaged, or tensors are missing, unexpected or of another shape: all are listed.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ObjectDisposedException">The model of the parameters was disposed.</exception>
    public static void Load(string path, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Read(path, Entries(parameters));
        parameters.NoteChange();
    }

    internal static void Write(string path, IEnumerable<Entry> entries, params (string Key, string Value)[] metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Entry[] all = [.. entries];
        var header = Header(all, metadata);
        WholeFile.Write(path, file =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
            file.Write(length);
            file.Write(header);
            foreach (var entry in all)
                WriteData(file, entry);
        });
    }

    /// <summary>Reads tensors; no value changes unless all can be read and the metadata pass.</summary>
    /// <param name="path">The file.</param>
    /// <param name="entries">What is filled.</param>
    /// <param name="check">Throws where the file's metadata are not as they should be.</param>
    internal static void Read(string path, IEnumerable<Entry> entries, Action<IReadOnlyDictionary<string, string>>? check = null) => Read(path, header =>
    {
        check?.Invoke(header.Metadata);
        return entries;
    });

    /// <summary>Reads tensors that depend on the file's header; no value changes unless all can be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="entries">Checks the header, and returns what is filled.</param>
    internal static void Read(string path, Func<SafeTensorsHeader, IEnumerable<Entry>> entries)
    {
        using var file = Open(path);
        var header = SafeTensorsHeader.Read(path, file);
        Entry[] all = [.. entries(header)];
        Match(path, header, all);

        // All data are read before the first value changes: reading can still fail.
        var staged = new AlignedBuffer[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            var tensor = header.Tensors[all[i].Name];
            staged[i] = AlignedBuffer.OfFloats(all[i].Length);
            file.Position = header.DataStart + tensor.Start;
            try
            {
                ReadData(file, tensor.Type, staged[i].Span<float>(0, all[i].Length));
            }
            catch (EndOfStreamException)
            {
                throw new SafeTensorsException(path, "The file has become shorter while it was read.");
            }
        }

        for (var i = 0; i < all.Length; i++)
            staged[i].Span<float>(0, all[i].Length).CopyTo(all[i].Values);
    }

    /// <summary>The metadata of a file whose tensors are those of a model; null where it is no such file.</summary>
    internal static IReadOnlyDictionary<string, string>? MetadataOf(string path, ParameterSet parameters)
    {
        try
        {
            using var file = Open(path);
            var header = SafeTensorsHeader.Read(path, file);
            Match(path, header, [.. Entries(parameters)]);
            return header.Metadata;
        }
        catch (IOException)
        {
            return null;
        }
    }

    internal static IEnumerable<Entry> Entries(ParameterSet parameters)
    {
        var arenas = parameters.Arenas;
        return parameters.Select(view => new Entry(view.Path, view.Spec.Shape, view.IsBuffer ? arenas.Buffers : arenas.Values, view.Spec.Offset, view.Length));
    }

    private static FileStream Open(string path) =>
        WholeFile.OpenRead(path, problem => new SafeTensorsException(path, char.ToUpperInvariant(problem[0]) + problem[1..]));

    private static void Match(string path, SafeTensorsHeader header, Entry[] entries)
    {
        var known = entries.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        var missing = known.Where(name => !header.Tensors.ContainsKey(name)).ToArray();
        var unexpected = header.Tensors.Keys.Where(name => !known.Contains(name) && !IsSkipped(name)).ToArray();
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

    private static bool IsSkipped(string name) =>
        name.EndsWith(BatchCounter, StringComparison.Ordinal) || name.StartsWith(TrainerPrefix, StringComparison.Ordinal);

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

    private static void WriteData(Stream file, Entry entry)
    {
        ReadOnlySpan<float> values = entry.Values;
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
    /// <param name="memory">Where it lies.</param>
    /// <param name="start">Its first element there.</param>
    /// <param name="length">The number of its elements.</param>
    internal readonly struct Entry(string name, int[] shape, AlignedBuffer memory, int start, int length)
    {
        public string Name { get; } = name;

        public int[] Shape { get; } = shape;

        public int Length { get; } = length;

        public Span<float> Values => memory.Span<float>(start, Length);

        /// <summary>The same tensor under another name.</summary>
        public Entry Named(string other) => new(other, Shape, memory, start, Length);
    }
}
