using System.Text.RegularExpressions;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Emit;

/// <summary>What a person opens: the public members, the steps, and the kernels of one vector width, each in a file of its own.</summary>
public partial class CpuFilesTests
{
    private static readonly IReadOnlyList<GeneratedFile> s_files = CpuFiles.Emit(ModelCompiler.Lower(EmitModels.ConvNet()));

    [Fact]
    public void Model_HasAFileForEachConcern() =>
        Assert.Equal([FileNames.Cpu, FileNames.Steps, FileNames.Avx512Kernels, FileNames.Avx2Kernels, FileNames.PlainKernels], s_files.Select(f => f.Suffix));

    [Fact]
    public void PublicMembers_StandApartFromWhatIsComputed()
    {
        var text = Text(FileNames.Cpu);
        Assert.Contains("public void Predict(", text, StringComparison.Ordinal);
        Assert.DoesNotContain("class Compiled", text, StringComparison.Ordinal);
        // Not the other way around either.
        Assert.All(s_files.Skip(1), f => Assert.DoesNotContain("public void Predict(", f.Text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(FileNames.Steps, "")]
    [InlineData(FileNames.Avx512Kernels, "512")]
    [InlineData(FileNames.Avx2Kernels, "256")]
    [InlineData(FileNames.PlainKernels, "")]
    public void File_UsesOnlyTheVectorsOfItsWidth(string suffix, string width)
    {
        string[] widths = width.Length == 0 ? [] : [width];
        Assert.Equal(widths, VectorType().Matches(Text(suffix)).Select(m => m.Groups[1].Value).Distinct());
    }

    [Fact]
    public void Steps_CallEachKernelOfEachWidth()
    {
        var steps = Text(FileNames.Steps);
        foreach (var (suffix, end) in new[] { (FileNames.Avx512Kernels, "512"), (FileNames.Avx2Kernels, "256"), (FileNames.PlainKernels, "Scalar") })
        {
            var kernels = Regex.Matches(Text(suffix), $@"// Schedule: .*\s+private static void (\w+_{end})\(").Select(m => m.Groups[1].Value).ToList();
            Assert.NotEmpty(kernels);
            Assert.All(kernels, k => Assert.Matches($@"\b{k}\b", steps));
        }
    }

    private static string Text(string suffix) => s_files.Single(f => f.Suffix == suffix).Text;

    [GeneratedRegex(@"\bVector(\d+)<")]
    private static partial Regex VectorType();
}
