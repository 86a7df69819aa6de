namespace ModelGen.Tests.Zoo;

/// <summary>Models made of the modules that come with the runtime, small enough for the interpreter.</summary>
internal static class ZooModels
{
    /// <summary>The source of each by its name, which is the class's.</summary>
    public static readonly IReadOnlyDictionary<string, string> Small = new Dictionary<string, string>
    {
        ["SmallResNet18"] = Images("SmallResNet18", "readonly ModelGen.Zoo.ResNet _ = new(18, classes: 5, width: 2);", "[Shape(3, 33, 33)]", 5),
        ["SmallResNet50"] = ResNet50(width: 1),
        ["Cifar"] = Images("Cifar", "readonly ModelGen.Zoo.CifarResNet _ = new(blocks: 1, classes: 3, width: 4);", "[Shape(3, 12, 12)]", 3),
        ["SmallGpt"] = Language("SmallGpt", "readonly ModelGen.Zoo.Gpt _ = new(vocabulary: 11, context: 8, width: 12, heads: 3, depth: 2);"),
        ["DropoutGpt"] = Language("DropoutGpt", "readonly ModelGen.Zoo.Gpt _ = new(vocabulary: 11, context: 6, width: 8, heads: 2, depth: 1, dropout: 0.25f);"),
        ["CharLstm"] = Language("CharLstm", "readonly ModelGen.Zoo.LstmLanguageModel _ = new(vocabulary: 11, width: 5, hidden: 7, layers: 2, dropout: 0.25f);"),
        ["Reader"] = """
            [Model]
            public partial class Reader
            {
                readonly ModelGen.Zoo.TransformerEncoder encoder = new(width: 8, heads: 2, depth: 2, hidden: 12, dropout: 0.125f);
                readonly Layer head = Linear(3);

                public Tensor Forward([Shape(5, 8)] Tensor x) => head(Mean(encoder.Forward(x), axes: [1]));

                public Tensor Loss(Tensor logits, [Classes(3)] Labels label) => CrossEntropy(logits, label);
            }
            """,
        ["Segmenter"] = """
            [Model]
            public partial class Segmenter
            {
                readonly ModelGen.Zoo.UNet _ = new(classes: 2, width: 3, depth: 2);

                public Tensor Forward([Shape(1, 12, 8)] Tensor image) => _.Forward(image);

                public Tensor Loss(Tensor logits, [Classes(2, Shape = new[] { 12, 8 })] Labels label) => CrossEntropy(logits, label);
            }
            """,
        ["Restorer"] = """
            [Model]
            public partial class Restorer
            {
                readonly ModelGen.Zoo.Autoencoder _ = new(20, 12, 6, 2);

                public Tensor Forward([Shape(20)] Tensor x) => _.Forward(x);

                public Tensor Loss(Tensor restored, [Shape(20)] Tensor x) => MseLoss(restored, x);
            }
            """,
    };

    /// <summary>A ResNet of torchvision's size.</summary>
    public static string ResNet(int depth) => Images("R", $"readonly ModelGen.Zoo.ResNet _ = new({depth});", "[Shape(3, 224, 224)]", 1000);

    /// <summary>The source of SmallResNet50, as wide as asked for. With one channel a step cannot be told from its rounding to more than two or three digits:
    /// fifty normalisations over a few values multiply it, by how much depends on the order of each sum.</summary>
    public static string ResNet50(int width) =>
        Images("SmallResNet50", $"readonly ModelGen.Zoo.ResNet _ = new(50, classes: 4, width: {width});", "[Shape(3, 40, 40)]", 4);

    private static string Images(string name, string field, string shape, int classes) => $$"""
        [Model]
        public partial class {{name}}
        {
            {{field}}

            public Tensor Forward({{shape}} Tensor image) => _.Forward(image);

            public Tensor Loss(Tensor logits, [Classes({{classes}})] Labels label) => CrossEntropy(logits, label);
        }
        """;

    private static string Language(string name, string field) => $$"""
        [Model]
        public partial class {{name}}
        {
            {{field}}

            public Tensor Forward([Classes(11, Shape = new[] { 6 })] Labels tokens) => _.Forward(tokens);

            public Tensor Loss(Tensor logits, [Classes(11, Shape = new[] { 6 })] Labels next) => CrossEntropy(logits, next, classAxis: -1);
        }
        """;
}
