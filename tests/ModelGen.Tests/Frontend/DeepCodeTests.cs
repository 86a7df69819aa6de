using Microsoft.CodeAnalysis;
using ModelGen.Generator.Frontend;

namespace ModelGen.Tests.Frontend;

/// <summary>Code that is long or deeply nested compiles or is refused; no stack overflows.</summary>
public class DeepCodeTests
{
    private const string Rest = "readonly Layer fc = Linear(4); readonly Tensor p = Parameter(4); ";

    [Theory]
    [InlineData("sum of tensors", 5000)]
    [InlineData("sum and products of numbers", 5000)]
    [InlineData("text", 2000)]
    [InlineData("and", 2000)]
    [InlineData("or", 2000)]
    [InlineData("patterns", 2000)]
    [InlineData("cases", 2000)]
    [InlineData("statements", 5000)]
    [InlineData("concatenation", 2000)]
    [InlineData("calls", 60)]
    public void LongCode_IsEvaluated(string form, int length) => Driver.Evaluate(Source(form, length), "Net");

    [Theory]
    [InlineData("calls")]
    [InlineData("parentheses")]
    [InlineData("conditionals")]
    [InlineData("else if")]
    [InlineData("blocks")]
    [InlineData("signs")]
    [InlineData("not")]
    [InlineData("arrays")]
    [InlineData("lambdas")]
    [InlineData("modules")]
    public void NestedCode_IsEvaluatedOrRefused(string form)
    {
        foreach (var depth in new[] { 40, 60, 90, 150, 1000 })
        {
            // The stack that threads have on Windows.
            Exception? failure = null;
            var thread = new Thread(() => failure = Record.Exception(() => Check(Source(form, depth))), 1024 * 1024);
            thread.Start();
            thread.Join();
            Assert.Null(failure);
        }
    }

    private static void Check(string source)
    {
        var compilation = Driver.Compile(source);
        // Beyond some depth the compiler itself gives up.
        if (Driver.Lower(compilation, "Net")?.Ir is not { } lowered) return;
        Assert.Equal(lowered, Driver.Lower(compilation, "Net")!.Ir);
        Assert.DoesNotContain(ModelCheck.Run(lowered, id => Driver.Lower(compilation, id)?.Ir, default).Findings, f => f.Id == "MG9001");
        var result = Driver.NewGenerator().RunGenerators(compilation).GetRunResult();
        Assert.Null(result.Results[0].Exception);
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public async Task CodeNestedTooDeeply_IsSaidOnce()
    {
        var found = await Driver.Analyze(Driver.Compile(Source("calls", 250)));

        Assert.Equal(("MG1003", "The compiler of models cannot evaluate code that is nested this deeply; "
            + "a declaration is built from layers, modules, constants and control flow over them"),
            (Assert.Single(found, d => d.Severity == DiagnosticSeverity.Error).Id, found[0].GetMessage()));
    }

    private static string Source(string form, int length)
    {
        string Many(string part, string between = "") => string.Join(between, Enumerable.Repeat(part, length));
        string Forward(string expression) => Rest + "public Tensor Forward([Shape(4)] Tensor x) => fc(" + expression + ");";
        string Width(string members) => members + " readonly Layer fc = Linear(F(3)); public Tensor Forward([Shape(4)] Tensor x) => fc(x);";
        var numbers = Enumerable.Range(0, length).ToArray();
        var members = form switch
        {
            "sum of tensors" => Forward(Many("x * p", " + ")),
            "sum and products of numbers" => Width($"static int F(int n) => ({Many("n", " + n * 2 - n - ")}) % 5 + 9;"),
            "text" => Width($"static int F(int n) {{ var s = \"a\"; return ({Many("s", " + ")}).Length; }}"),
            "and" => Width($"static int F(int n) => {Many("n == 3", " && ")} ? 4 : 5;"),
            "or" => Width($"static int F(int n) => {Many("n == 5", " || ")} ? 4 : 5;"),
            "patterns" => Width($"static int F(int n) => n is {string.Join(" or ", numbers)} ? 4 : 5;"),
            "cases" => Width($"static int F(int n) {{ switch (n) {{ {string.Concat(numbers.Select(i => $"case {i}: "))} return 4; default: return 5; }} }}"),
            "statements" => Rest + "public Tensor Forward([Shape(4)] Tensor x) { " + Many("x = x * p; ") + "return fc(x); }",
            "concatenation" => Rest + $"public Tensor Forward([Shape(4)] Tensor x) => fc(Concat(1, {Many("x", ", ")}));",
            "calls" => Forward(Many("Relu(") + "x" + Many(")")),
            "parentheses" => Forward(Many("(x + ") + "x" + Many(")")),
            "conditionals" => Width($"static int F(int n) => {Many("n == 5 ? 4 : ")} 5;"),
            "else if" => Width($"static int F(int n) {{ {Many("if (n == 5) return 4; else ")} return 5; }}"),
            "blocks" => Width($"static int F(int n) {{ {Many("{ ")} return 4; {Many("} ")} }}"),
            "signs" => Width($"static int F(int n) => {Many("- ")} n * 0 + 4;"),
            "not" => Width($"static int F(int n) => {Many("!")} (n == 3) ? 4 : 5;"),
            "arrays" => Width($"static int F(int n) {{ object a = {Many("new object[] { ")} 1 {Many("}")}; return 4; }}"),
            "lambdas" => Width($"static int F(int n) {{ object f = {Many("(Func<object>)(() => ")} n {Many(")")}; return 4; }}"),
            _ => Rest + "readonly B0 b = new(); public Tensor Forward([Shape(4)] Tensor x) => b.Forward(fc(x));",
        };
        var modules = form != "modules" ? "" : string.Concat(numbers.Select(i => i == length - 1
            ? $"[Module] public partial class B{i} {{ public Tensor Forward(Tensor x) => x; }}\n"
            : $"[Module] public partial class B{i} {{ readonly B{i + 1} b = new(); public Tensor Forward(Tensor x) => b.Forward(x); }}\n"));
        return modules + "[Model] public partial class Net { " + members + " }";
    }
}
