using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGen.Tests.Architecture;

/// <summary>What describes a machine stands in Targets, with its unit and its source: no pass, schedule or emitter has tuning numbers of its own.</summary>
public partial class TargetTests
{
    private static readonly string[] s_folders = ["Passes", "Program", "Lowering", "Emit/Common", "Emit/Api", "Emit/Cpu", "Compile"];

    // Numbers that say nothing about a machine.
    private static readonly Dictionary<string, string> s_constants = new()
    {
        ["Passes/FormKernels.cs: MostRowMembers"] = "bounds the time that looking at a kernel takes the compiler",
        ["Passes/FormKernels.cs: MostNodesBetween"] = "bounds the memory that precedences take the compiler",
        ["Passes/FormKernels.cs: MostSumsAsked"] = "bounds the time that fusion takes the compiler",
        ["Passes/WinogradMatrices.cs: MostPoints"] = "bounds the rounding error of a transform",
        ["Passes/WinogradMatrices.cs: AccuratePoints"] = "bounds the rounding error of a transform",
        ["Passes/Precedence.cs: Spacing"] = "room between the numbers of an order",
        ["Lowering/SumBlocks.cs: Additions"] = "bounds the rounding error of a sum",
        ["Lowering/SumBlocks.cs: MostUncut"] = "bounds the rounding error of a sum",
        ["Lowering/Cpu/PackPlan.cs: Multiple"] = "the layout that the runtime packs",
        ["Emit/Gpu/TensorSchedule.cs: StepDepth"] = "the shape of the text of a tensor product",
        ["Emit/Gpu/TensorSchedule.cs: WarpRows"] = "the shape of the text of a tensor product",
        ["Emit/Gpu/TensorSchedule.cs: Stages"] = "the shape of the text of a tensor product",
        ["Emit/Gpu/TensorOperand.cs: ChunkBytes"] = "the PTX instructions of tensor products",
        ["Emit/Gpu/TensorOperand.cs: FragmentRows"] = "the PTX instructions of tensor products",
        ["Emit/Gpu/ProductSchedule.cs: LaneRows"] = "the shape of the text of a product",
        ["Emit/Gpu/ProductSchedule.cs: Warps"] = "the shape of the text of a product",
        ["Emit/Gpu/ProductSchedule.cs: Longest"] = "the shape of the text of a product",
        ["Emit/Gpu/LaunchPlan.cs: ScratchAreas"] = "how launches share memory",
        ["Emit/Gpu/GpuEmitter.cs: CallsPerMethod"] = "bounds a method for the JIT, whose launches have many arguments",
        ["Emit/Gpu/GpuEmitter.cs: LongestStride"] = "keeps counters in 32 bits",
        ["Emit/Gpu/StepLoopKernel.cs: SumsResource"] = "names a resource",
        ["Emit/Gpu/GpuMethod.cs: MostParameters"] = "ILGPU's launchers have no more",
        ["Emit/Gpu/GpuMethod.cs: ViewsInPack"] = "the structs of ModelGen.Gpu",
        ["Emit/Gpu/InlinePtx.cs: LineLength"] = "the width of printed text",
    };

    private static readonly Dictionary<string, string> s_literals = new()
    {
        ["Passes/KnownElements.cs"] = "whole numbers that a float holds exactly",
        ["Passes/TileConvolutions.cs"] = "numbers of axes",
        ["Emit/Cpu/Scope.cs"] = "where an index may need 64 bits",
    };

    [Fact]
    public void NoConstant_DescribesAMachine_OutsideOfTargets()
    {
        var found = Code(s_folders.Append("Emit/Gpu"))
            .SelectMany(c => Constant().Matches(c.Line).Select(m => $"{c.File}: {m.Groups[1].Value}")).Distinct().ToList();

        Assert.Empty(found.Except(s_constants.Keys));
        Assert.Empty(s_constants.Keys.Except(found));
    }

    [Fact]
    public void NoNumberInTheCode_DescribesAMachine()
    {
        var found = Code(s_folders)
            .Where(c => !Constant().IsMatch(c.Line)
                && Literal().Matches(c.Line).Any(m => long.Parse(m.Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) > 4))
            .ToList();

        Assert.Empty(found.Where(c => !s_literals.ContainsKey(c.File)).Select(c => $"{c.File}: {c.Line.Trim()}"));
        Assert.Empty(s_literals.Keys.Except(found.Select(c => c.File)));
    }

    // Lines without their strings and comments.
    private static IEnumerable<(string File, string Line)> Code(IEnumerable<string> folders, [System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../generator/ModelGen.Generator"));
        foreach (var path in folders.SelectMany(f => Directory.GetFiles(Path.Combine(root, f), "*.cs", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal))
            foreach (var line in File.ReadLines(path))
                yield return (Path.GetRelativePath(root, path).Replace('\\', '/'), Comment().Replace(Text().Replace(line, "\"\""), ""));
    }

    [GeneratedRegex(@"\bconst (?:int|long|float|double) ([A-Z]\w*) =")]
    private static partial Regex Constant();

    [GeneratedRegex(@"(?<![\w.])\d[\d_]*(?![\w.])")]
    private static partial Regex Literal();

    [GeneratedRegex("""\$?"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'""")]
    private static partial Regex Text();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();
}
