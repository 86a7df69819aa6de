using ModelGen.Generator.Compile;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Lowering;

/// <summary>What is decided about the kernels of a GPU, as records: no text is read.</summary>
public class GpuScheduleTests
{
    private static readonly GpuTarget s_target = GpuTarget.Large;

    [Fact]
    public void EveryLaunch_FitsTheDevice()
    {
        foreach (var model in EmitModels.All.Values.Select(m => ModelCompiler.LowerForGpu(m(), new(ForTensorCores: true))))
            foreach (var step in model.All.SelectMany(p => model.Gpu![p].All).SelectMany(r => r.Steps))
            {
                Assert.InRange(step.Members.Sum(m => m.Launch.Schedule.SharedBytes), 0, s_target.SharedBytes);
                Assert.InRange(step.SideBySide?.Parameters.Count ?? 0, 0, GpuParameters.Most);
                foreach (var schedule in step.Members.SelectMany(m => new[] { m.Launch.Schedule, m.Launch.Tensor }).OfType<GpuSchedule>())
                {
                    Assert.InRange(schedule.Threads, s_target.WarpThreads, s_target.MostGroupThreads);
                    Assert.InRange(schedule.SharedBytes, 0, s_target.SharedBytes);
                    Assert.DoesNotContain('\n', schedule.Description);
                }
            }
    }

    [Fact]
    public void Product_OfManyRows_IsComputedInTilesOf64()
    {
        var product = Assert.Single(Products(Matrix(4096, 512), m => m.Infer));

        Assert.Equal(new FloatTile(s_target, 64, 64), product.Tile);
        Assert.Equal((256, 4, 4), (product.Threads, ((FloatTile)product.Tile).MicroM, ((FloatTile)product.Tile).MicroN));
        Assert.Equal((2, 16), (product.Tile.Stages, product.Tile.Depth));
        // Two stages of 16 rows of 64 floats and 4 more, for both factors.
        Assert.Equal((68, 4 * 2 * 2 * 16 * 68), (product.A.Line, product.SharedBytes));
        Assert.True(product.A.IsInFours && product.B.IsInFours);
        Assert.Equal(1, product.Sides.Parts);
    }

    // As many sums in a thread as 128×128, and less of the tile empty.
    [Theory]
    [InlineData(1_000_000, 64, 256, 64)]
    [InlineData(64, 1_000_000, 64, 256)]
    [InlineData(1_000_000, 128, 128, 128)]
    [InlineData(16, 16, 16, 16)]
    public void Tile_FollowsTheShapeOfTheResult(int m, int n, int tileM, int tileN) =>
        Assert.Equal(new FloatTile(s_target, tileM, tileN), FloatTile.Choose(s_target, new(m, 0), new(n, 0), new(1, 0), isSplit: false));

    [Fact]
    public void Factor_WhoseRowsAreNoMultipleOf16Bytes_IsCopiedFloatByFloat()
    {
        var product = Assert.Single(Products(Matrix(130, 128), m => m.Infer));

        Assert.False(product.A.IsInFours || product.B.IsInFours);
        Assert.Null(product.OnTensorCores([]));
    }

    [Fact]
    public void WeightGradientOfAConvolution_SplitsItsSums_AndCombinesThem()
    {
        var model = ModelCompiler.LowerForGpu(EmitModels.ConvNet());
        var split = model.Train!.Calls.Select(c => model.Gpu![c.Kernel]).First(l => l.All[0].Schedule is ProductSchedule { Sides.Parts: > 1 });
        var product = (ProductSchedule)split.All[0].Schedule;
        var combine = Assert.IsType<GpuLoopSchedule>(split.All[1].Schedule);

        Assert.Equal(2, split.All.Count);
        Assert.InRange(product.Sides.K.At(s_target.TypicalBatch) / product.Sides.Parts, s_target.PointsOfAPart, long.MaxValue);
        Assert.Equal(product.Sides.Parts, combine.Kernel.Stages[0].Inner[0].Factor);
        // One sum of each part passes from one to the other.
        Assert.Equal(-1, split.All[0].Arguments[^1]);
        Assert.Equal(-1, split.All[1].Arguments[0]);
        Assert.Equal(product.Kernel.Outer.Aggregate(1L, (p, a) => p * a.Factor), split.Scratch(-1).Length);
    }

    [Fact]
    public void Sums_AreNotSplit_OnADeviceThatFewGroupsFill()
    {
        var kernels = ModelCompiler.LowerForGpu(EmitModels.ConvNet()).Train!.Calls.Select(c => GpuLowering.Emitted(c.Kernel)).ToList();
        int Splits(GpuTarget target) => kernels.Count(k => GpuLaunches.Of(target, k, [], forTensorCores: false).All.Count > 1);

        Assert.NotEqual(0, Splits(s_target));
        Assert.Equal(0, Splits(s_target with { PointsOfASplit = int.MaxValue }));
    }

    [Fact]
    public void LargeProduct_HasAFormForTensorCores_WhereTheModelAllowsIt()
    {
        var launch = Assert.Single(Launches(Matrix(4096, 512, forTensorCores: true), m => m.Infer));
        var tensor = Assert.IsType<ProductSchedule>(launch.Tensor);

        Assert.Equal(new TensorTile(s_target, 128, 128), tensor.Tile);
        Assert.Equal((128, 3, 16), (tensor.Threads, tensor.Tile.Stages, tensor.Tile.Depth));
        Assert.Equal(3 * 2 * 128 * 64, tensor.SharedBytes);
        Assert.Equal([tensor.A.Access.Argument, tensor.B.Access.Argument], tensor.Parameters.Addressed.ToArray());
        Assert.Empty(launch.Schedule.Parameters.Addressed);
        Assert.Null(Assert.Single(Launches(Matrix(4096, 512), m => m.Infer)).Tensor);
        Assert.Null(Assert.Single(Launches(Matrix(4096, 10, forTensorCores: true), m => m.Infer)).Tensor);
    }

    [Theory]
    [InlineData(128, 4)]
    [InlineData(7, 1)]
    public void StepsOfARecurrence_AreOneKernel(int hidden, int samples)
    {
        var (model, program) = Recurrence("Lstm", hidden);
        var steps = Assert.Single(program.Loops.Select(l => model.Gpu!.Steps[program, l]))!;
        var schedule = Assert.IsType<StepLoopSchedule>(steps.Launches.All[^1].Schedule);

        Assert.True(schedule.IsFaster);
        Assert.Equal(samples, schedule.Samples);
        Assert.Equal(256, schedule.Threads);
        // Of the product with the state, the threads have several parts each.
        var sums = Assert.Single(schedule.Statements.Select(s => s.Sums).OfType<StepSumSchedule>());
        Assert.InRange(sums.Parts * sums.PartLength, hidden, hidden + (sums.TermsAtOnce * sums.Parts));
        Assert.Contains(true, schedule.Barriers);
    }

    [Fact]
    public void StepsOfARecurrence_AreLaunchedByThemselves_WhereWeightsTakeLongerToReadThanLaunches()
    {
        var (model, program) = Recurrence("Lstm", 1024);
        var loop = Assert.Single(program.Loops);

        Assert.Null(model.Gpu!.Steps[program, loop]);
        Assert.Matches(@"^[\d.]+ µs, estimated for a batch of 128, against [\d.]+ in one kernel$", model.Gpu.Steps.Reason(program, loop));
        // On a device where a launch takes much longer they are one.
        Assert.Null(new StepLoops(s_target, [program], GpuLowering.Emitted)[program, loop]);
        Assert.NotNull(new StepLoops(s_target with { LaunchMicroseconds = 250 }, [program], GpuLowering.Emitted)[program, loop]);
        Assert.Equal("shared memory does not hold the state of a sample",
            new StepLoops(s_target with { SharedBytes = 1024 }, [program], GpuLowering.Emitted).Reason(program, loop));
    }

    [Fact]
    public void Map_HasAThreadForEachPoint()
    {
        var schedule = Assert.Single(Loops("Map", s => s.Op("Tanh", s.Input("x", 1000))));

        Assert.Equal(new LoopMapping(256, 1, false), schedule.Mapping);
        Assert.Equal(0, schedule.SharedBytes);
        Assert.True(schedule.Parameters.TakesBatch);
        Assert.False(schedule.Parameters.TakesSeed);
    }

    [Theory]
    [InlineData(16, 256, 1)]
    [InlineData(40, 8, 32)]
    [InlineData(100, 4, 64)]
    [InlineData(1000, 1, 256)]
    [InlineData(20000, 1, 1024)]
    public void Rows_AreSharedByAsManyThreadsAsTheyAreLong(int length, int points, int threads)
    {
        var schedule = Loops("Rows" + length, s => s.Op("Softmax", s.Input("x", length)))[0];

        Assert.Equal((points, threads), (schedule.Mapping.Points, schedule.Mapping.Parts));
        Assert.Equal(threads > 1, schedule.Mapping.PartsAdjacent);
        Assert.Equal(threads > 1 ? points * threads * 4 : 0, schedule.SharedBytes);
        // A small row is written out.
        Assert.Equal(length <= s_target.UnrolledRounds, schedule.Points.Phases[0].IsUnrolled);
    }

    [Fact]
    public void SumsOverTheBatch_AreSharedByThreadsOfWhichNeighboursHaveNeighbouringColumns()
    {
        var model = ModelCompiler.LowerForGpu(EmitModels.Mlp());
        var gradients = Launches(model, m => m.Train!).Select(l => l.Schedule).OfType<GpuLoopSchedule>()
            .Where(s => s.Mapping is { IsShared: true, Points: 32 }).ToList();

        Assert.NotEmpty(gradients);
        Assert.All(gradients, s => Assert.Equal(new LoopMapping(32, 8, false), s.Mapping));
    }

    [Fact]
    public void KernelsThatNeedNothingOfEachOther_ShareALaunch()
    {
        var model = ModelCompiler.LowerForGpu(EmitModels.Mlp());
        var sides = model.Gpu![model.Train!].Backward.SelectMany(r => r.Steps).Select(s => s.SideBySide).OfType<SideBySideSchedule>().ToList();

        // The gradients of weight and bias.
        Assert.Contains(sides, s => s.Members is [GpuLoopSchedule, ProductSchedule]);
        Assert.All(sides, s => Assert.True(s.Fits(s_target)));
        Assert.DoesNotContain(sides, s => s.Fits(s_target with { KernelsOfALaunch = 1 }));
    }

    private static LoweredModel Matrix(int k, int n, bool forTensorCores = false) => ModelCompiler.LowerForGpu(
        Sketch.Model("Matrix", s => ([s.Op("Linear", s.Input("x", 35, k), new { outFeatures = n, bias = false }, "fc")], null)),
        new(ForTensorCores: forTensorCores));

    private static (LoweredModel Model, Program Program) Recurrence(string op, int hidden)
    {
        var model = ModelCompiler.LowerForGpu(
            Sketch.Model(op, s => ([s.Call(op, "r", new { hiddenSize = hidden }, ("x", s.Input("x", 3, 4)))[0]], null)));
        return (model, model.Infer);
    }

    private static List<GpuLoopSchedule> Loops(string name, Func<Sketch, Node> model) =>
        [.. Launches(ModelCompiler.LowerForGpu(Sketch.Model(name, s => ([model(s)], null))), m => m.Infer).Select(l => l.Schedule).OfType<GpuLoopSchedule>()];

    private static List<ProductSchedule> Products(LoweredModel model, Func<LoweredModel, Program> program) =>
        [.. Launches(model, program).Select(l => l.Schedule).OfType<ProductSchedule>()];

    private static List<GpuLaunch> Launches(LoweredModel model, Func<LoweredModel, Program> program) =>
        [.. program(model).Calls.SelectMany(c => model.Gpu![c.Kernel].All)];
}
