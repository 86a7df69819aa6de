using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGen.Tests.Architecture;

/// <summary>What describes a machine stands in Targets, with its unit and its source: no pass, schedule or emitter has tuning numbers of its own.</summary>
public partial class TargetTests
{
    private static readonly string[] s_folders = ["Expressions", "Graph", "Passes", "Program", "Lowering", "Emit", "Compile"];

    // Numbers that say nothing about a machine.
    private static readonly Dictionary<string, string> s_constants = new()
    {
        ["Expressions/AffineIndex.cs: FewAxes"] = "bounds the memory of an index in the compiler",
        ["Expressions/Axis.cs: TypicalBatch"] = "the work that costs are weighed for",
        ["Expressions/Expr.cs: FewLoads"] = "bounds the memory of an expression in the compiler",
        ["Expressions/Lengths.cs: Most"] = "positions are 32-bit numbers",
        ["Expressions/Lengths.cs: AlignmentInFloats"] = "the layout of files and memory that the runtime shares",
        ["Passes/FormKernels.cs: MostRowMembers"] = "bounds the time that looking at a kernel takes the compiler",
        ["Passes/FormKernels.cs: MostNodesBetween"] = "bounds the memory that precedences take the compiler",
        ["Passes/FormKernels.cs: MostSumsAsked"] = "bounds the time that fusion takes the compiler",
        ["Passes/WinogradMatrices.cs: MostPoints"] = "bounds the rounding error of a transform",
        ["Passes/WinogradMatrices.cs: AccuratePoints"] = "bounds the rounding error of a transform",
        ["Passes/Precedence.cs: Spacing"] = "room between the numbers of an order",
        ["Expressions/AxisNames.cs: LongestOfSeveral"] = "letters that can be read as one word",
        ["Expressions/ExprPrinter.cs: OfProduct"] = "how tightly operators bind",
        ["Passes/InlineMaps.cs: MostTold"] = "names in a comment",
        ["Emit/Common/KernelNames.cs: MostAppended"] = "words of a name",
        ["Emit/Common/KernelNames.cs: LongestLabel"] = "letters of a name",
        ["Lowering/SumBlocks.cs: Additions"] = "bounds the rounding error of a sum",
        ["Lowering/SumBlocks.cs: MostUncut"] = "bounds the rounding error of a sum",
        ["Lowering/Cpu/PackPlan.cs: Multiple"] = "the layout that the runtime packs",
        ["Lowering/Gpu/LaunchPlan.cs: ScratchAreas"] = "how launches share memory",
        ["Lowering/Gpu/GpuLowering.cs: LongestStride"] = "keeps counters in 32 bits",
        ["Lowering/Gpu/StepBarriers.cs: SumsResource"] = "names a resource",
        ["Lowering/Gpu/GpuParameters.cs: Most"] = "ILGPU's launchers have no more",
        ["Lowering/Gpu/GpuParameters.cs: ViewsInPack"] = "the structs of ModelGen.Gpu",
        ["Emit/Gpu/InlinePtx.cs: LineLength"] = "the width of printed text",
    };

    private static readonly Dictionary<string, string> s_literals = new()
    {
        ["Expressions/Expr.cs"] = "hashes",
        ["Expressions/ScalarMath.cs"] = "a series of the error function",
        ["Graph/GraphPrinter.cs"] = "the width of printed text",
        ["Passes/KnownElements.cs"] = "whole numbers that a float holds exactly",
        ["Passes/TileConvolutions.cs"] = "numbers of axes",
        ["Emit/Cpu/Scope.cs"] = "where an index may need 64 bits",
        ["Emit/Gpu/GpuScope.cs"] = "quotients as 32-bit products and shifts",
        ["Lowering/Gpu/OperandCopy.cs"] = "rows that fall into different banks of shared memory",
        ["Emit/Gpu/TensorContraction.cs"] = "the number of a warp as a shift",
        ["Emit/Gpu/TensorOperand.cs"] = "the fragments of the PTX instruction",
        ["Lowering/Gpu/TensorTile.cs"] = "registers that the sums of a tile leave, and different banks of shared memory",
    };

    [Fact]
    public void NoConstant_DescribesAMachine_OutsideOfTargets()
    {
        var found = Code()
            .SelectMany(c => Constant().Matches(c.Line).Select(m => $"{c.File}: {m.Groups[1].Value}")).Distinct().ToList();

        Assert.Empty(found.Except(s_constants.Keys));
        Assert.Empty(s_constants.Keys.Except(found));
    }

    [Fact]
    public void NoNumberInTheCode_DescribesAMachine()
    {
        var found = Code()
            .Where(c => !Constant().IsMatch(c.Line)
                && Literal().Matches(c.Line).Any(m => long.Parse(m.Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) > 4))
            .ToList();

        Assert.Empty(found.Where(c => !s_literals.ContainsKey(c.File)).Select(c => $"{c.File}: {c.Line.Trim()}"));
        Assert.Empty(s_literals.Keys.Except(found.Select(c => c.File)));
    }

    // Lines without their strings and comments.
    private static IEnumerable<(string File, string Line)> Code([System.Runtime.CompilerServices.CallerFilePath] string here = "")
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../generator/ModelGen.Generator"));
        foreach (var path in s_folders.SelectMany(f => Directory.GetFiles(Path.Combine(root, f), "*.cs", SearchOption.AllDirectories))
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
