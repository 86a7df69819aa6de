using Microsoft.CodeAnalysis;

namespace ModelGen.Tests.Frontend;

/// <summary>A declaration that does not end, or makes far too much, is told so at once: MG1009 at the loop or the call.</summary>
public class BudgetTests
{
    private const string Layer = "readonly Layer fc = Linear(4); ";

    /// <summary>Members of a model; a mark is where the diagnostic may begin.</summary>
    public static TheoryData<string> Endless() =>
    [
        // Values.
        "public Tensor Forward([Shape(4)] Tensor x) { ^while (true) x = Tanh(x); }",
        Layer + "public Tensor Forward([Shape(4)] Tensor x) { ^for (int i = 0; i < 3; ) x = Relu(fc(x)); return x; }",
        Layer + "public Tensor Forward([Shape(4)] Tensor x) { ^do { for (var i = 0; i < 3; i++) x = fc(x); } while (true); }",
        Layer + "public Tensor Forward([Shape(4)] Tensor x) { ^for (;;) foreach (var i in new[] { 1, 2, 3 }) x = x + fc(x) * i; }",
        "Tensor Twice(Tensor x, int n) => n == 0 ? ^Tanh(x) : Twice(Twice(x, n - 1), n - 1); public Tensor Forward([Shape(4)] Tensor x) => Twice(x, 40);",
        "public Tensor Forward([Shape(4)] Tensor x) => Again(x); Tensor Again(Tensor x) { Tensor Inner(Tensor y) { ^while (true) y = Tanh(y); } "
            + "return Inner(x); }",
        "readonly RecurrentLayer f = Rnn(2, layers: int.MaxValue); public Tensor Forward([Shape(4, 8)] Tensor x) => ^f(x).Output;",
        "readonly RecurrentLayer f = Gru(2, truncation: 1); public Tensor Forward([Shape(60000, 8)] Tensor x) => ^f(x).Output;",
        // Steps.
        Layer + "public Tensor Forward([Shape(4)] Tensor x) { ^while (true) { } }",
        Layer + "public Tensor Forward([Shape(4)] Tensor x) { ^for (var i = 0; i >= 0; i += 0) for (var k = 0; k < 100; k++) { } return fc(x); }",
        "static int Count(int n) => n == 0 ? 1 : ^Count(n - 1) + ^Count(n - 1); readonly Layer fc = Linear(Count(60)); "
            + "public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "readonly Layer fc = Linear(^Enumerable.Range(0, 100_000).Select(i => ^Enumerable.Range(0, 100_000).Count()).Sum()); "
            + "public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        // Calls.
        Layer + "Tensor Again(Tensor x) => ^Again(x); public Tensor Forward([Shape(4)] Tensor x) => Again(fc(x));",
        "readonly Layer fc = Linear(4); public Tensor Forward([Shape(4)] Tensor x) { Func<Tensor, Tensor>? f = null; f = y => ^f!(y); return f(fc(x)); }",
        // Layers.
        "readonly Layer[] fc = ^Repeat(int.MaxValue, i => Linear(4)); public Tensor Forward([Shape(4)] Tensor x) => fc[0](x);",
        "readonly Layer[][] fc = Repeat(10_000, i => ^Repeat(10_000, k => ^Linear(4))); public Tensor Forward([Shape(4)] Tensor x) => fc[0][0](x);",
        // Arrays, lists, ranges, tuples.
        "static int[] Long() { int[] a = [1, 2]; ^for (var i = 0; i < 40; i++) a = [.. a, .. a]; return a; } readonly Layer fc = Linear(Long().Length); "
            + "public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "static int[] Long() { int[] a = [1, 2]; ^for (var i = 0; i < 40; i++) a = a.Concat(a).ToArray(); return a; } "
            + "readonly Layer fc = Linear(Long().Length); public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "static int Many() { var n = 0; ^while (n >= 0) { var a = new int[10_000]; n = a.Length; } return n; } readonly Layer fc = Linear(Many()); "
            + "public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "static int Many() { int[] a = new int[1000]; ^for (;;) { var b = a[..999]; } } readonly Layer fc = Linear(Many()); "
            + "public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "static int Many() { ^for (;;) { var b = (1, 2, 3, 4, 5, 6, 7); } } readonly Layer fc = Linear(Many()); "
            + "public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "readonly Layer fc = Linear(^Enumerable.Range(0, int.MaxValue).Count()); public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "readonly Layer fc = Linear((^new float[2_000_000_000]).Length); public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        // Texts.
        "static string Long() { var s = \"ab\"; ^for (var i = 0; i < 40; i++) s = s + s; return s; } readonly Layer fc = Linear(Long().Length > 5 ? 4 : 3); "
            + "public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "static string Long() { var s = \"ab\"; ^for (var i = 0; i < 40; i++) s = $\"{s}{s}\"; return s; } "
            + "readonly Layer fc = Linear(Long().Length > 5 ? 4 : 3); public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
        "static string Long() { var s = \"\"; ^for (var i = 0; i >= 0; i++) s += i; return s; } readonly Layer fc = Linear(Long().Length > 5 ? 4 : 3); "
            + "public Tensor Forward([Shape(4)] Tensor x) => fc(x);",
    ];

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task Declaration_ThatDoesNotEnd_SaysSoAtTheLoopOrCall(string members)
    {
        var source = "[Model] public partial class Net { " + members + " }";
        var marks = source.Split('^').SkipLast(1).Select(part => part.Length)
            .Aggregate(new List<int>(), (all, length) => [.. all, all.LastOrDefault() + length]);
        var compilation = Driver.Compile(source.Replace("^", "", StringComparison.Ordinal));
        Driver.AssertCompiles(compilation);

        var diagnostic = Assert.Single(await Driver.Analyze(compilation), d => d.Id == "MG1009");
        var result = Driver.NewGenerator().RunGenerators(compilation).GetRunResult();

        Assert.Contains(diagnostic.Location.SourceSpan.Start, marks);
        Assert.True(diagnostic.GetMessage().Length < 400, diagnostic.GetMessage());
        Assert.Null(result.Results[0].Exception);
        Assert.Empty(result.Diagnostics);
    }

    [Theory]
    [InlineData("readonly object a = Nested(); static object Nested() { object a = 1; for (var i = 0; i < 60; i++) a = new[] { a, a }; return a; }")]
    [InlineData("readonly object a = Nested(); static object Nested() { object a = 1; for (var i = 0; i < 50_000; i++) a = new[] { a }; return a; }")]
    [InlineData("readonly Layer b = Linear(Nested(2) == Nested(2) ? 4 : 3); static object Nested(int n) { object a = n; for (var i = 0; i < 60; "
        + "i++) a = new[] { a, a }; return a; }")]
    [InlineData("readonly Layer b = Linear($\"{4:D999999999}\".Length);")]
    public async Task Value_ThatIsNestedOrFormatted_DoesNotRunAway(string members)
    {
        var compilation = Driver.Compile("[Model] public partial class Net { " + members
            + " readonly Layer fc = Linear(4); public Tensor Forward([Shape(4)] Tensor x) => fc(x); }");
        Driver.AssertCompiles(compilation);

        Assert.Contains(await Driver.Analyze(compilation), d => d.Id is "MG1009" or "MG1005");
    }
}
