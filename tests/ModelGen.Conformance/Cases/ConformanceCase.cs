using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>One vector file of kind "op" or "model": what goes in and what must come out.</summary>
internal sealed class ConformanceCase
{
    private readonly JsonElement _root;
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    private ConformanceCase(JsonElement root)
    {
        _root = root;
        Name = Required(root, "name");
        Kind = Required(root, "kind");
        Op = Required(root, "op");
        Config = root.TryGetProperty("config", out var config) ? config : default;
        Inputs = Tensors(root, "inputs");
        Parameters = Tensors(root, "params");
        Constants = Tensors(root, "constants");
        Buffers = Tensors(root, "buffers");
        BuffersAfter = Tensors(root, "buffers_after");
        Target = root.TryGetProperty("target", out var target) && target.ValueKind == JsonValueKind.Object ? TensorData.Read(target, "target") : null;
        Cotangents = Tensors(root, "cotangents");
        Outputs = Tensors(root, "outputs");
        Gradients = Tensors(root, "grads");
        if (root.TryGetProperty("loss", out var kind) && kind.ValueKind == JsonValueKind.Object)
        {
            Loss = Required(kind, "kind");
            LossReduction = kind.TryGetProperty("reduction", out var reduction) ? reduction.GetString()! : "mean";
            LossAxis = kind.TryGetProperty("class_axis", out var axis) ? axis.GetInt32() : 1;
            UnreadLoss = kind.EnumerateObject()
                .Where(p => p.Value.ValueKind != JsonValueKind.Null && p.Name is not ("kind" or "reduction" or "class_axis" or "target" or "text"))
                .Select(p => p.Name).FirstOrDefault();
        }
        else if (Kind == "training" && Has("loss"))
        {
            var words = Text("loss").Split(' ');
            (Loss, LossReduction) = (words[0], words.Length > 1 ? words[1] : "mean");
        }
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

    /// <summary>The whole file.</summary>
    public JsonElement Root => _root;

    /// <summary>"cotangent" or the name of a loss.</summary>
    public string Loss { get; } = "cotangent";

    public string LossReduction { get; } = "mean";

    /// <summary>What the file says of a named loss beyond what is read from it; null where that is nothing.</summary>
    public string? UnreadLoss { get; }

    /// <summary>The class axis of the loss.</summary>
    public int LossAxis { get; } = 1;

    /// <summary>What whole model it is of; empty for an op.</summary>
    public string Architecture => Kind switch { "model" => Op, "training" => Text("model"), _ => "" };

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
    public (double Relative, double Absolute) Float64 =>
        (Tolerance("float64").GetProperty("rtol").GetDouble(), Tolerance("float64").GetProperty("atol").GetDouble());

    /// <summary>Of a single-precision program; the absolute part belongs to a tensor: ("outputs", name), ("grads", name), ("jvp", name), ("loss", ""),
    /// ("loss_tangent", ""). Not a number where the file has none for the group.</summary>
    public (double Relative, double Absolute) Float32(string group, string name)
    {
        var relative = Tolerance("float32").GetProperty("rtol").GetDouble();
        var absolute = Tolerance("float32").GetProperty("atol");
        if (absolute.ValueKind == JsonValueKind.Number) return (relative, absolute.GetDouble());
        return (relative, absolute.TryGetProperty(group, out var of) ? of.ValueKind == JsonValueKind.Number ? of.GetDouble() : of.GetProperty(name).GetDouble()
            : double.NaN);
    }

    public static ConformanceCase Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement.Clone());
    }

    /// <exception cref="CaseFormatException">The file is not what the format says.</exception>
    public static ConformanceCase Read(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object ? new(root) : throw new CaseFormatException("the file is no JSON object");

    public bool HasIn(string setting, string inner) =>
        Has(setting) && Config.GetProperty(setting) is { ValueKind: JsonValueKind.Object } o && o.TryGetProperty(inner, out _);

    public bool Has(string setting)
    {
        _read.Add(setting);
        return Config.ValueKind == JsonValueKind.Object && Config.TryGetProperty(setting, out var e) && e.ValueKind != JsonValueKind.Null;
    }

    /// <summary>The first setting that nothing has asked for; null where there is none. What is null is not set.</summary>
    public string? Unread => Config.ValueKind != JsonValueKind.Object ? null
        : Config.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null && !_read.Contains(p.Name)).Select(p => p.Name).FirstOrDefault();

    public int Int(string setting) => Setting(setting, JsonValueKind.Number).GetInt32();

    public int[] Ints(string setting) =>
        Setting(setting) is { ValueKind: JsonValueKind.Array } a ? a.EnumerateArray().Select(e => e.GetInt32()).ToArray() : [Int(setting)];

    public double Real(string setting) => Setting(setting, JsonValueKind.Number).GetDouble();

    public double Real(string setting, double otherwise) => Has(setting) ? Real(setting) : otherwise;

    public bool Bool(string setting) =>
        Setting(setting) is { ValueKind: JsonValueKind.True or JsonValueKind.False } b ? b.GetBoolean()
            : throw new CaseFormatException($"'{setting}' in config is neither true nor false");

    /// <summary>Whether the setting is there and true.</summary>
    public bool Flag(string setting) => Has(setting) && Bool(setting);

    /// <summary>A setting that is a tensor: written out, or true with the tensor of its name among the constants; null where there is none.</summary>
    public TensorData? Constant(string setting) => !Has(setting) ? null
        : Setting(setting) is { ValueKind: JsonValueKind.Array } a
        ? new TensorData([a.GetArrayLength()], [.. a.EnumerateArray().Select(e => e.GetDouble())], "float64")
        : !Bool(setting) ? null
        : Constants.TryGetValue(setting, out var tensor) ? tensor
        : throw new CaseFormatException($"'{setting}' is set, but not among the constants");

    public string Text(string setting) => Setting(setting, JsonValueKind.String).GetString()!;

    public JsonElement Setting(string name, JsonValueKind? kind = null) => !Has(name) ? throw new CaseFormatException($"config has no '{name}'")
        : Config.GetProperty(name) is var e && (kind is null || e.ValueKind == kind) ? e
        : throw new CaseFormatException($"'{name}' in config is {e.ValueKind}, not {kind}");

    public override string ToString() => Name;

    private static string Required(JsonElement root, string property) => root.TryGetProperty(property, out var e) && e.ValueKind == JsonValueKind.String
        ? e.GetString()!
        : throw new CaseFormatException($"it has no text '{property}'");

    private JsonElement Tolerance(string precision) => _root.GetProperty("tolerance").GetProperty(precision);

    public static Dictionary<string, TensorData> Tensors(JsonElement root, string property) =>
        root.TryGetProperty(property, out var tensors) && tensors.ValueKind == JsonValueKind.Object
            ? tensors.EnumerateObject().ToDictionary(t => t.Name, t => TensorData.Read(t.Value, t.Name))
            : [];
}
