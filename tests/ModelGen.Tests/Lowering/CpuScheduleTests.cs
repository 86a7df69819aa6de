using ModelGen.Generator.Compile;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;
using ModelGen.Tests.Compile;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Lowering;

/// <summary>What is decided about kernels, as records: no text is read.</summary>
public class CpuScheduleTests
{
    [Fact]
    public void EveryKernel_HasASchedule_TheWidestFirstAndPlainLast()
    {
        foreach (var model in EmitModels.All.Values.Select(m => ModelCompiler.Lower(m())))
            foreach (var schedules in model.All.SelectMany(p => p.Calls).Select(c => c.Kernel).Distinct().Select(k => model.Cpu![k]))
            {
                Assert.Equal(CpuTarget.Plain, schedules[^1].Target);
                Assert.Equal(schedules.OrderByDescending(s => s.Target.Lanes).Select(s => s.Target), schedules.Select(s => s.Target));
                Assert.Single(schedules.Select(s => s.GetType()).Distinct());
                Assert.All(schedules, s => Assert.DoesNotContain('\n', s.Description));
            }
    }

    [Fact]
    public void Linear_FillsTheRegisters_AndReadsItsWeightsFromPanels()
    {
        var schedules = Products(ModelCompiler.Lower(EmitModels.Mlp(784, 256)), m => m.Infer)[0];

        Assert.Equal([(6, 64), (6, 16), (4, 4)], schedules.Select(s => (s.Tile.Rows, s.Tile.Columns)));
        Assert.All(schedules, s => Assert.Equal(OperandB.PackedParameter, s.B));
        Assert.Equal([6, 4, 2, 1], schedules[1].CutRows(2).Sizes);
        Assert.Equal(4, schedules[0].Kernel(schedules[0].WholeTile).Steps);
    }

    [Fact]
    public void WeightGradient_OfRowsFarApart_CopiesThemByTask_AndItsSumsWaitInTheResult()
    {
        var copied = Products(ModelCompiler.Lower(EmitModels.FarRows()), m => m.Train!).Where(p => p[0].B == OperandB.CopiedByTask).ToList();

        Assert.NotEmpty(copied);
        Assert.Contains(copied, p => p[0].IsCut && p[0].KeepsSumsInResult);
        Assert.DoesNotContain(Products(ModelCompiler.Lower(EmitModels.Mlp(20, 37)), m => m.Train!), p => p[0].B == OperandB.CopiedByTask);
    }

    [Fact]
    public void Tiles_FitIntoTheRegisters_AndHideTheLatency()
    {
        // The accumulators, a row of B, and an element of A.
        foreach (var target in new[] { CpuTarget.Avx512, CpuTarget.Avx2, CpuTarget.Vector128 })
            for (var vectors = 1; vectors <= target.TileRows.Count; vectors++)
                Assert.InRange(target.TileRows[vectors - 1] * vectors, target.SumsInFlight, target.Registers - vectors - 1);
    }

    [Fact]
    public void Tile_FollowsFromTheTableOfTheTarget()
    {
        var nest = Products(ModelCompiler.Lower(EmitModels.Mlp(784, 256)), m => m.Infer)[0][0].Nest;

        Assert.Equal(new MicroTile(6, 16, 1, 1), MicroTile.Of(nest, CpuTarget.Vector128, CpuFamily.X64));
        Assert.Equal(new MicroTile(3, 16, 1, 1), MicroTile.Of(nest, CpuTarget.Avx2 with { TileRows = EquatableArray.Of(5, 3) }, CpuFamily.X64));
    }

    [Theory]
    [InlineData(52 * 1024, 0)]
    [InlineData(8 * 1024, 1)]
    public void K_IsCutIntoBlocksThatTheCacheHolds(int floats, int levels)
    {
        var kernel = Products(ModelCompiler.Lower(EmitModels.Mlp(784, 256)), m => m.Infer)[0][0].Nest.Loop.Kernel;
        var nest = GemmNest.Of(kernel, CpuFamily.X64 with { Caches = new() { L2BlockFloats = floats } })!;

        Assert.Equal(levels, nest.BlockedLevels);
        if (levels > 0) Assert.InRange(nest.BlockLength * 64, 1, floats);
    }

    [Fact]
    public void Task_IsWorthHandingOver()
    {
        var few = Products(ModelCompiler.Lower(EmitModels.Mlp(784, 256)), m => m.Train!)[0][0];
        var dearer = new GemmSchedule(few.Nest, few.Target, CpuFamily.X64 with { Tasks = new() { FlopsOfAProduct = int.MaxValue } });

        Assert.True(dearer.Tasks.Chunk > few.Tasks.Chunk);
    }

    [Fact]
    public void CostlyFunctions_AreComputedInPairs_WhereOneVectorIsLatencyBound()
    {
        var model = ModelCompiler.Lower(EmitModels.Maps());
        var loops = model.Infer.Calls.Select(c => model.Cpu![c.Kernel]).Where(s => s[0] is LoopSchedule).Select(s => s.Cast<LoopSchedule>().ToList()).ToList();

        Assert.Contains(loops, s => s.Single(l => l.Target == CpuTarget.Avx2).IsInPairs);
        Assert.All(loops, s => Assert.False(s.Single(l => l.Target == CpuTarget.Plain).IsInPairs));
        Assert.All(loops.SelectMany(s => s).Where(l => l.Target == CpuTarget.Avx512), l => Assert.False(l.IsInPairs));
    }

    [Fact]
    public void BiasGradient_SumsTwoLinesOfColumnsAtOnce()
    {
        var model = ModelCompiler.Lower(EmitModels.FarRows());
        var strips = model.Train!.Calls.Select(c => model.Cpu![c.Kernel]).SelectMany(s => s).OfType<LoopSchedule>().Where(s => s.VectorsAtOnce > 1).ToList();

        Assert.Contains(strips, s => s.Target == CpuTarget.Avx2 && s.VectorsAtOnce == 4);
        Assert.Contains(strips, s => s.Target == CpuTarget.Avx512 && s.VectorsAtOnce == 2);
    }

    [Fact]
    public void Memory_IsPlannedForTheScheduleThatIsPrinted()
    {
        // What waits in the result between blocks of k lies in memory of its own.
        var pairs = from model in EmitModels.All.Values.Select(m => ModelCompiler.Lower(m()))
                    from program in model.All
                    from call in program.Calls.Where(c => model.Cpu![c.Kernel][0].KeepsSumsInResult)
                    from result in call.Writes
                    from read in call.Reads.Where(r => program.Storage.Owner(r) != program.Storage.Owner(result))
                    select (program, read, result);
        var checkedPairs = pairs.ToList();

        Assert.NotEmpty(checkedPairs);
        Assert.All(checkedPairs, p => Assert.False(Overlap(p.program, p.read, p.result)));
    }

    private static bool Overlap(Program program, int a, int b)
    {
        var isPerSample = program.Storage[a].Whole.IsPerSample;
        Place x = program.Places[a], y = program.Places[b];
        if (x.Region != y.Region || x.Index != y.Index || isPerSample != program.Storage[b].Whole.IsPerSample) return false;
        long First(Place place) => isPerSample ? place.PerSample : place.Fixed;
        long Length(int node) => program.Storage[node].Whole.Length.Factor;
        return First(x) < First(y) + Length(b) && First(y) < First(x) + Length(a);
    }

    private static List<List<GemmSchedule>> Products(LoweredModel model, Func<LoweredModel, Program> program) =>
        program(model).Calls.Select(c => model.Cpu![c.Kernel]).Where(s => s[0] is GemmSchedule).Select(s => s.Cast<GemmSchedule>().ToList()).ToList();
}
