namespace ModelGen.Benchmarks.Compiling;

/// <summary>The model whose compilation is timed: ResNet with 50 layers for CIFAR, 6n + 2 with n = 8 (He et al. 2015, section 4.2).</summary>
internal static class FiftyLayers
{
    /// <summary>The full name of the model's class.</summary>
    public const string ClassName = "Zoo.ResNet50";

    /// <summary>What an edit leaves alone.</summary>
    public const string Declaration = """
        using ModelGen;
        using static ModelGen.Nn;

        namespace Zoo;

        [Module]
        public partial class Block(int inChannels, int channels, int stride)
        {
            readonly Layer conv1 = Conv2d(channels, 3, stride, padding: 1, bias: false), bn1 = BatchNorm2d();
            readonly Layer conv2 = Conv2d(channels, 3, padding: 1, bias: false), bn2 = BatchNorm2d();
            readonly Layer? project = stride != 1 ? Conv2d(channels, 1, stride, bias: false) : null;

            public Tensor Forward(Tensor x)
            {
                var y = bn2(conv2(Relu(bn1(conv1(x)))));
                return Relu(y + (project is null ? x : project(x)));
            }
        }

        [Module]
        public partial class Stage(int inChannels, int channels, int stride)
        {
            readonly Block[] block = Repeat(8, i => new Block(i == 0 ? inChannels : channels, channels, i == 0 ? stride : 1));

            public Tensor Forward(Tensor x)
            {
                foreach (var b in block)
                    x = b.Forward(x);
                return x;
            }
        }

        [Model]
        public partial class ResNet50
        {
            readonly Layer stem = Conv2d(16, 3, padding: 1, bias: false), bn = BatchNorm2d();
            readonly Stage stage1 = new(16, 16, 1), stage2 = new(16, 32, 2), stage3 = new(32, 64, 2);
            readonly Layer head = Linear(10);

            public Tensor Forward([Shape(3, 32, 32)] Tensor image)
            {
                var x = stage3.Forward(stage2.Forward(stage1.Forward(Relu(bn(stem(image))))));
                return head(Flatten(GlobalAvgPool2d(x)));
            }

            public Tensor Loss(Tensor logits, [Classes(10)] Labels label) => CrossEntropy(logits, label);
        }
        """;

    /// <summary>A file of the same project that has nothing to do with it.</summary>
    public const string Unrelated = "namespace Zoo; internal static class Other { public static int Answer() => 41; }";

    /// <summary>The other file after an edit.</summary>
    public const string UnrelatedEdited = "namespace Zoo; internal static class Other { public static int Answer() => 42; }";

    /// <summary>The declaration with a comment at its head and one inside.</summary>
    public static string Commented => "// A comment.\n" + Declaration.Replace("[Model]", "// Another comment.\n[Model]", StringComparison.Ordinal);

    /// <summary>The declaration indented by two columns a level, as another editor would.</summary>
    public static string Reformatted => Declaration.Replace("    ", "  ", StringComparison.Ordinal).Replace("\n\n", "\n\n\n", StringComparison.Ordinal);

    /// <summary>The declaration without the bias of the head: the model has to be compiled again.</summary>
    public static string Changed => Declaration.Replace("Linear(10)", "Linear(10, bias: false)", StringComparison.Ordinal);
}
