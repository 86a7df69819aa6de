namespace ModelGen.Conformance;

/// <summary>Writes a model step by step; each step reads the value of the last unless it says otherwise.</summary>
internal sealed class ModelSteps(ConformanceCase c, string input)
{
    /// <summary>The steps so far.</summary>
    public List<CaseStep> Steps { get; } = [];

    /// <summary>The name of the current value.</summary>
    public string Value { get; set; } = input;

    /// <summary>Whether the file has a parameter of this name.</summary>
    public bool Has(string parameter) => c.Parameters.ContainsKey(parameter);

    /// <summary>Applies an op to the current value.</summary>
    public void Call(string op, string path = "", params (string, object?)[] arguments) =>
        Step(op, path, [(op == "BceWithLogits" ? "logits" : "x", new TensorRef(Value)), .. arguments]);

    /// <summary>Applies an op to named values.</summary>
    public void Step(string op, string path, params (string, object?)[] arguments)
    {
        var result = $"v{Steps.Count + 1}";
        Steps.Add(new([result], op, path, arguments));
        Value = result;
    }

    public void Linear(string path, int features) => Call("Linear", path, ("outFeatures", features), ("bias", Has(path + ".bias")));

    public void Convolution(string path, int channels, int kernel, int stride = 1, int padding = 0) =>
        Call("Conv2d", path, ("outChannels", channels), ("kernel", kernel), ("stride", stride), ("padding", padding), ("bias", Has(path + ".bias")));

    public void BatchNorm(string op, string path)
    {
        var settings = c.Setting("batch_norm");
        Call(op, path, ("eps", settings.GetProperty("eps").GetDouble()), ("momentum", settings.GetProperty("momentum").GetDouble()),
            ("affine", Has(path + ".weight")));
    }

    /// <summary>The current value and another one as operands.</summary>
    public void Combine(string op, string other) => Step(op, "", ("x", new TensorRef(Value)), ("y", new TensorRef(other)));

    public void Concat(int axis, params string[] values) => Step("Concat", "", ("axis", axis), ("xs", values.Select(v => new TensorRef(v)).ToArray()));

    /// <summary>The parts of the current value.</summary>
    public string[] Split(int axis, params int[] sizes)
    {
        var results = sizes.Select((_, i) => $"v{Steps.Count + 1}part{i}").ToArray();
        Steps.Add(new(results, "Split", "", [("x", new TensorRef(Value)), ("axis", axis), ("sizes", sizes)]));
        return results;
    }
}
