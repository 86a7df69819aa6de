namespace ModelGen.Conformance;

/// <content>Whole models: each architecture from its settings.</content>
internal static partial class CaseMap
{
    private static CaseDescription? DescribeModel(ConformanceCase c) => c.Architecture switch
    {
        "mlp" => Mlp(c),
        "lenet5" => LeNet5(c),
        "autoencoder" => Autoencoder(c),
        "cnn1d" => Cnn1d(c),
        "bottleneck" => Finish(new(c, "input"), c, m => Bottleneck(m, c)),
        "resnet" => ResNet(c),
        "unet" => UNet(c),
        "lstm_char" => LstmChar(c),
        "transformer_lm" => TransformerLm(c),
        _ => null,
    };

    private static CaseDescription Mlp(ConformanceCase c) => Finish(new(c, "input"), c, m =>
    {
        var dims = c.Ints("dims");
        for (var i = 0; i + 1 < dims.Length; i++)
        {
            m.Call("Linear", $"layers.{i}", ("outFeatures", dims[i + 1]), ("bias", m.Has($"layers.{i}.bias")));
            if (i + 2 == dims.Length) return;
            if (c.Has("batch_norm")) m.BatchNorm("BatchNorm1d", $"norms.{i}");
            m.Call(Pascal(c.Text("activation")));
        }
    });

    private static CaseDescription LeNet5(ConformanceCase c) => Finish(new(c, "input"), c, m =>
    {
        int[] channels = c.Ints("channels"), kernels = c.Ints("kernels"), padding = c.Ints("padding"), dense = c.Ints("dense");
        for (var i = 0; i < channels.Length; i++)
        {
            m.Convolution($"conv{i + 1}", channels[i], kernels[i], padding: padding[i]);
            m.Call(Pascal(c.Text("activation")));
            m.Call(Pascal(c.Text("pool")) + "Pool2d", "", ("kernel", 2));
        }
        m.Call("Flatten");
        for (var i = 1; i < dense.Length; i++)
        {
            m.Linear($"fc{i}", dense[i]);
            if (i + 1 < dense.Length) m.Call(Pascal(c.Text("activation")));
        }
    });

    private static CaseDescription Autoencoder(ConformanceCase c) => Finish(new(c, "input"), c, m =>
    {
        var channels = c.Ints("channels");
        for (var i = 0; i < channels.Length; i++)
        {
            m.Convolution($"enc{i + 1}", channels[i], 3, stride: 2, padding: 1);
            m.Call(Pascal(c.Text("activation")));
        }
        for (var i = 1; i <= channels.Length; i++)
        {
            var target = i == channels.Length ? c.Inputs["input"].Shape[1] : channels[^(i + 1)];
            m.Call("ConvTranspose2d", $"dec{i}", ("outChannels", target), ("kernel", c.Int("transposed_kernel")), ("stride", 2), ("padding", 1),
                ("outputPadding", c.Int("output_padding")), ("bias", m.Has($"dec{i}.bias")));
            m.Call(i == channels.Length ? "Sigmoid" : Pascal(c.Text("activation")));
        }
    });

    private static CaseDescription Cnn1d(ConformanceCase c) => Finish(new(c, "input"), c, m =>
    {
        var channels = c.Ints("channels");
        m.Call("Conv1d", "conv1", ("outChannels", channels[0]), ("kernel", 5), ("padding", 2), ("bias", m.Has("conv1.bias")));
        m.BatchNorm("BatchNorm1d", "bn1");
        m.Call("Relu");
        m.Call("Conv1d", "conv2", ("outChannels", channels[1]), ("kernel", 3), ("stride", 2), ("dilation", 2), ("padding", 2), ("bias", m.Has("conv2.bias")));
        m.Call("Silu");
        m.Call("Max", "", ("axes", new[] { 2 }));
        m.Linear("fc", c.Int("classes"));
    });

    private static void Bottleneck(ModelSteps m, ConformanceCase c)
    {
        var input = m.Value;
        m.Convolution("conv1", c.Int("mid"), 1);
        m.BatchNorm("BatchNorm2d", "bn1");
        m.Call("Relu");
        m.Convolution("conv2", c.Int("mid"), 3, c.Int("stride"), 1);
        m.BatchNorm("BatchNorm2d", "bn2");
        m.Call("Relu");
        m.Convolution("conv3", c.Int("out"), 1);
        m.BatchNorm("BatchNorm2d", "bn3");
        Shortcut(m, input, "", c.Int("out"), c.Int("stride"));
    }

    private static CaseDescription ResNet(ConformanceCase c) => Finish(new(c, "input"), c, m =>
    {
        var channels = c.Ints("channels");
        m.Convolution("stem", channels[0], 3, padding: 1);
        m.BatchNorm("BatchNorm2d", "stem_bn");
        m.Call("Relu");
        for (var i = 0; i < channels.Length; i++)
        {
            var (stage, input, stride) = ($"stage{i + 1}.", m.Value, i == 0 ? 1 : 2);
            m.Convolution(stage + "conv1", channels[i], 3, stride, 1);
            m.BatchNorm("BatchNorm2d", stage + "bn1");
            m.Call("Relu");
            m.Convolution(stage + "conv2", channels[i], 3, padding: 1);
            m.BatchNorm("BatchNorm2d", stage + "bn2");
            Shortcut(m, input, stage, channels[i], stride);
        }
        m.Call("GlobalAvgPool2d");
        m.Linear("fc", c.Int("classes"));
    });

    private static void Shortcut(ModelSteps m, string input, string path, int channels, int stride)
    {
        var main = m.Value;
        m.Value = input;
        if (m.Has(path + "proj.weight"))
        {
            m.Convolution(path + "proj", channels, 1, stride);
            m.BatchNorm("BatchNorm2d", path + "proj_bn");
        }
        m.Combine("Add", main);
        m.Call("Relu");
    }

    private static CaseDescription UNet(ConformanceCase c) => Finish(new(c, "input"), c, m =>
    {
        var channels = c.Ints("channels");
        m.Convolution("enc", channels[0], 3, padding: 1);
        m.Call("Relu");
        var encoded = m.Value;
        m.Call("MaxPool2d", "", ("kernel", 2));
        m.Convolution("mid", channels[1], 3, padding: 1);
        m.Call("Relu");
        if (m.Has("up.weight"))
            m.Call("ConvTranspose2d", "up", ("outChannels", c.Parameters["up.weight"].Shape[1]), ("kernel", 2), ("stride", 2), ("bias", m.Has("up.bias")));
        else
            m.Call(c.Text("up").Contains("bilinear", StringComparison.Ordinal) ? "UpsampleBilinear2d" : "UpsampleNearest2d", "", ("scaleFactor", 2));
        m.Concat(1, encoded, m.Value);
        m.Convolution("dec", channels[0], 3, padding: 1);
        m.Call("Relu");
        m.Convolution("head", c.Int("classes"), 1);
    });

    private static CaseDescription LstmChar(ConformanceCase c) => Finish(new(c, "input"), c, m =>
    {
        m.Call("Embedding", "emb", ("count", c.Int("vocab")), ("dimensions", c.Int("embedding")));
        m.Call("Lstm", "lstm", ("hiddenSize", c.Int("hidden")), ("layers", c.Int("layers")));
        m.Linear("out", c.Int("vocab"));
    }) with
    { Labels = Tokens(c) };

    private static CaseDescription TransformerLm(ConformanceCase c) => Finish(new(c, "input"), c, m =>
    {
        int time = c.Inputs["input"].Shape[1], width = c.Int("d_model"), heads = c.Int("heads");
        m.Step("Take", "", ("x", new TensorRef("tok.weight")), ("index", new TensorRef("input")));
        m.Call("LearnedPositions", "pos", ("maxLength", c.Int("max_len")));
        for (var i = 0; i < c.Int("layers"); i++)
        {
            var (block, start) = ($"blocks.{i}.", m.Value);
            m.Call("LayerNorm", block + "ln1");
            m.Linear(block + "qkv", 3 * width);
            var parts = m.Split(2, width, width, width);
            var split = new List<string>();
            foreach (var part in parts)
            {
                m.Value = part;
                m.Call("Reshape", "", ("shape", new[] { time, heads, width / heads }));
                m.Call("Permute", "", ("axes", new[] { 0, 2, 1, 3 }));
                split.Add(m.Value);
            }
            m.Step("ScaledDotProductAttention", "", ("query", new TensorRef(split[0])), ("key", new TensorRef(split[1])), ("value", new TensorRef(split[2])),
                ("isCausal", true));
            m.Call("Permute", "", ("axes", new[] { 0, 2, 1, 3 }));
            m.Call("Reshape", "", ("shape", new[] { time, width }));
            m.Linear(block + "proj", width);
            m.Combine("Add", start);
            start = m.Value;
            m.Call("LayerNorm", block + "ln2");
            m.Linear(block + "fc1", c.Int("ff"));
            m.Call(c.Has("gelu") && c.Text("gelu") == "tanh" ? "GeluTanh" : "Gelu");
            m.Linear(block + "fc2", width);
            m.Combine("Add", start);
        }
        m.Call("LayerNorm", "ln_f");
        if (!c.Bool("tied"))
        {
            m.Linear("head", c.Int("vocab"));
            return;
        }
        var hidden = m.Value;
        m.Step("Transpose", "", ("x", new TensorRef("tok.weight")), ("axis1", 0), ("axis2", 1));
        m.Step("MatMul", "", ("x", new TensorRef(hidden)), ("y", new TensorRef(m.Value)));
    }) with
    { Labels = Tokens(c), AsParameters = ["tok.weight"] };

    // Tokens come in and are predicted.
    private static Dictionary<string, int> Tokens(ConformanceCase c) => new() { ["input"] = c.Int("vocab"), ["target"] = c.Int("vocab") };

    private static CaseDescription Finish(ModelSteps steps, ConformanceCase c, Action<ModelSteps> write)
    {
        write(steps);
        var output = c.Outputs.Count > 0 ? c.Outputs.Keys.First() : "output";
        return new CaseDescription([.. steps.Steps])
        {
            Outputs = new() { [output] = steps.Value },
            Loss = NamedLoss(c, steps.Value),
            Labels = c.Target is { IsInteger: true } ? new() { ["target"] = Classes(c) } : [],
            Training = !c.HasIn("batch_norm", "training") || c.Setting("batch_norm").GetProperty("training").GetBoolean(),
        };
    }

    private static int Classes(ConformanceCase c) =>
        c.Outputs.Count > 0 ? c.Outputs.Values.First().Shape[c.LossAxis] : c.Has("dims") ? c.Ints("dims")[^1] : c.Int("classes");

    private static CaseStep? NamedLoss(ConformanceCase c, string output)
    {
        if (c.Loss == "cotangent") return null;
        (string, object?) reduction = ("reduction", c.LossReduction), x = ("x", new TensorRef(output)), target = ("target", new TensorRef("target"));
        return c.Loss switch
        {
            "cross_entropy" when c.Target is { IsInteger: true } => new(["loss"], "CrossEntropy", "",
                [("logits", new TensorRef(output)), ("labels", new TensorRef("target")), reduction, ("classAxis", c.LossAxis)]),
            "cross_entropy" => new(["loss"], "SoftCrossEntropy", "", [("logits", new TensorRef(output)), target, reduction, ("classAxis", c.LossAxis)]),
            "nll" => new(["loss"], "NllLoss", "", [x, ("labels", new TensorRef("target")), reduction, ("classAxis", c.LossAxis)]),
            "bce_with_logits" => new(["loss"], "BceWithLogits", "", [("logits", new TensorRef(output)), target, reduction]),
            "mse" or "l1" or "huber" or "smooth_l1" or "bce" => new(["loss"], Pascal(c.Loss) + "Loss", "", [x, target, reduction]),
            _ => throw new CaseFormatException($"there is no loss '{c.Loss}'"),
        };
    }
}
