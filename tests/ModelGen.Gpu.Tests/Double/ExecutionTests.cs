using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu.Tests.Double;

/// <summary>The double runs what a device would run; ModelGen.Ilgpu.Tests runs the same tests on ILGPU's own simulator.</summary>
public sealed class ExecutionTests : DoubleFixture
{
    [Fact]
    public void Launch_OfSeveralGroups_CoversEachThreadOnce()
    {
        using var x = Floats(Sequence(1000));
        using var y = Accelerator.Allocate1D<float>(1000);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, float, int>(Kernels.Scale, UpTo1024)((8, 128), x.View, y.View, 3f, 1000);
        Accelerator.Synchronize();
        Assert.Equal(Sequence(1000).Select(v => 3f * v), y.GetAsArray1D());
    }

    [Fact]
    public void Launch_OfThreeDimensions_CountsXFastest()
    {
        using var y = Accelerator.Allocate1D<int>(6 * 24);
        Accelerator.LoadStreamKernel<ArrayView<int>>(Kernels.WriteLinearIndex, UpTo1024)(new(new Index3D(3, 2, 1), new Index3D(4, 3, 2)), y.View);
        Accelerator.Synchronize();
        Assert.Equal(Enumerable.Range(0, 144).Select(i => i % 24), y.GetAsArray1D());
    }

    [Fact]
    public void Barrier_BetweenWriteAndRead_ShowsTheOthersValues()
    {
        using var x = Floats(Sequence(512));
        using var y = Accelerator.Allocate1D<float>(512);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, int>(Kernels.Reverse, UpTo1024)((3, 128), x.View, y.View, 128);
        Accelerator.Synchronize();
        var result = y.GetAsArray1D();
        for (var i = 0; i < 384; i++)
            Assert.Equal(128f + (i / 128 * 128) + 127 - (i % 128), result[128 + i]);
    }

    [Fact]
    public void Barrier_InLoop_SumsATree()
    {
        using var x = Floats(Sequence(1000));
        using var y = Accelerator.Allocate1D<float>(8);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, int>(Kernels.TreeSum, UpTo1024)((8, 128), x.View, y.View, 1000);
        Accelerator.Synchronize();
        Assert.Equal(Sequence(1000).Sum(), y.GetAsArray1D().Sum());
    }

    [Fact]
    public void Barriers_OfATiledProduct_GiveTheProduct()
    {
        var a = Sequence(32 * 32).Select(v => v % 7).ToArray();
        using var da = Floats(a);
        using var dc = Accelerator.Allocate1D<float>(32 * 32);
        var kernel = Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, int>(Kernels.TiledProduct, new(256, 2));
        kernel(new(new Index2D(2, 2), new Index2D(16, 16)), da.View, da.View, dc.View, 32);
        Accelerator.Synchronize();
        var c = dc.GetAsArray1D();
        for (var i = 0; i < c.Length; i++)
            Assert.Equal(Enumerable.Range(0, 32).Sum(k => a[(i / 32 * 32) + k] * a[(k * 32) + (i % 32)]), c[i]);
    }

    [Fact]
    public void Shuffles_InALoop_SumAWarp()
    {
        using var x = Floats(Sequence(96));
        using var y = Accelerator.Allocate1D<float>(3);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.WarpSum, UpTo1024)((1, 96), x.View, y.View);
        Accelerator.Synchronize();
        Assert.Equal([496f, 496f + 1024f, 496f + 2048f], y.GetAsArray1D());
    }

    [Fact]
    public void Exchanges_InOneExpression_KeepWhatIsComputedSoFar()
    {
        using var x = Floats(Sequence(64));
        using var y = Accelerator.Allocate1D<float>(64);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.Exchanges, UpTo1024)((1, 64), x.View, y.View);
        Accelerator.Synchronize();
        var result = y.GetAsArray1D();
        for (var t = 0; t < 64; t++)
        {
            var up = t % 32 == 0 ? t : t - 1;
            Assert.Equal(up + (100f * (t ^ 1)) + (10000f * ((t & 32) + 3)) + (1000000f * 33f), result[t]);
        }
    }

    [Fact]
    public void Reduce_WaitingInAHelper_SumsTheGroup()
    {
        using var x = Floats(Sequence(64));
        using var y = Accelerator.Allocate1D<float>(64);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.SumInHelper, UpTo1024)((1, 64), x.View, y.View);
        Accelerator.Synchronize();
        Assert.All(y.GetAsArray1D(), sum => Assert.Equal(2016f, sum));
    }

    [Fact]
    public void Helpers_ThatWait_AreWrittenOutInTheirPlaces()
    {
        using var x = Floats(Sequence(128));
        using var y = Accelerator.Allocate1D<float>(128);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.InHelpers, UpTo1024)((2, 64), x.View, y.View);
        Accelerator.Synchronize();
        var result = y.GetAsArray1D();
        for (var t = 0; t < 64; t++)
        {
            Assert.Equal(t == 63 ? 0f : t, result[63 - t]);
            Assert.Equal(Enumerable.Range(0, 3).Sum(k => 64 + Math.Max(t - k, 0) + k), result[64 + t]);
        }
    }

    [Fact]
    public void Helpers_InHelpers_KeepTheValuesOfBoth()
    {
        using var x = Floats(Sequence(64));
        using var y = Accelerator.Allocate1D<float>(64);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.InNestedHelpers, UpTo1024)((1, 64), x.View, y.View);
        Accelerator.Synchronize();
        Assert.Equal(Enumerable.Range(0, 64).Select(t => (3f * t) + 63 - t), y.GetAsArray1D());
    }

    [Fact]
    public void Atomics_OfManyGroups_LoseNothing()
    {
        using var x = Floats(Sequence(64 * 128).Select(_ => 1f).ToArray());
        using var y = Floats(0f, 0f);
        using var count = Accelerator.Allocate1D([0]);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, ArrayView<int>>(Kernels.AtomicSum, UpTo1024)((64, 128), x.View, y.View, count.View);
        Accelerator.Synchronize();
        Assert.Equal([8192f, 1f], y.GetAsArray1D());
        Assert.Equal(8192, count.GetAsArray1D()[0]);
    }

    [Fact]
    public void Views_InAStruct_ReachTheKernel()
    {
        using var x = Floats(1f, 2f, 3f);
        using var w = Floats(10f);
        using var y = Floats(0f, 0f, 0f);
        Accelerator.LoadStreamKernel<Kernels.Net, int>(Kernels.Packed, UpTo1024)(
            (1, 32), new Kernels.Net { X = x.View, W = w.View, Y = y.View, Rate = 0.5f }, 3);
        Accelerator.Synchronize();
        Assert.Equal([10.5f, 20.5f, 30.5f], y.GetAsArray1D());
    }

    [Fact]
    public void Parameters_UpToFourteen_ArePassed()
    {
        using var y = Floats(0f);
        Accelerator.LoadStreamKernel<ArrayView<float>, int, int, int, int, int, int, int, int, int, int, int, int, int>(Kernels.Fourteen, UpTo1024)(
            (1, 1), y.View, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        Accelerator.Synchronize();
        Assert.Equal(91f, y.GetAsArray1D()[0]);
    }

    [Fact]
    public void Cast_OfAlignedView_ReadsVectors()
    {
        using var x = Floats(Sequence(16));
        using var y = Floats(0f);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, int>(Kernels.CastAt, UpTo1024)((1, 1), x.View, y.View, 8);
        Accelerator.Synchronize();
        Assert.Equal(38f, y.GetAsArray1D()[0]);
    }
}
