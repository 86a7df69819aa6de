namespace ModelGen.Conformance;

/// <summary>From the op and the settings of a vector file to calls of ModelGen's ops.</summary>
internal static partial class CaseMap
{
    // What the tensors of the file say already.
    private static readonly string[] s_restated =
    [
        "in_channels", "in_features", "num_features", "num_channels", "input_size", "embed_dim", "d_model", "broadcast", "cross", "input", "in",
        "features", "steps",
    ];

    // Settings of which one value is supported.
    private static readonly Dictionary<string, string> s_only = new()
    {
        ["batch_first"] = "true",
        ["layout"] = "\"[batch, heads, time, dim]\"",
        ["interleaved"] = "true",
        ["up"] = "\"conv_transpose\"",
        ["attention_bias"] = "true",
        ["anneal_strategy"] = "\"cos\"",
    };

    /// <summary>Null where ModelGen has no such op.</summary>
    /// <exception cref="CaseFormatException">The case has a setting without a counterpart here.</exception>
    public static CaseDescription? Describe(ConformanceCase c)
    {
        if ((DescribeModel(c) ?? DescribeOp(c)) is not { } description) return null;
        if (c.Kind == "training") OptimizerRunner.Make(c);
        RequireMapped(c);
        return description;
    }

    /// <summary>Fails where the case has a setting that nothing has asked for: what it computes would be something else.</summary>
    /// <exception cref="CaseFormatException">It has one.</exception>
    public static void RequireMapped(ConformanceCase c)
    {
        foreach (var name in s_restated) c.Has(name);
        foreach (var (name, value) in s_only)
            if (c.Has(name) && c.Setting(name).GetRawText() != value)
                throw new CaseFormatException($"not supported: setting '{name}' of {c.Setting(name).GetRawText()}");
        if (c.Unread is { } setting) throw new CaseFormatException($"not supported: setting '{setting}'");
        if (c.UnreadLoss is { } loss) throw new CaseFormatException($"not supported: setting 'loss.{loss}'");
    }

    private static CaseDescription? DescribeOp(ConformanceCase c) => c.Op switch
    {
        "linear" => Call("Linear", c, Input, ("outFeatures", c.Int("out_features")), ("bias", c.Bool("bias"))),
        "conv1d" or "conv2d" or "conv3d" => Call(Pascal(c.Op), c, Input, ("outChannels", c.Int("out_channels")), Window(c, "kernel"), Window(c, "stride"),
            Window(c, "padding"), Window(c, "dilation"), ("groups", c.Int("groups")), ("bias", c.Bool("bias"))),
        "max_pool1d" or "max_pool2d" or "max_pool3d" => Call(Pascal(c.Op), c, Input, Window(c, "kernel"), Window(c, "stride"), Window(c, "padding"),
            ("dilation", c.Has("dilation") ? c.Ints("dilation") : null), ("ceilMode", c.Flag("ceil_mode"))),
        "avg_pool1d" or "avg_pool2d" or "avg_pool3d" => Call(Pascal(c.Op), c, Input, Window(c, "kernel"), Window(c, "stride"), Window(c, "padding"),
            ("countIncludePad", c.Bool("count_include_pad")), ("ceilMode", c.Flag("ceil_mode")),
            ("divisorOverride", c.Has("divisor_override") ? c.Int("divisor_override") : null)),
        "global_avg_pool2d" => Call("GlobalAvgPool2d", c, Input),
        "batch_norm1d" or "batch_norm2d" => Call(Pascal(c.Op), c, Input, ("eps", c.Real("eps")), ("momentum", c.Real("momentum")), ("affine", c.Bool("affine")))
            with
        { Training = c.Bool("training") },
        "dropout" => Call("Dropout", c, Input, ("p", c.Real("p"))) with { Training = c.Bool("training") },
        "gelu" or "gelu_tanh" => Call((c.Has("approximate") ? c.Text("approximate") : c.Op) is "tanh" or "gelu_tanh" ? "GeluTanh" : "Gelu", c, Input),
        "relu" or "sigmoid" or "tanh" or "abs" or "exp" or "log" or "sqrt" or "sign" or "silu" or "mish" or "selu" or "softsign"
            or "hard_sigmoid" or "hard_swish" => Call(Pascal(c.Op), c, Input),
        "leaky_relu" => Call("LeakyRelu", c, Input, ("negativeSlope", c.Real("negative_slope"))),
        "add" or "sub" or "mul" or "div" => Binary(Pascal(c.Op), c),
        "elu" => Call("Elu", c, Input, ("alpha", c.Real("alpha"))),
        "softplus" => Call("Softplus", c, Input, ("beta", c.Real("beta")), ("threshold", c.Real("threshold"))),
        "prelu" => Call("PRelu", c, Input, ("parameters", c.Int("num_parameters"))),
        "clamp" => Call("Clamp", c, Input, ("min", c.Has("min") ? c.Real("min") : null), ("max", c.Has("max") ? c.Real("max") : null)),
        "maximum" or "minimum" => Binary(Pascal(c.Op), c),
        "pow" => !c.Has("exponent") || c.Inputs.ContainsKey("b") ? Binary("Pow", c) : Call("Pow", c, Input, ("y", c.Real("exponent"))),
        "where" => Call("Where", c, ("condition", new TensorRef("condition")), ("x", new TensorRef("a")), ("y", new TensorRef("b"))),
        "matmul" => MatMul(c),
        "batched_matmul" => Binary("MatMul", c),
        "reduce_sum" or "reduce_mean" or "reduce_max" => Reduce(c),
        "permute" => Call("Permute", c, Input, ("axes", c.Ints("perm"))),
        "transpose" => Call("Transpose", c, Input, ("axis1", c.Ints("axes")[0] + 1), ("axis2", c.Ints("axes")[1] + 1)) with { Batch = CaseBatch.Prepended },
        "slice" => Slice(c),
        "split" => Call("Split", c, Input, ("axis", c.Int("axis")), ("sizes", c.Ints("sizes"))),
        "gather" =>
            Call("Gather", c, Input, ("axis", c.Int("axis")), ("index", new TensorRef("index"))) with
            {
                Labels = new() { ["index"] = c.Inputs["input"].Shape[c.Int("axis")] }
            },
        "embedding" => Call("Embedding", c, Input, ("count", c.Int("num_embeddings")), ("dimensions", c.Int("embedding_dim")),
            ("paddingIdx", c.Has("padding_idx") ? c.Int("padding_idx") : null)) with
        { Labels = new() { ["input"] = c.Int("num_embeddings") } },
        "pad" => Pad(c),
        "pixel_shuffle" => Call("PixelShuffle", c, Input, ("upscaleFactor", c.Int("upscale_factor"))),
        "upsample_nearest2d" or "upsample_bilinear2d" =>
            Call(Pascal(c.Op), c, [Input, c.Has("size") ? ("size", c.Ints("size")) : ("scaleFactor", c.Int("scale_factor")),
            .. c.Has("align_corners") ? new (string, object?)[] { ("alignCorners", c.Bool("align_corners")) } : []]),
        "adaptive_avg_pool2d" or "adaptive_max_pool2d" => Call(Pascal(c.Op), c, Input, ("outputSize", c.Ints("output_size"))),
        "conv_transpose1d" or "conv_transpose2d" =>
            Call(Pascal(c.Op), c, Input, ("outChannels", c.Int("out_channels")), Window(c, "kernel"), Window(c, "stride"),
            Window(c, "padding"), ("outputPadding", c.Ints("output_padding")), Window(c, "dilation"), ("groups", c.Int("groups")), ("bias", c.Bool("bias"))),
        "locally_connected2d" => Call("LocallyConnected2d", c, Input, ("outChannels", c.Int("out_channels")), Window(c, "kernel"), Window(c, "stride"),
            Window(c, "padding"), ("bias", c.Bool("bias"))),
        "layer_norm" => Call("LayerNorm", c, Input, ("normalizedShape", c.Ints("normalized_shape")), ("eps", c.Real("eps")), ("affine", c.Bool("affine")),
            ("bias", c.Bool("bias"))),
        "rms_norm" => Call("RmsNorm", c, Input, ("normalizedShape", c.Ints("normalized_shape")), ("eps", c.Real("eps"))),
        "group_norm" => Call("GroupNorm", c, Input, ("groups", c.Int("num_groups")), ("eps", c.Real("eps")), ("affine", c.Bool("affine"))),
        "instance_norm" => Call("InstanceNorm", c, Input, ("eps", c.Real("eps")), ("affine", c.Bool("affine"))),
        "rnn" or "gru" or "lstm" => Recurrent(c),
        "scaled_dot_product_attention" =>
            Call("ScaledDotProductAttention", c, ("query", new TensorRef("query")), ("key", new TensorRef("key")), ("value", new TensorRef("value")),
            ("isCausal", c.Bool("causal")), ("scale", c.Has("scale") ? c.Real("scale") : null)),
        "multi_head_attention" =>
            Call("MultiheadAttention", c, ("x", new TensorRef("query")), ("memory", c.Inputs.ContainsKey("key") ? new TensorRef("key") : null),
                ("heads", c.Int("num_heads")), ("causal", c.Bool("causal")), ("bias", c.Bool("bias"))),
        "positional_encoding_sinusoidal" => Call("SinusoidalPositions", c, Input),
        "positional_encoding_learned" => Call("LearnedPositions", c, Input, ("maxLength", c.Int("max_len"))),
        "positional_encoding_rotary" => Call("Rotary", c, Input, ("style", c.Text("style")), ("base", c.Real("base"))),
        "residual_block" => Residual(c),
        "reshape" => Call("Reshape", c, Input, ("shape", c.Ints("shape"))) with { Batch = CaseBatch.Prepended },
        "concat" => c.Int("axis") == 0
            ? Call("Concat", c, ("axis", 1), All(c)) with { Batch = CaseBatch.Prepended }
            : Call("Concat", c, ("axis", c.Int("axis")), All(c)),
        "softmax" or "log_softmax" => c.Int("axis") == 0
            ? Call(Pascal(c.Op), c, Input, ("axis", 1)) with { Batch = CaseBatch.Prepended }
            : Call(Pascal(c.Op), c, Input, ("axis", c.Int("axis"))),
        "cross_entropy" => CrossEntropy(c),
        "nll_loss" => LabelLoss("NllLoss", "x", c),
        "mse_loss" => Loss("MseLoss", c, "x"),
        "l1_loss" => Loss("L1Loss", c, "x"),
        "huber_loss" => Loss("HuberLoss", c, "x", ("delta", c.Real("delta"))),
        "smooth_l1_loss" => Loss("SmoothL1Loss", c, "x", ("beta", c.Real("beta"))),
        "bce_loss" => Loss("BceLoss", c, "x", Weights(c, "weight")),
        "kl_div" => Loss("KlDivLoss", c, "x", ("logTarget", c.Flag("log_target"))),
        "bce_with_logits" => Loss("BceWithLogits", c, "logits", [.. Weights(c, "weight", "posWeight")]),
        _ => null,
    };

    private static (string, object?) Input => ("x", new TensorRef("input"));

    private static CaseDescription Call(string op, ConformanceCase c, params (string, object?)[] arguments) =>
        new(new CaseStep([.. c.Outputs.Keys], op, "", arguments));

    private static (string, object?) Window(ConformanceCase c, string name) => (name, c.Ints(name == "kernel" ? "kernel_size" : name));

    private static (string, object?) All(ConformanceCase c) => ("xs", c.Inputs.Keys.Select(k => new TensorRef(k)).ToArray());

    // An operand that lacks the batch axis is a parameter of the model.
    private static CaseDescription Binary(string op, ConformanceCase c)
    {
        var second = c.Inputs.ContainsKey("b") ? "b" : "a";
        var description = Call(op, c, ("x", new TensorRef("a")), ("y", new TensorRef(second)));
        int[] a = c.Inputs["a"].Shape, b = c.Inputs[second].Shape;
        if (a.Length == b.Length && (a.Length == 0 || a[0] == b[0])) return description;
        var isFirst = a.Length < b.Length || a.Length == b.Length && a[0] == 1;
        return description with { AsParameters = [isFirst ? "a" : second] };
    }

    private static CaseDescription Loss(string op, ConformanceCase c, string operand, params (string, object?)[] arguments) =>
        Call(op, c, [(operand, new TensorRef("input")), ("target", new TensorRef("target")), ("reduction", c.Text("reduction")), .. arguments]);

    private static CaseDescription CrossEntropy(ConformanceCase c) => c.Text("target") == "probabilities"
        ? Call("SoftCrossEntropy", c, ("logits", new TensorRef("input")), ("target", new TensorRef("target")), ("reduction", c.Text("reduction")), Smoothing(c),
            ClassAxis(c), ClassWeights(c))
        : LabelLoss("CrossEntropy", "logits", c, Smoothing(c));

    private static CaseDescription LabelLoss(string op, string operand, ConformanceCase c, params (string, object?)[] arguments) =>
        Call(op, c, [(operand, new TensorRef("input")), ("labels", new TensorRef("target")), ("reduction", c.Text("reduction")), ClassAxis(c), ClassWeights(c),
            ("ignoreIndex", c.Has("ignore_index") ? c.Int("ignore_index") : null), .. arguments]) with
        { Labels = new() { ["target"] = c.Inputs["input"].Shape[(int)ClassAxis(c).Value] } };

    private static (string, object?) Smoothing(ConformanceCase c) => ("labelSmoothing", c.Real("label_smoothing", 0));

    private static (string Name, object Value) ClassAxis(ConformanceCase c) => ("classAxis", c.Has("class_axis") ? c.Int("class_axis") : 1);

    private static (string, object?) ClassWeights(ConformanceCase c) => ("weight", c.Constant("class_weights")?.Data);

    // Weights that broadcast: one number, or a tensor that runs along one axis alone.
    private static (string, object?)[] Weights(ConformanceCase c, params string[] parameters)
    {
        var arguments = new List<(string, object?)>();
        int? axis = null;
        foreach (var parameter in parameters)
        {
            var setting = parameter == "posWeight" ? "pos_weight" : parameter;
            if (c.Constant(setting) is not { } tensor) continue;
            arguments.Add((parameter, tensor.Data));
            if (tensor.Data.Length == 1) continue;
            var longest = Enumerable.Range(0, tensor.Shape.Length).Where(i => tensor.Shape[i] > 1).Select(i => i - tensor.Shape.Length).ToList();
            if (longest.Count > 1 || axis is { } other && other != longest[0])
                throw new CaseFormatException($"not supported: setting '{setting}' over several axes");
            axis = longest[0];
        }
        return axis is { } at ? [.. arguments, ("classAxis", at)] : [.. arguments];
    }

    // A vector on the left is one sample; a second operand that is no batch is a parameter.
    private static CaseDescription MatMul(ConformanceCase c) =>
        Call("MatMul", c, ("x", new TensorRef("a")), ("y", new TensorRef("b"))) with
        {
            AsParameters = ["b"],
            Batch = c.Inputs["a"].Shape.Length == 1 ? CaseBatch.Prepended : CaseBatch.Leading,
        };

    private static CaseDescription Reduce(ConformanceCase c)
    {
        var name = c.Op switch { "reduce_sum" => "Sum", "reduce_mean" => "Mean", _ => "Max" };
        var overBatch = c.Ints("axes").Contains(0);
        return Call(name, c, Input, ("axes", c.Ints("axes").Select(a => overBatch ? a + 1 : a).ToArray()), ("keepDims", c.Bool("keepdim")))
            with
        { Batch = overBatch ? CaseBatch.Prepended : CaseBatch.Leading };
    }

    // One step for each axis that is cut.
    private static CaseDescription Slice(ConformanceCase c)
    {
        int[] starts = c.Ints("starts"), ends = c.Ints("ends"), steps = c.Ints("steps");
        var calls = starts.Select((start, a) => new CaseStep([a == starts.Length - 1 ? "output" : $"slice{a}"], "Slice", "",
            [("x", new TensorRef(a == 0 ? "input" : $"slice{a - 1}")), ("axis", a + 1), ("start", start), ("end", ends[a]), ("step", steps[a])]));
        return new([.. calls]) { Batch = CaseBatch.Prepended };
    }

    private static CaseDescription Pad(ConformanceCase c)
    {
        var pairs = c.Setting("pad_before_after").EnumerateArray().Select(p => p.EnumerateArray().Select(e => e.GetInt32()).ToArray()).ToList();
        return Call("Pad", c, Input, ("padding", pairs.Skip(1).SelectMany(p => p).ToArray()), ("mode", c.Text("mode")), ("value", c.Real("value")));
    }

    private static CaseDescription Recurrent(ConformanceCase c)
    {
        var arguments = new List<(string, object?)>
        {
            Input, ("hiddenSize", c.Int("hidden_size")), ("layers", c.Int("num_layers")), ("bidirectional", c.Bool("bidirectional")), ("bias", c.Bool("bias")),
        };
        foreach (var state in new[] { "h0", "c0" })
            if (c.Inputs.ContainsKey(state)) arguments.Add((state, new TensorRef(state)));
        if (c.Has("nonlinearity")) arguments.Add(("nonlinearity", c.Text("nonlinearity")));
        return Call(Pascal(c.Op), c, [.. arguments]) with { BatchSecond = ["h0", "c0", "h_n", "c_n"] };
    }

    private static CaseDescription Residual(ConformanceCase c)
    {
        static CaseStep Step(string result, string op, string path, string x, params (string, object?)[] arguments) =>
            new([result], op, path, [("x", new TensorRef(x)), .. arguments]);
        if (c.Text("form") == "dense")
            return new(
                Step("n", "LayerNorm", "norm", "input"),
                Step("a", "Linear", "fc1", "n", ("outFeatures", c.Int("hidden"))),
                Step("s", "Silu", "", "a"),
                Step("b", "Linear", "fc2", "s", ("outFeatures", c.Int("features"))),
                Step("output", "Add", "", "input", ("y", new TensorRef("b"))));
        (string, object?)[] conv = [("outChannels", c.Int("channels")), ("kernel", 3), ("padding", 1), ("bias", c.Bool("bias"))];
        return new(
            Step("a", "Conv2d", "conv1", "input", conv),
            Step("r", "Relu", "", "a"),
            Step("b", "Conv2d", "conv2", "r", conv),
            Step("s", "Add", "", "b", ("y", new TensorRef("input"))),
            Step("output", "Relu", "", "s"));
    }

    private static string Pascal(string snake) => string.Concat(snake.Split('_').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
