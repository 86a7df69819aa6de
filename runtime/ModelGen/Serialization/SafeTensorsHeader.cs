using System.Buffers.Binary;
using System.Text.Json;

namespace ModelGen;

/// <summary>The checked table of contents of a safetensors file: 8 bytes of length, then JSON, then the data.</summary>
internal sealed class SafeTensorsHeader
{
    /// <summary>The format's own bound.</summary>
    private const long MaxLength = 100_000_000;

    private readonly string _path;
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    private SafeTensorsHeader(string path) => _path = path;

    /// <summary>Where the data begins in the file.</summary>
    public long DataStart { get; private set; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors => _tensors;

    /// <summary>The free texts of the file.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads and checks the header of a file.</summary>
    /// <exception cref="SafeTensorsException">It is damaged.</exception>
    public static SafeTensorsHeader Read(string path, Stream file)
    {
        var header = new SafeTensorsHeader(path);
        Span<byte> prefix = stackalloc byte[8];
        if (file.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8)
            throw header.Damaged($"the file has {file.Length} bytes; a safetensors file begins with 8 bytes for the length of its header");
        if (prefix[..4].SequenceEqual("PK\u0003\u0004"u8))
            throw header.Damaged("this is a zip, as PyTorch's .pt files are: save with safetensors (safetensors.torch.save_file)");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
            throw header.Damaged($"the header would have {length} bytes, more than the format's {MaxLength}: this is not a safetensors file");
        if ((long)length > file.Length - 8)
            throw header.Damaged($"the header would have {length} bytes, but only {file.Length - 8} follow: the file is truncated or not a safetensors file");
        var json = new byte[(int)length];
        file.ReadExactly(json);
        header.DataStart = 8 + (long)length;
        try
        {
            header.Parse(json);
        }
        catch (JsonException e)
        {
            throw header.Damaged($"the header is not valid JSON at byte {8 + StartOfLine(json, e.LineNumber ?? 0) + (e.BytePositionInLine ?? 0)}");
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException)
        {
            throw header.Damaged("the header has a value of an unexpected type");
        }

        header.CheckPlaces(file.Length - header.DataStart);
        return header;
    }

    private static int StartOfLine(ReadOnlySpan<byte> json, long line)
    {
        var start = 0;
        for (; line > 0; line--) start += json[start..].IndexOf((byte)'\n') + 1;
        return start;
    }

    private SafeTensorsException Damaged(string problem) => new(_path, problem + ".");

    private void Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        Expect(ref reader, JsonTokenType.StartObject);
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            Expect(ref reader, JsonTokenType.StartObject);
            if (name == "__metadata__")
            {
                while (Next(ref reader) == JsonTokenType.PropertyName)
                {
                    var key = reader.GetString()!;
                    Expect(ref reader, JsonTokenType.String);
                    Metadata[key] = reader.GetString()!;
                }
            }
            else if (!_tensors.TryAdd(name, ParseTensor(name, ref reader)))
            {
                throw Damaged($"the tensor '{name}' occurs twice");
            }
        }

        // Nothing but white space may follow; the reader throws on anything else.
        reader.Read();
    }

    private Tensor ParseTensor(string name, ref Utf8JsonReader reader)
    {
        string? type = null;
        long[]? shape = null;
        long[]? place = null;
        while (Next(ref reader) == JsonTokenType.PropertyName)
        {
            switch (reader.GetString())
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String);
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ParseNumbers(ref reader);
                    break;
                case "data_offsets":
                    place = ParseNumbers(ref reader);
                    break;
                default:
                    reader.Read();
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || place is not { Length: 2 })
            throw Damaged($"the tensor '{name}' lacks a dtype, a shape or two data_offsets");
        return new Tensor(name, type, shape, place[0], place[1]);
    }

    private long[] ParseNumbers(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var numbers = new List<long>();
        while (Next(ref reader) == JsonTokenType.Number)
        {
            var number = reader.GetInt64();
            numbers.Add(number >= 0 ? number : throw Damaged(FormattableString.Invariant($"the header has the negative size {number}")));
        }

        return reader.TokenType == JsonTokenType.EndArray ? [.. numbers] : throw Damaged("the header has a list that is not of numbers");
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException();

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (Next(ref reader) != type)
            throw Damaged($"the header has {reader.TokenType} at byte {8 + reader.TokenStartIndex} where {type} is expected");
    }

    private void CheckPlaces(long dataLength)
    {
        Tensor? previous = null;
        foreach (var tensor in _tensors.Values.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End))
        {
            if (tensor.Start > tensor.End || tensor.End > dataLength)
            {
                throw Damaged(
                    $"'{tensor.Name}' lies at bytes {tensor.Start} to {tensor.End} of {dataLength} bytes of data: the file is truncated or its header wrong");
            }

            if (previous is not null && tensor.Start < previous.End && tensor.End > tensor.Start)
                throw Damaged($"'{previous.Name}' and '{tensor.Name}' overlap at byte {tensor.Start} of the data");
            if (tensor.ElementBytes is not 0 and var size && !tensor.HasLength(size))
            {
                throw Damaged(
                    $"'{tensor.Name}' is {tensor.Type} [{string.Join(",", tensor.Shape)}] but has {tensor.End - tensor.Start} bytes of data");
            }

            if (tensor.End > tensor.Start)
            {
                if (tensor.Start > (previous?.End ?? 0))
                    throw Damaged($"bytes {previous?.End ?? 0} to {tensor.Start} of the data belong to no tensor");
                previous = tensor;
            }
        }

        if ((previous?.End ?? 0) < dataLength)
            throw Damaged($"bytes {previous?.End ?? 0} to {dataLength} of the data belong to no tensor");
    }

    /// <summary>One entry of the table.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">Its element type: F32, BF16, …</param>
    /// <param name="Shape">Its sizes.</param>
    /// <param name="Start">Its first byte, counted from the start of the data.</param>
    /// <param name="End">The byte after its last.</param>
    internal sealed record Tensor(string Name, string Type, long[] Shape, long Start, long End)
    {
        /// <summary>The size of an element of a type that can be read as float; 0 for others.</summary>
        public int ElementBytes => Type switch
        {
            "F64" => 8,
            "F32" => 4,
            "F16" or "BF16" => 2,
            _ => 0,
        };

        /// <summary>Whether the shape and the number of bytes agree.</summary>
        public bool HasLength(int elementBytes)
        {
            var left = End - Start;
            if (Shape.Contains(0))
                return left == 0;

            // Divided and not multiplied: sizes from a damaged file could overflow.
            foreach (var size in Shape)
            {
                if (left % size != 0)
                    return false;
                left /= size;
            }

            return left == elementBytes;
        }
    }
}
