using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>A tensor of a vector file, row-major.</summary>
/// <param name="Type">"float64", or "int64" and "bool" for tensors that are not differentiated.</param>
internal sealed record TensorData(int[] Shape, double[] Data, string Type)
{
    public bool IsInteger => Type != "float64";

    /// <exception cref="CaseFormatException">It is no tensor, or has not as many numbers as its shape says.</exception>
    public static TensorData Read(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("shape", out var shape) || !json.TryGetProperty("data", out var data)
            || shape.ValueKind != JsonValueKind.Array || data.ValueKind != JsonValueKind.Array)
            throw new CaseFormatException($"'{name}' is no tensor with shape and data");
        var tensor = new TensorData(
            shape.EnumerateArray().Select(e => e.GetInt32()).ToArray(),
            data.EnumerateArray().Select(Number).ToArray(),
            json.TryGetProperty("dtype", out var type) ? type.GetString()! : "float64");
        return tensor.Data.Length == tensor.Shape.Aggregate(1, (p, s) => p * s)
            ? tensor
            : throw new CaseFormatException($"'{name}' has shape [{string.Join(", ", tensor.Shape)}] and {tensor.Data.Length} numbers");
    }

    /// <summary>The same tensor with axis 1 first: states of recurrent layers, [layers, N, H] there and [N, layers, H] here.</summary>
    public TensorData SwapFirstAxes()
    {
        int a = Shape[0], b = Shape[1], rest = Data.Length / (a * b);
        var moved = new double[Data.Length];
        for (var i = 0; i < a; i++)
            for (var j = 0; j < b; j++)
                Array.Copy(Data, (i * b + j) * rest, moved, (j * a + i) * rest, rest);
        return this with { Shape = [b, a, .. Shape[2..]], Data = moved };
    }

    private static double Number(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => e.GetDouble(),
    };
}
