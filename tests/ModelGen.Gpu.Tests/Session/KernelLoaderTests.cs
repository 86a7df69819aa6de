using ILGPU;
using ILGPU.Runtime;

namespace ModelGen.Gpu.Tests.Session;

/// <summary>What a session says of its kernels, launches and copies.</summary>
public sealed class KernelLoaderTests : SessionFixture
{
    private const int LaunchesOfTraining = 5, TrainableRanges = 2;

    [Fact]
    public void Session_CountsAndTimesItsKernels()
    {
        Assert.Equal(5, Session.KernelCount);
        Assert.InRange(Session.KernelLoadTime, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(2));
        using var batch = TinyModel.MakeBatch(4, 4);
        using var sgd = new GpuSgd(0.1f);
        Session.TrainStep(batch, 0, sgd);
        Assert.Equal(8, Session.KernelCount);
    }

    [Fact]
    public void SecondSession_OfADevice_TakesTheKernelsOfTheFirst()
    {
        using var other = new GpuSession<TinyModel>(new TinyModel(), Session.Device);
        Assert.Equal(5, other.KernelCount);
        using var batch = TinyModel.MakeBatch(4, 4);
        Assert.Equal(Session.Evaluate(batch, []), other.Evaluate(batch, []));
    }

    [Fact]
    public void Steps_CountLaunchesAndBytes()
    {
        using var batch = TinyModel.MakeBatch(10, 16);
        using var sgd = new GpuSgd(0.1f);
        using var clipped = new GpuSgd(0.1f) { GradientClipNorm = 1f };
        Assert.Equal((1, 10 * 3 * 4, 10 * 2 * 4), Moved(() => Session.Predict(batch, new float[20])));
        Assert.Equal((LaunchesOfTraining + 1 + TrainableRanges, 10 * (3 + 1) * 4, 4), Moved(() => Session.TrainStep(batch, 0, sgd)));
        Assert.Equal((LaunchesOfTraining + 1 + (2 * TrainableRanges), 10 * (3 + 1) * 4, 4), Moved(() => Session.TrainStep(batch, 0, clipped)));
    }

    [Fact]
    public void Launch_BeforeLoadingHasEnded_IsRefused()
    {
        using var link = new GpuLink(Session.Device.Accelerator, Session.Device.Memory, Session.Device.Kernels);
        var loader = new KernelLoader(link);
        var launch = loader.LoadKernel<ArrayView<float>, ArrayView<float>, int>(TinyKernels.MeanLoss, new KernelSpecialization(64, 1));
        var error = Assert.Throws<InvalidOperationException>(() => launch(link.Stream, (1, 64), default, default, 1));
        Assert.Equal("The kernel MeanLoss is launched before its loading has ended.", error.Message);
    }

    [Fact]
    public void Barriers_OfOpenCL_FenceBothMemories()
    {
        const string text = "\twork_group_barrier(CLK_GLOBAL_MEM_FENCE);\n\tx = 1;\n\twork_group_barrier(CLK_GLOBAL_MEM_FENCE, memory_scope_device);\n";
        var complete = BarrierFence.Complete(text);
        Assert.Equal(
            "\twork_group_barrier(CLK_GLOBAL_MEM_FENCE | CLK_LOCAL_MEM_FENCE);\n\tx = 1;\n\twork_group_barrier(CLK_GLOBAL_MEM_FENCE | CLK_LOCAL_MEM_FENCE, "
                + "memory_scope_device);\n",
            complete);

        // A second session finds the same compiled kernel.
        Assert.Equal(complete, BarrierFence.Complete(complete));
    }

    private (long Launches, long ToDevice, long FromDevice) Moved(Action call)
    {
        var before = (Session.LaunchCount, Session.BytesToDevice, Session.BytesFromDevice);
        call();
        return (Session.LaunchCount - before.LaunchCount, Session.BytesToDevice - before.BytesToDevice, Session.BytesFromDevice - before.BytesFromDevice);
    }
}
