using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>A tensor of a <see cref="NumberRow"/>.</summary>
/// <param name="Shape">Without the batch axis.</param>
/// <param name="Classes">Of labels; 0 for numbers.</param>
internal sealed record RowTensor(int[] Shape, RowValues Values, int Classes)
{
    public string ShapeText => string.Join(", ", Shape);

    /// <exception cref="CaseFormatException">It has no shape or no values.</exception>
    public static RowTensor Read(JsonElement json, string name)
    {
        if (!json.TryGetProperty("shape", out var shape) || !json.TryGetProperty("values", out var values))
            throw new CaseFormatException($"'{name}' is no tensor with shape and values");
        return new([.. shape.EnumerateArray().Select(e => e.GetInt32())], RowValues.Read(values, name),
            json.TryGetProperty("classes", out var classes) ? classes.GetInt32() : 0);
    }
}
