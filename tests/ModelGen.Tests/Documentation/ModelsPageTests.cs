using System.Text.RegularExpressions;
using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Documentation;

/// <summary>Each example of the page on writing models compiles and trains, by the compiler's word.</summary>
public partial class ModelsPageTests
{
    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (Match block in Block().Matches(File.ReadAllText(Path.Combine(DiagnosticPageTests.Folder(), "models.md"))))
                examples.Add(Name().Match(block.Groups[1].Value).Groups[1].Value, block.Groups[1].Value);
            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_IsAModelWithoutAWarning(string model, string source)
    {
        var result = Driver.Evaluate(source, model);

        Assert.True(result.Training!.Loss >= 0);
        Assert.Empty(result.Findings);
        Assert.Empty(await Driver.Analyze(Driver.Compile(source)));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\[Model\]\npublic partial class (\w+)")]
    private static partial Regex Name();
}
