using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Tests.Emit;
using Xunit.Abstractions;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>A launch costs some microseconds, whatever it computes: a training step may not have many.</summary>
public sealed partial class LaunchTests(ITestOutputHelper log)
{
    // Of these, two are the optimizer's.
    [Theory]
    [InlineData("LeNet.cs", 26 - 2)]
    [InlineData("ResNet18.cs BasicBlock.cs", 200 - 2)]
    [InlineData("CharGpt.cs GptBlock.cs", 124)]
    [InlineData("Mlp.cs", 12)]
    [InlineData("CharLstm.cs", 12)]
    public void Step_HasFewLaunches(string files, int most)
    {
        var folder = Path.Combine(Tests(), "ModelGen.Benchmarks", "Models");
        var text =
            GeneratedAssembly.Compile(files.Split(' ').Select(f => File.ReadAllText(Path.Combine(folder, f))).Prepend(GeneratedAssembly.Usings)).SyntaxTrees
            .Select(t => t.ToString()).Single(t => t.Contains("class GpuKernels", StringComparison.Ordinal));

        var launches = Launches(text);

        log.WriteLine($"{files}: {launches}");
        Assert.InRange(launches, 1, most);
    }

    [Theory]
    [InlineData(0, 100, 4, 0, false, 4, 8, true)]
    [InlineData(0, 100, 4, 0, true, 4, 8, false)]
    public void Ranges_InOneArea_LieApartWhereOneEndsBeforeTheOther(long start, long fix, long length, long fixedLength, bool overlaps, long otherStart,
        long otherLength, bool isApart)
    {
        var one = new MemoryRange(0, 0, start, fix, overlaps ? length + 1 : length, fixedLength);
        var other = new MemoryRange(0, 0, otherStart, 100, otherLength, 0);

        Assert.Equal(isApart, !one.Overlaps(other));
        Assert.Equal(isApart, !other.Overlaps(one));
    }

    [Fact]
    public void Ranges_OfWhichOneGrowsWithTheBatch_LieApartBehindTheFixedOnes()
    {
        var isFixed = new MemoryRange(0, 0, 0, 64, 0, 64);
        var behind = new MemoryRange(0, 0, 0, 128, 7, 0);
        var across = new MemoryRange(0, 0, 0, 64, 7, 0);

        Assert.False(isFixed.Overlaps(behind));
        Assert.True(isFixed.Overlaps(across));
        Assert.False(isFixed.Overlaps(behind with { Space = 1 }));
        Assert.True(behind.Overlaps(behind));
    }

    [Fact]
    public void Ranges_OfParts_AreThoseOfTheWhole()
    {
        var parts = 0;
        foreach (var program in EmitModels.All.Values.SelectMany(m => ModelCompiler.LowerForGpu(m()).All))
        {
            foreach (var node in program.Calls.SelectMany(c => c.Arguments).Distinct().Where(program.Storage.IsPart))
            {
                var owner = program.Storage.Owner(node);
                if (program.Storage[node].Start != program.Storage[owner].Start) parts++;
                Assert.Equal(MemoryRange.Of(program, owner), MemoryRange.Of(program, node));
            }
        }

        Assert.NotEqual(0, parts);
    }

    [Fact]
    public void Batch_IsLimitedByWhatASumRunsOver()
    {
        var text = GeneratedAssembly.Compile([GeneratedAssembly.Usings, """
            [Model] public partial class Pairs
            {
                readonly Layer fc = Linear(1000);
                public Tensor Forward([Shape(1000)] Tensor x) => fc(x);
                public Tensor Loss(Tensor y) => Mean(Abs(Reshape(y, 1000, 1) - Reshape(y, 1, 1000)));
            }
            """]).SyntaxTrees.Select(t => t.ToString()).Single(t => t.Contains("class GpuKernels", StringComparison.Ordinal));

        var limit = int.Parse(Limit().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);

        Assert.InRange(limit, 1, int.MaxValue / 1_000_000);
    }

    [GeneratedRegex(@"takes at most (\d+) samples")]
    private static partial Regex Limit();

    // Those of the method Train and the methods it calls, once for each step of a loop.
    private static int Launches(string text)
    {
        var (launches, steps, depth) = (0, 1, 0);
        foreach (var line in Methods().Matches(text).SelectMany(m => m.Value.Split('\n')))
        {
            var loop = Loop().Match(line);
            if (loop.Success)
                (steps, depth) = (int.Parse(loop.Groups[1].Value, CultureInfo.InvariantCulture) + (line.Contains("--", StringComparison.Ordinal) ? 1 : 0),
                    line.IndexOf("for", StringComparison.Ordinal));
            else if (steps > 1 && line.TrimEnd() == new string(' ', depth) + "}")
                steps = 1;
            if (line.Contains("(s.Stream, ", StringComparison.Ordinal))
                launches += steps;
        }

        return launches;
    }

    private static string Tests([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));

    [GeneratedRegex(@"private void Train(Forward|Backward|Steps)\d*\(.*?\n        \}", RegexOptions.Singleline)]
    private static partial Regex Methods();

    [GeneratedRegex(@"for \(int step = (?:0; step < )?(\d+);")]
    private static partial Regex Loop();
}
