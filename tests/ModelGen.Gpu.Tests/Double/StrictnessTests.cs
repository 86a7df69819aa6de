using System.Diagnostics;
using System.Linq.Expressions;
using ILGPU;
using ILGPU.Execution;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;

namespace ModelGen.Gpu.Tests.Double;

/// <summary>What a device forgives, or punishes without a word, the double names.</summary>
[Collection(nameof(AloneCollection))]
public sealed class StrictnessTests : DoubleFixture
{
    [Fact]
    public void Index_PastTheEnd_NamesViewIndexAndLength()
    {
        using var x = Floats(Sequence(4));
        using var y = Floats(Sequence(4));
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.ReadPast, UpTo1024)((1, 4), x.View, y.View);
        var error = Assert.Throws<InvalidOperationException>(Accelerator.Synchronize);
        Assert.Equal("Kernel 'ReadPast' failed in group (0, 0, 0), thread (2, 0, 0): Index 4 is outside the view 'weights' of 4 Single.", error.Message);
    }

    [Fact]
    public void Index_OnTheHost_IsRefused()
    {
        using var x = Floats(1f);
        var error = Assert.Throws<InvalidOperationException>(() => x.View[0]);
        Assert.Contains("outside a kernel", error.Message);
    }

    [Fact]
    public void Buffer_WhenNew_IsPoisoned()
    {
        using var x = Accelerator.Allocate1D<uint>(5);
        Assert.All(x.GetAsArray1D(), word => Assert.Equal(0xCDCDCDCDu, word));
        Assert.Equal(0, x.NativePtr % 256);
    }

    [Fact]
    public void SharedMemory_ReadWithoutABarrier_IsARace()
    {
        using var x = Floats(Sequence(64));
        Accelerator.LoadStreamKernel<ArrayView<float>>(Kernels.ReadsTheNextOnes, UpTo1024)((1, 64), x.View);
        var error = Assert.Throws<InvalidOperationException>(Accelerator.Synchronize);
        Assert.Matches(
            @"^Kernel 'ReadsTheNextOnes' failed .*: Race on shared array 1\[\d+\]: thread \d+ (loads|stores) what thread \d+ has "
                + "(stored|loaded) since the last barrier", error.Message);
    }

    [Fact]
    public void SharedMemory_OverwrittenWithoutABarrier_IsARace()
    {
        using var x = Floats(Sequence(64));
        Accelerator.LoadStreamKernel<ArrayView<float>>(Kernels.OverwritesWhatIsRead, UpTo1024)((1, 64), x.View);
        var error = Assert.Throws<InvalidOperationException>(Accelerator.Synchronize);
        Assert.Matches(@"Race on shared array 0\[\d+\]: thread \d+ (loads|stores) what thread \d+ has (stored|loaded)", error.Message);
    }

    [Fact]
    public void Context_WithoutDevices_OffersItsCpu()
    {
        using var context = Context.Create(builder => builder.Cuda());
        Assert.Equal(AcceleratorType.CPU, Assert.Single(context.Devices).AcceleratorType);
    }

    [Fact]
    public void SharedMemory_WhenNew_IsPoisoned()
    {
        using var y = Accelerator.Allocate1D<float>(16);
        y.MemSetToZero();
        Accelerator.LoadStreamKernel<ArrayView<float>>(Kernels.ReadShared, UpTo1024)((1, 16), y.View);
        Accelerator.Synchronize();
        Assert.All(y.GetAsArray1D(), value => Assert.Equal(0xCDCDCDCDu, BitConverter.SingleToUInt32Bits(value)));
    }

    [Fact]
    public void SharedMemory_Above48Kilobytes_IsRefused()
    {
        using var y = Floats(0f);
        Accelerator.LoadStreamKernel<ArrayView<float>>(Kernels.TooMuchShared, UpTo1024)((1, 1), y.View);
        var error = Assert.Throws<InvalidOperationException>(Accelerator.Synchronize);
        Assert.Contains("need 49156 bytes", error.Message);
    }

    [Fact]
    public void View_OffA256ByteBorder_IsRefusedAtLaunch()
    {
        using var x = Floats(Sequence(128));
        using var y = Floats(Sequence(128));
        var kernel = Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, float, int>(Kernels.Scale, UpTo1024);
        var error = Assert.Throws<ArgumentException>(() => kernel((1, 32), x.View.BaseView.SubView(16, 8), y.View, 1f, 8));
        Assert.Contains("'x' starts 64 bytes past a border of 256", error.Message);
    }

    [Fact]
    public void View_InAStructOffTheBorder_IsRefusedAtLaunch()
    {
        using var x = Floats(Sequence(128));
        var kernel = Accelerator.LoadStreamKernel<Kernels.Net, int>(Kernels.Packed, UpTo1024);
        var error = Assert.Throws<ArgumentException>(() => kernel((1, 32), new() { X = x.View, W = x.View, Y = x.View.BaseView.SubView(1, 4) }, 3));
        Assert.Contains("'net.Y'", error.Message);
    }

    [Fact]
    public void Cast_OffItsAlignment_IsRefused()
    {
        using var x = Floats(Sequence(16));
        using var y = Floats(0f);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, int>(Kernels.CastAt, UpTo1024)((1, 1), x.View, y.View, 6);
        var error = Assert.Throws<InvalidOperationException>(Accelerator.Synchronize);
        Assert.Contains("needs the view 'x' aligned to 16 bytes", error.Message);
    }

    [Fact]
    public void View_OfADisposedBuffer_IsRefused()
    {
        var x = Floats(Sequence(4));
        using var y = Floats(Sequence(4));
        var stale = x.View;
        x.Dispose();
        var kernel = Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, float, int>(Kernels.Scale, UpTo1024);
        Assert.Throws<ObjectDisposedException>(() => kernel((1, 32), stale, y.View, 1f, 4));
        Assert.Throws<ObjectDisposedException>(() => x.View);
    }

    [Fact]
    public void View_OfHostMemory_IsRefused()
    {
        using var staging = Accelerator.AllocatePageLocked1D<float>(64, false);
        using var y = Floats(Sequence(64));
        var kernel = Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, float, int>(Kernels.Scale, UpTo1024);
        Assert.ThrowsAny<ArgumentException>(() => kernel((1, 64), staging.ArrayView, y.View, 1f, 4));
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(1, 0)]
    [InlineData(1, 1025)]
    [InlineData(1, 512)]
    public void Config_EmptyOrTooLarge_IsRefused(int groups, int threads)
    {
        using var y = Floats(0f);
        var kernel = Accelerator.LoadStreamKernel<ArrayView<float>>(Kernels.ReadShared, new(256, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => kernel((groups, threads), y.View));
    }

    [Fact]
    public void Specialization_Above1024Threads_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => Accelerator.LoadStreamKernel<ArrayView<float>>(Kernels.ReadShared, new(2048, 1)));

    [Fact]
    public void Parameter_OfTypeBool_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => Accelerator.LoadStreamKernel<ArrayView<float>, bool>(Kernels.TakesBool, UpTo1024));

    [Fact]
    public void Kernel_WrittenAsLambda_IsRefused() =>
        Assert.Throws<NotSupportedException>(() => Accelerator.LoadStreamKernel<ArrayView<float>>(view => view[0] = 1f, UpTo1024));

    [Fact]
    public void Barrier_InABranch_IsDivergence()
    {
        using var y = Floats(Sequence(32));
        Accelerator.LoadStreamKernel<ArrayView<float>>(Kernels.BarrierInBranch, UpTo1024)((1, 32), y.View);
        var error = Assert.Throws<InvalidOperationException>(Accelerator.Synchronize);
        Assert.Contains("3 at GroupBarrier", error.Message);
        Assert.Contains("29 at Finished", error.Message);
    }

    [Fact]
    public void Barrier_AfterSomeThreadsReturned_IsDivergence()
    {
        using var y = Floats(Sequence(64));
        Accelerator.LoadStreamKernel<ArrayView<float>, int>(Kernels.EarlyReturn, UpTo1024)((1, 64), y.View, 40);
        Assert.Throws<InvalidOperationException>(Accelerator.Synchronize);
    }

    [Fact]
    public void Barrier_Forgotten_IsARace()
    {
        using var x = Floats(Sequence(64));
        using var y = Accelerator.Allocate1D<float>(64);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.Race, UpTo1024)((1, 64), x.View, y.View);
        Assert.Contains("Race on shared array 0[", Assert.Throws<InvalidOperationException>(Accelerator.Synchronize).Message);
    }

    [Fact]
    public void Streams_WithoutOrder_SeeStaleMemory()
    {
        using var x = Floats(1f);
        using var y = Floats(0f);
        using var staging = Accelerator.AllocatePageLocked1D<float>(1, false);
        using var first = Accelerator.CreateStream();
        using var second = Accelerator.CreateStream();
        Accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, float, int>(Kernels.Scale, UpTo1024)(first, (1, 32), x.View, y.View, 5f, 1);
        y.View.BaseView.CopyTo(second, staging.ArrayView);
        second.Synchronize();
        Assert.Equal(0f, staging.Span[0]);
    }

    [Fact]
    public void Failure_OfOneLaunch_LeavesTheNextWorking()
    {
        using var x = Floats(Sequence(4));
        using var y = Floats(Sequence(4));
        var wrong = Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.ReadPast, UpTo1024);
        wrong((1, 4), x.View, y.View);
        Assert.Throws<InvalidOperationException>(Accelerator.Synchronize);
        wrong((1, 2), x.View, y.View);
        Accelerator.Synchronize();
        Assert.Equal([2f, 3f], y.GetAsArray1D()[..2]);
    }

    [Fact]
    public void InlinePtx_HasNoDevice() => Assert.False(CudaAsm.IsSupported);

    [Fact]
    public void Barriers_ByTheThousand_TakeNoSeconds()
    {
        const int n = 256;
        using var a = Floats(Sequence(n * n));
        using var c = Accelerator.Allocate1D<float>(n * n);
        var kernel = Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>, ArrayView<float>, int>(Kernels.TiledProduct, new(256, 2));
        var watch = Stopwatch.StartNew();
        kernel(new(new Index2D(n / 16, n / 16), new Index2D(16, 16)), a.View, a.View, c.View, n);
        Accelerator.Synchronize();
        // 256 groups with 32 barriers of 256 threads each: minutes with a thread of the process for every thread.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    [Fact]
    public void Stream_BeforeSynchronize_HasRunNothing()
    {
        using var x = Floats(1f, 2f);
        using var y = Floats(0f, 0f);
        using var staging = Accelerator.AllocatePageLocked1D<float>(2, false);
        using var stream = Accelerator.CreateStream();
        var kernel = Accelerator.LoadKernel<ArrayView<float>, ArrayView<float>, float, int>(Kernels.Scale, UpTo1024);
        kernel(stream, (1, 32), x.View, y.View, 2f, 2);
        y.View.BaseView.CopyTo(stream, staging.ArrayView);
        Assert.Equal([0f, 0f], staging.Span.ToArray());
        stream.Synchronize();
        Assert.Equal([2f, 4f], staging.Span.ToArray());
    }

    [Fact]
    public void Reduce_OfAGroupThatIsNoWholeWarps_IsRefused()
    {
        using var x = Floats(Sequence(40));
        using var y = Accelerator.Allocate1D<float>(40);
        Accelerator.LoadStreamKernel<ArrayView<float>, ArrayView<float>>(Kernels.SumInHelper, UpTo1024)((1, 40), x.View, y.View);
        Assert.Contains("whole warps", Assert.Throws<InvalidOperationException>(Accelerator.Synchronize).Message);
    }

    [Theory]
    [InlineData(nameof(Kernels.TiledProduct), true)]
    [InlineData(nameof(Kernels.WarpSum), true)]
    [InlineData(nameof(Kernels.Exchanges), true)]
    [InlineData(nameof(Kernels.Reverse), true)]
    [InlineData(nameof(Kernels.InHelpers), true)]
    [InlineData(nameof(Kernels.InNestedHelpers), true)]
    [InlineData(nameof(Kernels.SumInHelper), false)]
    [InlineData(nameof(Kernels.Scale), false)]
    public void Kernel_ThatWaits_IsRewritten(string name, bool isRewritten)
    {
        var method = typeof(Kernels).GetMethod(name)!;
        Type[] types = [.. method.GetParameters().Select(parameter => parameter.ParameterType), typeof(nint), typeof(int), typeof(int)];
        var kernel = new LoadedKernel(Accelerator, method, UpTo1024);
        var create = typeof(LoadedKernel).GetMethod(nameof(LoadedKernel.CreateResumable))!.MakeGenericMethod(Expression.GetFuncType(types));
        Assert.Equal(isRewritten, create.Invoke(kernel, null) is not null);
    }
}
