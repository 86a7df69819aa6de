using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>A tensor of a vector file, row-major.</summary>
/// <param name="Type">"float64", or "int64" and "bool" for tensors that are not differentiated.</param>
internal sealed record TensorData(int[] Shape, double[] Data, string Type)
{
    public bool IsInteger => Type != "float64";

    public static TensorData Read(JsonElement json) => new(
        json.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32()).ToArray(),
        json.GetProperty("data").EnumerateArray().Select(Number).ToArray(),
        json.TryGetProperty("dtype", out var type) ? type.GetString()! : "float64");

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
