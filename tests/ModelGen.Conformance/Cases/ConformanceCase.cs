using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>One vector file of kind "op" or "model": what goes in and what must come out.</summary>
internal sealed class ConformanceCase
{
    private readonly JsonElement _root;

    private ConformanceCase(JsonElement root)
    {
        _root = root;
        Name = root.GetProperty("name").GetString()!;
        Kind = root.GetProperty("kind").GetString()!;
        Op = root.GetProperty("op").GetString()!;
        Config = root.TryGetProperty("config", out var config) ? config : default;
        Inputs = Tensors(root, "inputs");
        Parameters = Tensors(root, "params");
        Constants = Tensors(root, "constants");
        Buffers = Tensors(root, "buffers");
        BuffersAfter = Tensors(root, "buffers_after");
        Target = root.TryGetProperty("target", out var target) && target.ValueKind == JsonValueKind.Object ? TensorData.Read(target) : null;
        Cotangents = Tensors(root, "cotangents");
        Outputs = Tensors(root, "outputs");
        Gradients = Tensors(root, "grads");
        LossValue = root.TryGetProperty("loss_value", out var loss) ? loss.GetDouble() : double.NaN;
        if (root.TryGetProperty("jvp", out var jvp) && jvp.ValueKind == JsonValueKind.Object)
        {
            Tangents = Tensors(jvp, "tangents");
            OutputTangents = Tensors(jvp, "output_tangents");
            LossTangent = jvp.GetProperty("loss_tangent").GetDouble();
        }
    }

    public string Name { get; }

    public string Kind { get; }

    public string Op { get; }

    public JsonElement Config { get; }

    public IReadOnlyDictionary<string, TensorData> Inputs { get; }

    public IReadOnlyDictionary<string, TensorData> Parameters { get; }

    public IReadOnlyDictionary<string, TensorData> Constants { get; }

    public IReadOnlyDictionary<string, TensorData> Buffers { get; }

    public IReadOnlyDictionary<string, TensorData> BuffersAfter { get; }

    public TensorData? Target { get; }

    public IReadOnlyDictionary<string, TensorData> Cotangents { get; }

    public IReadOnlyDictionary<string, TensorData> Outputs { get; }

    public IReadOnlyDictionary<string, TensorData> Gradients { get; }

    public double LossValue { get; }

    public IReadOnlyDictionary<string, TensorData> Tangents { get; } = new Dictionary<string, TensorData>();

    public IReadOnlyDictionary<string, TensorData> OutputTangents { get; } = new Dictionary<string, TensorData>();

    public double LossTangent { get; } = double.NaN;

    /// <summary>Of a double-precision program: |actual - expected| may be Absolute + Relative·|expected|.</summary>
    public (double Relative, double Absolute) Float64 => (Tolerance("float64").GetProperty("rtol").GetDouble(), Tolerance("float64").GetProperty("atol").GetDouble());

    /// <summary>Of a single-precision program; the absolute part belongs to a tensor: ("outputs", name), ("grads", name), ("jvp", name), ("loss", ""), ("loss_tangent", "").</summary>
    public (double Relative, double Absolute) Float32(string group, string name)
    {
        var absolute = Tolerance("float32").GetProperty("atol").GetProperty(group);
        return (Tolerance("float32").GetProperty("rtol").GetDouble(), absolute.ValueKind == JsonValueKind.Object ? absolute.GetProperty(name).GetDouble() : absolute.GetDouble());
    }

    public static ConformanceCase Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        return new(document.RootElement.Clone());
    }

    public bool Has(string setting) => Config.ValueKind == JsonValueKind.Object && Config.TryGetProperty(setting, out var e) && e.ValueKind != JsonValueKind.Null;

    public int Int(string setting) => Config.GetProperty(setting).GetInt32();

    public int[] Ints(string setting) => Config.GetProperty(setting) is { ValueKind: JsonValueKind.Array } a ? a.EnumerateArray().Select(e => e.GetInt32()).ToArray() : [Int(setting)];

    public double Real(string setting) => Config.GetProperty(setting).GetDouble();

    public bool Bool(string setting) => Config.GetProperty(setting).GetBoolean();

    public string Text(string setting) => Config.GetProperty(setting).GetString()!;

    public override string ToString() => Name;

    private JsonElement Tolerance(string precision) => _root.GetProperty("tolerance").GetProperty(precision);

    private static Dictionary<string, TensorData> Tensors(JsonElement root, string property) =>
        root.TryGetProperty(property, out var tensors) && tensors.ValueKind == JsonValueKind.Object
            ? tensors.EnumerateObject().ToDictionary(t => t.Name, t => TensorData.Read(t.Value))
            : [];
}
