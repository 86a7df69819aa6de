using System.Text.Json;
using ModelGen.Benchmarks.Measuring;
using ModelGen.Benchmarks.Suites;

namespace ModelGen.Benchmarks.Tests;

/// <summary>What the lines of the suites train and infer say beside the times.</summary>
public class BenchmarkLineTests
{
    // In bytes of IL. The JIT compiler gives up optimising from about 40,000; this is the bound that the tests of the emitter keep too.
    const int LargestOptimisedMethod = 15_000;

    public static TheoryData<char> Letters() => [.. TrainingCase.All.Select(model => model.Letter)];

    [Theory]
    [InlineData("train", "A", "train_A", "step")]
    [InlineData("infer", "C", "infer_C_b1", "answer")]
    public void Line_HasMemoryAndStartUp(string suite, string letter, string name, string first)
    {
        Command run = Benchmarks(suite, "--case", letter, "--seconds", "0.02");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement line = JsonDocument.Parse(run.Output).RootElement;
        Assert.Equal(name, line.GetProperty("case").GetString());

        // A process of .NET takes some ten megabytes; what it needs of the network lies within.
        double peak = line.GetProperty("peak_mb").GetDouble(), workspace = line.GetProperty("workspace_mb").GetDouble();
        Assert.InRange(peak, 5, 1000);
        Assert.InRange(workspace, 1e-4, peak);
        Assert.InRange(line.GetProperty($"main_to_first_{first}_ms").GetDouble(), 1, line.GetProperty($"process_to_first_{first}_ms").GetDouble());
    }

    [Fact]
    public void TrainLine_SaysWhatWasEmitted()
    {
        JsonElement line = JsonDocument.Parse(Benchmarks("train", "--case", "A", "--seconds", "0.02").Output).RootElement;
        ModelInfo info = Models.XorMlp.ModelInfo;
        Assert.Equal(info.KernelCount, line.GetProperty("kernels").GetInt32());
        Assert.Equal(info.MemoryPasses, line.GetProperty("memory_passes").GetInt32());
        Assert.Equal(EmittedMethods.LargestInBytes(typeof(Models.XorMlp)), line.GetProperty("largest_method_il").GetInt32());
        Assert.Equal(Math.Round(info.TrainWorkspaceFloats(4) * 4 / 1048576.0, 4), line.GetProperty("workspace_mb").GetDouble());
    }

    [Fact]
    public void Table_HasTheMemory()
    {
        Command run = Benchmarks("train", "--case", "A", "--seconds", "0.02", "--table");
        Assert.Contains("peak_mb", run.Output, StringComparison.Ordinal);
        Assert.Contains("workspace_mb", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingDevice_IsOneLine()
    {
        Command run = Benchmarks("train", "--case", "A", "--device", "opencl:77");
        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("There is no device \"opencl:77\". OpenCL: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void NameThatIsNoDevice_IsAMistake()
    {
        Command run = Benchmarks("train", "--case", "A", "--device", "gpu");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("expected auto, cuda, opencl or cpu", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Letters))]
    public void LargestMethod_OfEachCase_IsOptimised(char letter)
    {
        IModel net = TrainingCase.All.Single(model => model.Letter == letter).Make();
        Assert.InRange(EmittedMethods.LargestInBytes(net.GetType()), 500, LargestOptimisedMethod);
    }

    static Command Benchmarks(params string[] arguments) => Command.Run("dotnet", [typeof(TrainingCase).Assembly.Location, .. arguments])!;
}
