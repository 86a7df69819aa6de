using System.Text.Json;
using System.Text.Json.Nodes;
using ModelGen.Conformance;

namespace ModelGen.Tests.Conformance;

/// <summary>Numbers at the edges: small models with what must come out, on each instruction set.</summary>
public class NumberRowTests(NumberRowTests.Results results) : IClassFixture<NumberRowTests.Results>
{
    private static readonly Lazy<IReadOnlyList<NumberRow>> s_rows = new(() =>
    {
        using var stream = File.OpenRead(Numbers);
        return [.. CaseFile.Read("Numbers.json", stream).Root!.Value.GetProperty("rows").EnumerateArray().Select(NumberRow.Read)];
    });

    public static TheoryData<string> Kinds => [.. s_rows.Value.Select(r => r.Kind).Distinct()];

    private static string Numbers => Path.Combine(AppContext.BaseDirectory, "Numbers.json");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Rows_OfAKind_AreRightOnEachInstructionSet(string kind)
    {
        var ofKind = results.All.Value[kind].ToList();
        Assert.Equal(3 * s_rows.Value.Count(r => r.Kind == kind), ofKind.Count);
        Assert.True(ofKind.All(r => r.Passed), string.Join("\n", ofKind.Where(r => !r.Passed).Select(r => r.Name + ": " + string.Join("; ", r.Failures))));
        Assert.All(ofKind, r => Assert.True(r.Compared.Count("outputs") + r.Compared.Count("grads") > 0, $"{r.Name} compares nothing"));
    }

    [Fact]
    public void Names_OfTheRows_AreUnique() => Assert.Equal(s_rows.Value.Count, s_rows.Value.Select(r => r.Name).Distinct().Count());

    [Theory]
    [InlineData("output", 1, "output[1] is 2, expected 1")]
    [InlineData("loss", 0, "loss[0] is 2, expected 0")]
    [InlineData("x", 0, "gradient of x[0] is 0, expected 7")]
    public void WrongNumber_FailsAndNamesTheElement(string where, double value, string expected)
    {
        var row = Relu();
        if (where == "output") row["expect"]!["output"]![1] = value;
        else if (where == "loss") row["expect"]!["loss"] = value;
        else row["expect"]!["gradients"]!["x"]![0] = 7;

        Assert.Contains(Run(row), f => f.StartsWith(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    public void NumberThatIsNotFinite_IsRightOnlyWhereItIsExpected(string number)
    {
        var row = Relu();
        row["inputs"]!["x"]!["values"]![1] = number;
        Assert.Contains(Run(row), f => f.StartsWith("output[1] is ", StringComparison.Ordinal));
        row["expect"]!["output"]![1] = number;
        Assert.DoesNotContain(Run(row), f => f.StartsWith("output", StringComparison.Ordinal));
        row["inputs"]!["x"]!["values"]![1] = 2;
        Assert.Contains(Run(row), f => f.StartsWith("output[1] is 2", StringComparison.Ordinal));
    }

    [Fact]
    public void RowWithoutAForward_IsAFailureThatSaysSo()
    {
        var row = Relu();
        row.AsObject().Remove("forward");
        Assert.Equal("rows.json: a row has no text 'forward'", Assert.Single(Run(row)));
    }

    private static JsonNode Relu() => JsonNode.Parse("""
        {
          "name": "relu", "kind": "my kind", "forward": "Relu(v)", "inputs": { "x": { "shape": [2], "values": [-1, 2] } }, "loss": "Sum(y)",
          "expect": { "output": [0, 2], "loss": 2, "gradients": { "x": [0, 1] } }, "rtol": 1e-6
        }
        """)!;

    private static IReadOnlyList<string> Run(JsonNode row)
    {
        using var document = JsonDocument.Parse(new JsonObject { ["rows"] = new JsonArray(row.DeepClone()) }.ToJsonString());
        var file = new CaseFile("rows.json", document.RootElement.Clone(), null, null);
        return Assert.Single(new ConformanceRun(new("")).Run([file])).Failures;
    }

    public sealed class Results
    {
        internal Lazy<ILookup<string, CaseResult>> All { get; } = new(() =>
            ConformanceRun.Run(new RunOptions(Numbers, Isas: $"{RunOptions.Avx512},{RunOptions.Avx2},{RunOptions.Scalar}")).ToLookup(r => r.Operator));
    }
}
