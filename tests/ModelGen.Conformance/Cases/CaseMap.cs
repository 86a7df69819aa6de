namespace ModelGen.Conformance;

/// <summary>From the op and the settings of a vector file to calls of ModelGen's ops.</summary>
internal static partial class CaseMap
{
    /// <summary>Null where ModelGen has no such op.</summary>
    public static CaseDescription? Describe(ConformanceCase c) => c.Op switch
    {
        "linear" => Call("Linear", c, Input, ("outFeatures", c.Int("out_features")), ("bias", c.Bool("bias"))),
        "conv1d" or "conv2d" or "conv3d" => Call(Pascal(c.Op), c, Input, ("outChannels", c.Int("out_channels")), Window(c, "kernel"), Window(c, "stride"),
            Window(c, "padding"), Window(c, "dilation"), ("groups", c.Int("groups")), ("bias", c.Bool("bias"))),
        "max_pool1d" or "max_pool2d" or "max_pool3d" => Call(Pascal(c.Op), c, Input, Window(c, "kernel"), Window(c, "stride"), Window(c, "padding")),
        "avg_pool1d" or "avg_pool2d" or "avg_pool3d" => Call(Pascal(c.Op), c, Input, Window(c, "kernel"), Window(c, "stride"), Window(c, "padding"),
            ("countIncludePad", c.Bool("count_include_pad"))),
        "global_avg_pool2d" => Call("GlobalAvgPool2d", c, Input),
        "batch_norm1d" or "batch_norm2d" => Call(Pascal(c.Op), c, Input, ("eps", c.Real("eps")), ("momentum", c.Real("momentum")), ("affine", c.Bool("affine")))
            with { Training = c.Bool("training") },
        "dropout" => Call("Dropout", c, Input, ("p", c.Real("p"))) with { Training = c.Bool("training") },
        "relu" or "sigmoid" or "tanh" or "gelu" => Call(Pascal(c.Op), c, Input),
        "leaky_relu" => Call("LeakyRelu", c, Input, ("negativeSlope", c.Real("negative_slope"))),
        "add" or "sub" or "mul" or "div" => Binary(Pascal(c.Op), c),
        "reshape" => Call("Reshape", c, Input, ("shape", c.Ints("shape"))) with { Batch = CaseBatch.Prepended },
        "concat" => c.Int("axis") == 0
            ? Call("Concat", c, ("axis", 1), All(c)) with { Batch = CaseBatch.Prepended }
            : Call("Concat", c, ("axis", c.Int("axis")), All(c)),
        "softmax" or "log_softmax" => c.Int("axis") == 0
            ? Call(Pascal(c.Op), c, Input, ("axis", 1)) with { Batch = CaseBatch.Prepended }
            : Call(Pascal(c.Op), c, Input, ("axis", c.Int("axis"))),
        "cross_entropy" => CrossEntropy(c),
        "mse_loss" => Loss("MseLoss", c, "x"),
        "bce_with_logits" => Loss("BceWithLogits", c, "logits"),
        _ => null,
    };

    private static (string, object?) Input => ("x", new TensorRef("input"));

    private static CaseDescription Call(string op, ConformanceCase c, params (string, object?)[] arguments) =>
        new(new CaseStep([.. c.Outputs.Keys], op, "", arguments));

    private static (string, object?) Window(ConformanceCase c, string name) => (name, c.Ints(name == "kernel" ? "kernel_size" : name));

    private static (string, object?) All(ConformanceCase c) => ("xs", c.Inputs.Keys.Select(k => new TensorRef(k)).ToArray());

    // A second operand that lacks the batch axis is a parameter of the model.
    private static CaseDescription Binary(string op, ConformanceCase c)
    {
        var second = c.Inputs.ContainsKey("b") ? "b" : "a";
        var description = Call(op, c, ("x", new TensorRef("a")), ("y", new TensorRef(second)));
        return c.Inputs[second].Shape.Length < c.Inputs["a"].Shape.Length || c.Inputs[second].Shape[0] != c.Inputs["a"].Shape[0]
            ? description with { AsParameters = [second] }
            : description;
    }

    private static CaseDescription Loss(string op, ConformanceCase c, string operand, params (string, object?)[] arguments) =>
        Call(op, c, [(operand, new TensorRef("input")), ("target", new TensorRef("target")), ("reduction", c.Text("reduction")), .. arguments]);

    private static CaseDescription CrossEntropy(ConformanceCase c)
    {
        if (c.Text("target") == "probabilities")
            return Call("SoftCrossEntropy", c, ("logits", new TensorRef("input")), ("target", new TensorRef("target")), ("reduction", c.Text("reduction")));
        var arguments = new List<(string, object?)>
        {
            ("logits", new TensorRef("input")), ("labels", new TensorRef("target")), ("labelSmoothing", c.Real("label_smoothing")),
            ("reduction", c.Text("reduction")), ("classAxis", c.Int("class_axis")),
        };
        if (c.Bool("class_weights")) arguments.Add(("weight", c.Constants["class_weights"].Data));
        if (c.Has("ignore_index")) arguments.Add(("ignoreIndex", c.Int("ignore_index")));
        return Call("CrossEntropy", c, [.. arguments]) with { Labels = new() { ["target"] = c.Inputs["input"].Shape[c.Int("class_axis")] } };
    }

    private static string Pascal(string snake) => string.Concat(snake.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
