using ModelGen.Generator.Ops;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Documentation;

/// <summary>The operator table is what the catalogue and autodiff say today.</summary>
public class OperatorTableTests
{
    public static TheoryData<string> Names => new(OpCatalog.All.Select(o => o.Name));

    [Fact]
    public void Page_IsUpToDate()
    {
        var path = Path.Combine(DiagnosticPageTests.Folder(), "operators.md");
        var written = OperatorTable.Write();
        if (Environment.GetEnvironmentVariable("VERIFY_ACCEPT") == "1") File.WriteAllText(path, written);

        Assert.True(File.Exists(path) && File.ReadAllText(path) == written,
            $"{path} is out of date. Run this test with VERIFY_ACCEPT=1 and read what changed.");
    }

    // Each differentiable operand of each op has a line that gives its cotangent, and each result one that gives its tangent.
    [Theory]
    [MemberData(nameof(Names))]
    public void Op_DerivesACotangentForEachOperand(string name)
    {
        // A constant to differentiation may have neither.
        if (!OpCatalog.Find(name)!.HasDerivative) return;
        var rules = new DerivedRules(OpCatalog.Find(name)!);
        foreach (var operand in rules.Operands.Split(", ").Select(o => o.Split(' '))
            .Where(o => o.Length > 1 && !o[1].StartsWith("i32", StringComparison.Ordinal)).Select(o => o[0]))
            Assert.Contains(rules.Vjp,
                line => line.Split(" = ").SkipLast(1).Any(left => left == "d" + operand || left.StartsWith("d" + operand + "[", StringComparison.Ordinal)));
        Assert.Contains(rules.Jvp, line => line.Split(" = ")[0].Split('[')[0] is "y'" or "z'");
    }
}
