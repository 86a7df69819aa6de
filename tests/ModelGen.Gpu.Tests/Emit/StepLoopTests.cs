using ModelGen.Generator.Compile;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;
using ModelGen.Tests.Emit;
using Xunit.Abstractions;

namespace ModelGen.Gpu.Tests.Emit;

/// <summary>Recurrences whose steps are all in one kernel: when they are, and that they compute the same.</summary>
public class StepLoopTests(ITestOutputHelper log)
{
    private static readonly Dictionary<string, Func<ModelGraphs>> s_networks = new()
    {
        ["Lstm"] = () => Networks.Cells("Lstm"),
        ["Gru"] = () => Networks.Cells("Gru"),
        ["Rnn"] = () => Networks.Cells("Rnn"),
        ["two layers and directions"] = () => Networks.Cells("Lstm", bidirectional: true, layers: 2),
        ["wide"] = () => Networks.Cells("Gru", hidden: 40),
        ["own"] = () => Networks.OwnStep(),
    };

    public static TheoryData<string, int> Cases
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var name in s_networks.Keys)
                foreach (var samples in new[] { 1, 5 })
                    cases.Add(name, samples);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Steps_InOneKernel_MatchInterpreter(string name, int samples)
    {
        using var model = new EmittedGpuModel(s_networks[name]());

        Assert.DoesNotContain("for (int step", model.Text[..model.Text.IndexOf("class GpuKernels", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Empty(model.Violations());
        model.MatchesInterpreter(samples);
    }

    [Fact]
    public void Samples_ThatDependOnEachOther_AreLaunchedStepByStep()
    {
        using var model = new EmittedGpuModel(Networks.Crowd());

        Assert.Contains("// Each step is launched by itself: samples depend on each other.", model.Text, StringComparison.Ordinal);
        model.MatchesInterpreter(5);
    }

    [Theory]
    [InlineData("Lstm", 128, true)]
    [InlineData("Lstm", 1024, false)]
    [InlineData("Gru", 128, true)]
    [InlineData("Gru", 1024, false)]
    [InlineData("Rnn", 256, true)]
    [InlineData("Rnn", 2048, false)]
    public void Weights_ThatTakeLongerToReadThanLaunches_AreLaunchedStepByStep(string op, int hidden, bool isOne)
    {
        var schedules = Bodies(Networks.Cells(op, hidden: hidden)).Select(b => StepLoopSchedule.Choose(GpuTarget.Large, b)).ToList();

        foreach (var s in schedules) log.WriteLine($"{op} {hidden}: {s?.Description}, {s?.Clocks} against {s?.LaunchedClocks} cycles a step");
        Assert.Equal(2, schedules.Count);
        Assert.All(schedules, s => Assert.Equal(isOne, s is { IsFaster: true }));
    }

    [Fact]
    public void Schedules_FillTheThreadsAndFitSharedMemory()
    {
        foreach (var graphs in s_networks.Values.Append(() => Networks.Cells("Lstm", hidden: 128)))
            foreach (var body in Bodies(graphs()))
            {
                var schedule = StepLoopSchedule.Choose(GpuTarget.Large, body)!;
                Assert.InRange(schedule.SharedBytes, 1, GpuTarget.Large.SharedBytes);
                foreach (var sums in schedule.Statements.Select(s => s.Sums).OfType<StepSumSchedule>())
                {
                    Assert.InRange(sums.Parts * sums.PartLength, sums.Product.Depth, sums.Product.Depth + (7 * sums.Parts));
                    Assert.InRange((sums.Parts - 1) * sums.PartLength, 0, sums.Product.Depth - 1);
                }
            }
    }

    // The second product of a step reads the state before it when the first has written the state behind it.
    [Fact]
    public void States_ReadWhileTheyAreWritten_HaveRoomForBoth()
    {
        Assert.Contains(true, Bodies(Networks.OwnStep()).SelectMany(b => b.Held).Select(h => h.IsDouble));
        Assert.DoesNotContain(true, Bodies(Networks.Cells("Lstm")).SelectMany(b => b.Held).Select(h => h.IsDouble));
    }

    // Weights are [columns, terms] going forward and [terms, columns] going back.
    [Fact]
    public void Weights_WhoseColumnsDoNotLieTogether_AreCopiedBeforeTheLoop()
    {
        var bodies = Bodies(Networks.Cells("Lstm"));

        Assert.Equal([1, 0], bodies.Select(b => b.Copies.Count));
    }

    // Of a training step, forward and back.
    private static List<StepBody> Bodies(ModelGraphs graphs)
    {
        var program = ModelCompiler.LowerForGpu(graphs).Train!;
        StepBody Body(StepLoop loop) =>
            StepBody.TryCreate(program, loop, GpuLowering.Emitted, out var reason) ?? throw new InvalidOperationException(reason);
        return [.. program.Loops.Select(Body)];
    }
}
