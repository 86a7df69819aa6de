using ModelGen.Generator.Frontend.Evaluation;

namespace ModelGen.Tests.Frontend;

/// <summary>What is evaluated, named and written is in proportion to the values of a model.</summary>
/// <remarks>Measured as memory that is allocated, which is the same on every machine, however busy it is.</remarks>
public class ProportionTests
{
    private const int Few = 300, Times = 4;

    /// <summary>Members of a model of about as many values as n says.</summary>
    private static string Members(string form, int n) => form switch
    {
        "one layer again and again" =>
            $"readonly Layer a = Linear(4); public Tensor Forward([Shape(4)] Tensor x) {{ for (var i = 0; i < {n / 3}; i++) x = Tanh(a(x)); return x; }}",
        "layers" =>
            $"readonly Layer[] a = Repeat({n / 5}, i => Linear(4, init: Init.XavierNormal)); public Tensor Forward([Shape(4)] Tensor x) {{ foreach (var l in "
                + $"a) x = Relu(l(x)); return x; }}",
        "norms after biases" =>
            $"readonly Layer[] a = Repeat({n / 16}, i => Conv1d(4, 1)), b = Repeat({n / 16}, i => BatchNorm1d()); "
                + $"public Tensor Forward([Shape(4, 2)] Tensor x) {{ for (var i = 0; i < a.Length; i++) x = b[i](a[i](x)); return x; }}",
        "states in an array" =>
            $"readonly Layer v = Linear(8); public Tensor Forward([Shape(8)] Tensor x) {{ var s = new Tensor[{n / 6}]; s[0] = x; for (var t = 1; "
                + $"t < s.Length; t++) s[t] = s[t - 1] + 0.1f * (Tanh(v(s[t - 1])) - s[t - 1]); return s[^1]; }}",
        "results of functions" =>
            "Tensor F(Tensor x, int n) => n == 0 ? x : G(F(x, n - 1)); Tensor G(Tensor x) => x * Tanh(x) + x; "
                + $"public Tensor Forward([Shape(4)] Tensor x) {{ for (var i = 0; i < {n / 90}; i++) x = F(x, 30); return x; }}",
        "values used twice" =>
            $"readonly Tensor p = Parameter(4); public Tensor Forward([Shape(4)] Tensor x) {{ for (var i = 0; i < {n / 4}; "
                + $"i++) x = Tanh(x * 1.01f) + x * p; return x; }}",
        _ => $"public Tensor Forward([Shape(4)] Tensor x) => {string.Join(" + ", Enumerable.Repeat("Tanh(x) * x", n / 2))};",
    };

    [Theory]
    [InlineData("one layer again and again")]
    [InlineData("layers")]
    [InlineData("norms after biases")]
    [InlineData("states in an array")]
    [InlineData("results of functions")]
    [InlineData("values used twice")]
    [InlineData("one long sum")]
    public void FourTimesTheValues_CostLittleMoreThanFourTimesTheWork(string form)
    {
        Measure(form, Few / 3);
        var ((few, shortText), (many, longText)) = (Measure(form, Few), Measure(form, Few * Times));

        Assert.True(many < few * Times * 1.4, $"{few >> 10} KiB for {Few} values, {many >> 10} KiB for {Times} times as many.");
        // Numbers of values grow by a digit.
        Assert.True(longText < shortText * Times * 1.4, $"{shortText} characters for {Few} values, {longText} for {Times} times as many.");
    }

    // Bytes that evaluation takes, and characters of all names and formulas.
    private static (long Bytes, long Characters) Measure(string form, int n)
    {
        var model =
            Driver.Lower(Driver.Compile($"[Model] public partial class Net {{ {Members(form, n)} public Tensor Loss(Tensor y) => Mean(y * y); }}"), "Net")!.Ir;
        var start = GC.GetAllocatedBytesForCurrentThread();
        var graph = Evaluator.Run(model, _ => null).Training!;
        var bytes = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.True(graph.Nodes.Max(node => node.Origin.Text.Length) < 200);
        return (bytes, graph.Nodes.Sum(node => (long)node.Name.Length + node.Origin.Text.Length));
    }
}
