using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>A file of a folder of vectors: what it holds, or why it cannot be read.</summary>
/// <param name="Path">Inside the folder.</param>
/// <param name="Root">The whole file; null where it is no JSON.</param>
/// <param name="Case">Null where it is malformed, and for initializers and tables of numbers.</param>
/// <param name="Error">Null where it is well formed.</param>
internal sealed record CaseFile(string Path, JsonElement? Root, ConformanceCase? Case, string? Error)
{
    public bool IsInitializers =>
        Root is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String
            && kind.GetString() == "initializers";

    /// <summary>True for a table of numbers: see <see cref="NumberRow"/>.</summary>
    public bool IsRows =>
        Root is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("rows", out var rows) && rows.ValueKind == JsonValueKind.Array;

    public string Name => Case?.Name ?? System.IO.Path.GetFileNameWithoutExtension(Path);

    public static CaseFile Read(string path, Stream stream)
    {
        JsonElement? root = null;
        try
        {
            using var document = JsonDocument.Parse(stream);
            root = document.RootElement.Clone();
            var file = new CaseFile(path, root, null, null);
            return file.IsInitializers || file.IsRows ? file : file with { Case = ConformanceCase.Read(root.Value) };
        }
        catch (Exception e) when (e is JsonException or CaseFormatException or InvalidOperationException or FormatException or KeyNotFoundException
            or OverflowException)
        {
            return new(path, root, null, e.Message);
        }
    }
}
