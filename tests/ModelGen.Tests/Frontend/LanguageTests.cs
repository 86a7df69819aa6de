using ModelGen.Generator.Graphs;

namespace ModelGen.Tests.Frontend;

/// <summary>What of C# a declaration may use: each body makes a network whose graph shows that it was understood.</summary>
public class LanguageTests
{
    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) x = Tanh(x);", "Tanh Tanh Tanh")]
    [InlineData("foreach (var w in new[] { 2, 3 }) x = w % 2 == 0 ? Tanh(x) : Sigmoid(x);", "Tanh Sigmoid")]
    [InlineData("var n = 7; while (n > 0) { n /= 2; if (n == 3) continue; x = Tanh(x); if (n == 1) break; }", "Tanh")]
    [InlineData("var n = 0; do { x = Tanh(x); } while (++n < 2);", "Tanh Tanh")]
    [InlineData("for (var i = 0; i < 2; i++) for (var j = 0; j < 5; j++) { if (j == 1) break; x = Tanh(x); }", "Tanh Tanh")]
    [InlineData("x = (3 + 4 * 2) switch { < 5 => Tanh(x), 11 when x.Shape.Length == 2 => Sigmoid(x), _ => Relu(x) };", "Sigmoid")]
    [InlineData("switch (x.Shape[1]) { case 4: x = Tanh(x); break; case 8: case 9: x = Sigmoid(x); break; default: x = Relu(x); break; }", "Sigmoid")]
    [InlineData("var (a, b) = (Tanh(x), Sigmoid(x)); (a, b) = (b, a); x = a - b;", "Tanh Sigmoid Sub")]
    [InlineData("Tensor Twice(Tensor t) => Tanh(Tanh(t)); x = Twice(x);", "Tanh Tanh")]
    [InlineData("x = Again(x, 2); Tensor Again(Tensor t, int n) => n == 0 ? t : Again(Tanh(t), n - 1);", "Tanh Tanh")]
    [InlineData("Func<Tensor, Tensor> f = Tanh; var g = (Tensor t) => f(Sigmoid(t)); x = g(x);", "Sigmoid Tanh")]
    [InlineData("Layer? none = null; x = none?.Invoke(x) ?? Tanh(x); if (none is null) x = Sigmoid(x); if (none is not null) x = Relu(x);", "Tanh Sigmoid")]
    [InlineData("int? n = 8; if (n is { } m && m == 8) x = Tanh(x); if (n is > 3 and not 9 or 1) x = Sigmoid(x);", "Tanh Sigmoid")]
    [InlineData("if (Math.Max(3, 2) == 3 && Math.Sqrt(16) == 4 && MathF.Floor(2.5f) == 2 && (int)Math.Log2(8) == 3) x = Tanh(x);", "Tanh")]
    [InlineData("if (7 / 2 == 3 && -7 % 3 == -1 && 7f / 2 == 3.5f && (1 << 4) == 16 && (6 & 3) == 2 && (int)3.9 == 3 && (byte)200 == 200) x = Tanh(x);",
        "Tanh")]
    [InlineData("var sizes = new int[3]; for (var i = 0; i < sizes.Length; i++) sizes[i] += i * 2; if (sizes[^1] == 4 && sizes[1..].Length == 2) x = Tanh(x);",
        "Tanh")]
    [InlineData("int[] a = [1, 2], b = [0, .. a, 3]; if (b.Length == 4 && b.Sum() == 6 && Enumerable.Range(1, 3).Select(i => i * i).Max() == 9) x = Tanh(x);",
        "Tanh")]
    [InlineData("foreach (var (d, i) in new[] { 4, 8 }.Select((d, i) => (d, i))) if (d / 4 == i + 1) x = Tanh(x);", "Tanh Tanh")]
    [InlineData("var text = $\"{3:00}-{true}\"; if (text == \"03-True\" && text.Length == 7) x = Tanh(x);", "Tanh")]
    [InlineData("var k = 0; var i = k++ + ++k; if (i == 2 && k == 2) x = Tanh(x);", "Tanh")]
    [InlineData("x = Helpers.Stack(x, count: 2); x = Helpers.Apply(x, Sigmoid);", "Tanh Tanh Sigmoid")]
    [InlineData("x = Helpers.Generic(x, 3) + Helpers.Sum(x, Tanh(x), x); if (Helpers.Width == 12) x = Sigmoid(x);", "Tanh Add Add Add Sigmoid")]
    [InlineData("x = x.Activate(); if (Mode.Fast == Mode.Fast && (int)Mode.Slow == 1) x = Sigmoid(x);", "Tanh Sigmoid")]
    [InlineData("x = 2 * x + 1f; x = -(x / 4 - x * 0.5f); x = 1 - x;", "Mul Add Div Mul Sub Neg Sub")]
    [InlineData("var parts = Split(x, 1, 3, 5); x = Concat(1, parts[1], parts[0]);", "Split Split Concat")]
    [InlineData("(Tensor a, int n) pair = (Tanh(x), 2); for (var i = 0; i < pair.n; i++) x = pair.a + x;", "Tanh Add Add")]
    [InlineData("unchecked { var n = int.MaxValue; } const int Two = 2; if (Two == 2 || Fail()) x = Tanh(x); static bool Fail() => throw new Exception();",
        "Tanh")]
    [InlineData("var h = Tanh(x); x = Tanh(x); x = x + h;", "Tanh Add")]
    [InlineData("var l = new List<Layer> { Tanh }; l.Add(Sigmoid); l.AddRange([Relu]); l.Insert(0, Relu); l.RemoveAt(3); foreach (var f in l) x = f(x);",
        "Relu Tanh Sigmoid")]
    [InlineData("List<int> l = [1, 2]; l.Add(3); l[0] = 5; if (l.Count == 3 && l[^1] == 3 && l.Contains(5) && l.ToArray().Sum() == 10 && l.IndexOf(2) "
        + "== 1) x = Tanh(x);",
        "Tanh")]
    [InlineData("var p = new Plan(2) with { Count = 3 }; var (w, c) = p; if (p.Width == 2 && w * c == 6 && p == new Plan(2, 3) && p is { Count: > 2 "
        + "}) x = Tanh(x);", "Tanh")]
    [InlineData("foreach (var (w, c) in new Plan[] { new(1), new(2, Count: 0) }) for (var i = 0; i < c; i++) x = Tanh(x);", "Tanh")]
    [InlineData("var d = new Dictionary<string, int[]> { [\"a\"] = [1, 2], [\"b\"] = [] }; if (d[\"a\"].Length == 2 && d.TryGetValue(\"b\", out var "
        + "b) && b.Length == 0 "
        + "&& !d.ContainsKey(\"c\") && d.Count == 2) x = Tanh(x); foreach (var (k, v) in d) if (v.Length == 2) x = Sigmoid(x);", "Tanh Sigmoid")]
    [InlineData("var n = new[] { 3, 1, 2 }; if (n.SelectMany(i => Enumerable.Repeat(i, i)).Count() == 6 && n.Sum(i => i * 2) == 12 && n.OrderBy(i => "
        + "-i).First() == 3 "
        + "&& n.Average() == 2 && n.Max(i => i + 1) == 4 && n.MinBy(i => i) == 1 && n.Distinct().Count(i => i > 1) == 2) x = Tanh(x);", "Tanh")]
    [InlineData("var n = (from i in Enumerable.Range(0, 4) where i % 2 == 1 select i * i).ToList(); if (n.Count == 2 && n[1] == 9) x = Tanh(x);", "Tanh")]
    [InlineData("var n = from i in new[] { 1, 2 } from j in new[] { 10, 20 } let k = i + j where k != 12 select k; if (n.Sum() == 54) x = Tanh(x);", "Tanh")]
    [InlineData("Tensor? y = null; y ??= Tanh(x); y ??= Sigmoid(x); x = y;", "Tanh")]
    [InlineData("Helpers.Two(x, out var u, out var v); x = u - v;", "Tanh Sigmoid Sub")]
    [InlineData("var parts = \"64,M,128\".Split(','); if (parts.Length == 3 && parts[1] == \"M\" && int.Parse(parts[2]) == 128 && string.Join(\"-\", "
        + "parts).StartsWith(\"64-\")) x = Tanh(x);",
        "Tanh")]
    [InlineData("foreach (var c in \"ts\") x = c == 't' ? Tanh(x) : Sigmoid(x);", "Tanh Sigmoid")]
    [InlineData("x = x[.., 2..6] + x[.., ..4] + x[.., ^4..] * x[.., ^1..];", "Slice Slice Add Slice Slice Mul Add")]
    [InlineData("x = x[.., 0] + x[.., ^1];", "Select Select Add")]
    [InlineData("var s = Sequential(Tanh, LeakyRelu(0.2), Sequential(Sigmoid)); x = s(x);", "Tanh LeakyRelu Sigmoid")]
    [InlineData("if (Training) x = Tanh(x); x = Training ? Sigmoid(x) : x;", "Tanh Sigmoid")]
    [InlineData("x = Where(x > 0, x, 0) + (x <= 0.5 & !(x < 1)); x = 0.5 * x % 2;", "Greater Where LessEqual Less LogicalNot LogicalAnd Add Mul Remainder")]
    [InlineData("x = x + Ones(8) * Arange(8) - Constant([1, 2, 3, 4, 5, 6, 7, 8.5]);", "Ones Arange Mul Add Sub")]
    [InlineData("x = Linear(x, Eye(8)) + Linear(x, Eye(8), Zeros(8));", "Eye Linear Zeros Add")]
    public void Body_Evaluates_ToTheseCalls(string body, string calls)
    {
        var source = $$"""
            enum Mode { Fast, Slow }

            record Plan(int Width, int Count = 1);

            static class Helpers
            {
                public static readonly int Width = 3 * Four;
                static int Four => 4;
                public static Tensor Stack(Tensor t, int skip = 0, int count = 1) { for (var i = skip; i < count; i++) t = Tanh(t); return t; }
                public static Tensor Apply(Tensor t, Func<Tensor, Tensor> f) => f(t);
                public static T Generic<T>(T value, int n) => n == 0 ? value : Generic(value, n - 1);
                public static Tensor Sum(params Tensor[] all) { var sum = all[0]; for (var i = 1; i < all.Length; i++) sum += all[i]; return sum; }
                public static Tensor Activate(this Tensor t) => Tanh(t);
                public static void Two(Tensor t, out Tensor u, out Tensor v) { u = Tanh(t); v = Sigmoid(t); }
            }

            [Model] public partial class M { public Tensor Forward([Shape(8)] Tensor x) { {{body}} return x; } }
            """;

        var graph = Driver.Evaluate(source).Training!;

        Assert.Equal(calls, string.Join(" ", Calls(graph)));
    }

    [Fact]
    public void Modules_TakeTheirForms()
    {
        const string source = """
            interface IBlock { Tensor Forward(Tensor x); }

            [Module] partial class Dense : IBlock
            {
                readonly Layer fc;
                public Dense(int width) { fc = Linear(width); Width = width; }
                public int Width { get; }
                public Tensor Forward(Tensor x) => Tanh(fc(x));
            }

            [Module] partial class Skip(IBlock inner, bool isOn = true) : IBlock
            {
                Layer? Gate { get; } = isOn ? Linear(8) : null;
                public Tensor Forward(Tensor x) => x + inner.Forward(Gate is null ? x : Gate(x));
            }

            [Model] public partial class M
            {
                readonly IBlock[] blocks = [new Dense(8), new Skip(new Dense(8)), new Skip(inner: new Dense(width: 8), isOn: false)];
                readonly (Layer a, Layer b) pair = (Linear(2), Linear(3));
                readonly Layer[][] grid = Repeat(2, i => Repeat(i + 1, j => Linear(4 + j)));
                readonly Tensor scale = Parameter(4);
                readonly Layer _act = Relu;

                public Tensor Forward([Shape(8)] Tensor x)
                {
                    foreach (var b in blocks) x = b.Forward(x);
                    foreach (var row in grid) foreach (var fc in row) x = fc(x);
                    return pair.b(_act(pair.a(Linear4(x) * scale)));
                }

                readonly Layer last = Linear(4);
                Tensor Linear4(Tensor x) => last(x);
            }
            """;

        var graph = Driver.Evaluate(source).Training!;

        Assert.Equal(
            "blocks.0.fc blocks.1.Gate blocks.1.inner.fc blocks.2.inner.fc grid.0.0 grid.1.0 grid.1.1 last pair.0 pair.1 scale",
            string.Join(" ", graph.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter)
                .Select(l => l.Path.Replace(".weight", "").Replace(".bias", "")).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Names_AreTheUsersAndUnique()
    {
        const string source = """
            [Model] public partial class M
            {
                readonly Layer fc = Linear(8);
                public Tensor Forward([Shape(8)] Tensor @class)
                {
                    var hidden = Relu(fc(@class));
                    var x = Tanh(hidden);
                    x = Tanh(x);
                    return Sigmoid(fc(x));
                }
                public Tensor Loss(Tensor score, [Shape(8)] Tensor @class) => MseLoss(score, @class);
            }
            """;

        var graph = Driver.Evaluate(source).Training!;

        Assert.Equal(["class", "fc_weight", "fc_sum", "fc_bias", "fc", "hidden", "tanh1", "tanh2", "fc2_sum", "fc2", "score"],
            graph.Nodes.Take(11).Select(n => n.Name));
        Assert.Single(graph.Nodes.OfType<LeafNode>(), l => l.Kind == LeafKind.Input);
        Assert.Equal("relu(fc(class))", graph.Nodes[5].Origin.Text);
        Assert.Equal("tanh(hidden)", graph.Nodes[6].Origin.Text);
    }

    [Fact]
    public void ClassForm_EqualsItsObjectForm()
    {
        var attributes = Driver.Evaluate("""
            [Model, Input(1, 12, 12)]
            [Conv2d(4, 3, Padding = 1, Bias = false), BatchNorm2d, Relu, MaxPool2d(2)]
            [Flatten, Dropout(0.25f), Linear(10), CrossEntropyLoss]
            public partial class M;
            """).Training!;
        var fields = Driver.Evaluate("""
            [Model] public partial class M
            {
                readonly Layer conv = Conv2d(4, 3, padding: 1, bias: false), norm = BatchNorm2d(), drop = Dropout(0.25f), fc = Linear(10);
                public Tensor Forward([Shape(1, 12, 12)] Tensor x) => fc(drop(Flatten(MaxPool2d(Relu(norm(conv(x))), 2))));
                public Tensor Loss(Tensor y, [Classes(10)] Labels label) => CrossEntropy(y, label);
            }
            """).Training!;

        Assert.Equal(fields.Nodes.Select(n => (n.GetType(), n.Type, (n as ComputeNode)?.Body)),
            attributes.Nodes.Select(n => (n.GetType(), n.Type, (n as ComputeNode)?.Body)));
        Assert.Equal(["0.weight", "1.weight", "1.bias", "6.weight", "6.bias"],
            attributes.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).Select(l => l.Path));
    }

    [Fact]
    public void Kernels_AreTheRuntimesOwn()
    {
        foreach (var field in typeof(Kernels).GetFields())
            Assert.Equal(
                ((float[])field.GetValue(null)!).Cast<object?>(),
                ModelGen.Generator.Frontend.Evaluation.KnownConstants.Find("Kernels." + field.Name));
    }

    private static IEnumerable<string> Calls(Graph graph) => graph.Nodes.Where(n => n is not LeafNode).Select(n => n.Origin).Where(o => o.Call > 0)
        .GroupBy(o => o.Call).OrderBy(g => g.Key).SelectMany(g => g.First().Op == "Split" ? g.Select(o => o.Op) : [g.First().Op]);

    [Theory]
    [InlineData("x[0]", "MG2007", "The first index of [N,8] is that of the batch axis, which has to be '..': write x[.., 0]")]
    [InlineData("x[.., 8]", "MG2009", "The index 8 lies outside axis 1 of [N,8], which has 8 elements")]
    [InlineData("x[.., 5..3]", "MG2009", "The range 5..3 of axis 1 of [N,8] is 5..3; it needs 0 ≤ start < end ≤ 8")]
    [InlineData("x[.., .., 0]", "MG2007", "3 indices for [N,8], which has 2 axes")]
    [InlineData("Linear(x, Eye(7))", "MG2001", "Linear needs a weight of shape [7,8], got [7,7]")]
    [InlineData("Linear(x, x)", "MG2002", "Linear expects a weight of 2 axes without a batch axis, got [N,8]")]
    [InlineData("Constant([1, 2, 3], 2, 2) * x", "MG2006", "Constant needs as many numbers as [2,2] has elements, 4, got 3")]
    [InlineData("x * Counts[\"c\"]", "MG1005", "The dictionary has no key \"c\"; its keys are a, b")]
    [InlineData("x + int.Parse(\"8x\")", "MG1005", "\"8x\" is not such a number")]
    [InlineData("x + new Plan(1).Half", "MG1005", "'Half' of a Plan has no value at compile time")]
    [InlineData("Einsum(\"ni,ij\", x)", "MG2009", "Einsum has 2 operands in \"ni,ij\", but is given 1 tensors")]
    public void Body_Wrong_IsTold(string value, string id, string message)
    {
        var source = $$"""
            record Plan(int Width) { public int Half => Width / 2; }

            [Model] public partial class M
            {
                static readonly Dictionary<string, int> Counts = new() { ["a"] = 1, ["b"] = 2 };
                public Tensor Forward([Shape(8)] Tensor x) => {{value}};
            }
            """;
        var compilation = Driver.Compile(source);
        Driver.AssertCompiles(compilation);

        var finding = Assert.Single(Driver.Evaluate(compilation, "M").Findings);

        Assert.Equal((id, message), (finding.Id, finding.Message));
    }
}
