using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Tests.Frontend;

/// <summary>Whatever is typed, neither the generator nor the analyzer fails.</summary>
public class RobustnessTests
{
    private const string Source = """
        namespace Z;
        [Module] public partial class Block(int n, bool isOn = true)
        {
            readonly Layer a = Linear(n), b = Linear(n, bias: false);
            readonly Layer? gate = isOn ? Linear(n) : null;
            public Tensor Forward(Tensor x) { var y = Tanh(a(x)); for (var i = 0; i < 2; i++) y = b(y) + y; return gate is null ? y : y * gate(y); }
        }
        [Model] public partial class Net
        {
            static readonly int[] Widths = [4, 5, 6];
            readonly Block[] blocks = Repeat(2, i => new Block(Widths[0], i % 2 == 0));
            readonly Layer head = Linear(Widths[^1]);
            Tensor Twice(Tensor x, int n = 2) { while (n-- > 0) x = Sigmoid(x); return x; }
            public Tensor Forward([Shape(4)] Tensor x)
            {
                foreach (var k in blocks) x = k.Forward(x);
                (x, var y) = (Twice(x), x.Shape[1] switch { > 3 => x, _ => -x });
                return head(x + y);
            }
            public Tensor Loss(Tensor logits, [Classes(6)] Labels label) => CrossEntropy(logits, label);
        }
        [Model, Input(4), Linear(3), Relu, MseLoss] public partial class Small;
        """;

    [Fact]
    public async Task Source_WithRandomDamage_NeverFailsTheCompiler()
    {
        var random = new Random(7);
        var tokens = CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens().Select(t => t.Span).ToList();
        for (var i = 0; i < 150; i++)
        {
            var text = Source;
            for (var k = random.Next(1, 3); k > 0; k--)
            {
                var span = tokens[random.Next(tokens.Count)];
                var other = tokens[random.Next(tokens.Count)];
                if (span.End > text.Length) continue;
                var replacement = random.Next(3) switch
                {
                    0 => "",
                    1 => Source.Substring(other.Start, other.Length),
                    _ => new[] { "0", "-1", "null", "x", "await", "new()", "(", "}", "throw null", "2147483647" }[random.Next(10)]
                };
                text = text[..span.Start] + replacement + text[span.End..];
            }

            var compilation = Driver.Compile(text);
            var result = Driver.NewGenerator().RunGenerators(compilation).GetRunResult();
            Assert.True(result.Results[0].Exception is null, text + "\n" + result.Results[0].Exception);
            Assert.True(result.Diagnostics.IsEmpty, text + "\n" + string.Join("\n", result.Diagnostics));
            var diagnostics = await Driver.Analyze(compilation);
            Assert.True(diagnostics.All(d => d.Id.StartsWith("MG", StringComparison.Ordinal) && d.Id != "MG9001"),
                text + "\n" + string.Join("\n", diagnostics));
        }
    }
}
