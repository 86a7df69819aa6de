using System.Text.RegularExpressions;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Names;

/// <summary>Sources in which names of the person's are those of generated code.</summary>
internal static partial class Collisions
{
    /// <summary>A name as C# writes it wherever it stands.</summary>
    public static string Escape(string name) => "@" + name;

    /// <summary>Models that between them have kernels of every kind: products, windows, tiles, norms, steps, tables, random numbers, constants,
    /// more parameters than one table holds.</summary>
    /// <param name="members">Of each model.</param>
    /// <param name="beside">Types beside them in their namespace.</param>
    public static string Models(string members = "", string beside = "") => $$"""
        using static global::ModelGen.Nn;
        using Tensor = global::ModelGen.Tensor;
        using Labels = global::ModelGen.Labels;
        using Layer = global::ModelGen.Layer;
        using EmbeddingLayer = global::ModelGen.EmbeddingLayer;
        using LstmLayer = global::ModelGen.LstmLayer;
        namespace Around.Inside
        {
            {{beside}}

            [global::ModelGen.Model(Jvp = true, GradientCheck = true)]
            public partial class Images
            {
                {{members}}
                readonly Layer conv1 = Conv2d(16, 3, padding: 1, bias: false), norm = BatchNorm2d(), conv2 = Conv2d(16, 3, padding: 1);
                readonly Layer drop = Dropout(0.25f), fc = Linear(5);

                public Tensor Forward([global::ModelGen.Shape(4, 12, 12)] Tensor image)
                {
                    var x = drop(MaxPool2d(Relu(norm(conv1(image))), 3, stride: 2, padding: 1));
                    x = AvgPool2d(Gelu(conv2(x)), 2);
                    return fc(Flatten(Tanh(x)));
                }

                public Tensor Loss(Tensor logits, [global::ModelGen.Classes(5)] Labels kind) => CrossEntropy(logits, kind);
            }

            [global::ModelGen.Model]
            public partial class Words
            {
                {{members}}
                readonly EmbeddingLayer table = Embedding(11, 8);
                readonly LstmLayer lstm = Lstm(8);
                readonly Layer norm = LayerNorm(), head = Linear(11);

                public Tensor Forward([global::ModelGen.Classes(11, Shape = new[] { 6 })] Labels words) => head(norm(lstm(table(words)).Output));

                public Tensor Loss(Tensor logits, [global::ModelGen.Classes(11, Shape = new[] { 6 })] Labels next) => CrossEntropy(logits, next, classAxis: 2);
            }

            [global::ModelGen.Model]
            public partial class Deep
            {
                {{members}}
                readonly Layer[] layers = Repeat(60, i => Linear(3));

                public Tensor Forward([global::ModelGen.Shape(3)] Tensor x)
                {
                    foreach (var layer in layers) x = Relu(layer(x));
                    return x;
                }

                public Tensor Loss(Tensor y, [global::ModelGen.Shape(3)] Tensor wanted) => MseLoss(y, wanted);
            }
        }
        """;

    /// <summary>Empty classes of these names.</summary>
    public static string Classes(IEnumerable<string> names) => string.Concat(names.Select(n => $"public class {Escape(n)} {{ }} "));

    /// <summary>Namespaces of these names.</summary>
    public static string Namespaces(IEnumerable<string> names) =>
        string.Concat(names.Select(n => $"namespace {Escape(n)} {{ public class Inhabitant {{ }} }} "));

    /// <summary>The same models among classes that have these names: beside them, in the namespace around, in the global one,
    /// inside them and inside their base.</summary>
    public static string AmongClasses(IReadOnlyCollection<string> names) =>
        Models(Classes(Members(names)), $$"""public class Base { {{Classes(Members(names))}} } {{Classes(names)}}""")
        .Replace("partial class Images", "partial class Images : Base", StringComparison.Ordinal)
        + $$"""namespace Around { {{Classes(names)}} } {{Classes(Roots(names))}}""";

    /// <summary>The same models among namespaces that have these names.</summary>
    public static string AmongNamespaces(IReadOnlyCollection<string> names) =>
        Models(beside: Namespaces(names)) + $$"""namespace Around { {{Namespaces(names)}} } {{Namespaces(Roots(names))}}""";

    /// <summary>The words but those by which the sources above name their own, and the functions that they call;
    /// a type called var changes the language.</summary>
    public static IReadOnlyCollection<string> Free(IEnumerable<string> words) =>
        [.. words.Except(Called().Matches(Models()).Select(m => m.Groups[1].Value))
            .Except(["var", "Around", "Inside", "Images", "Words", "Deep", "Base", "Tensor", "Labels", "Layer", "EmbeddingLayer", "LstmLayer"])];

    private static IEnumerable<string> Members(IEnumerable<string> names)
    {
        var generated = GeneratedMembers.Of(jvp: true, gradientCheck: true).Select(m => m.Name).Concat(["Predict", "Save", "Load"])
            .ToHashSet(StringComparer.Ordinal);
        return names.Where(n => !generated.Contains(n) && !generated.Any(g => n == "get_" + g || n == "set_" + g));
    }

    // Nobody's code finds the framework or the library if these are something else.
    private static IEnumerable<string> Roots(IEnumerable<string> names) => names.Where(n => n is not ("System" or "ModelGen" or "ILGPU"));

    [GeneratedRegex(@"(\w+)\(")]
    private static partial Regex Called();
}
