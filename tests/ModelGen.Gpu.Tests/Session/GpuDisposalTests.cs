namespace ModelGen.Gpu.Tests.Session;

/// <summary>Each use of a session, an optimizer or a device after its disposal says so.</summary>
public sealed class GpuDisposalTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void EveryMember_OfASessionThatIsGone_Throws(bool deviceFirst)
    {
        var device = GpuDevice.Open(GpuBackend.Cpu);
        using var model = new TinyModel();
        using var session = new GpuSession<TinyModel>(model, device);
        using var batch = new Batch(model.Info, 4) { Count = 4 };
        using var optimizer = new GpuAdam(0.1f);
        session.TrainStep(batch, 1, optimizer);
        if (deviceFirst)
            device.Dispose();
        else
            session.Dispose();
        var total = new LossTotal(model.Info);
        var output = new float[4 * model.Info.OutputLength];
        Action[] calls =
        [
            () => _ = session.Parameters, () => _ = session.Threads, () => session.Threads = 1, session.Upload, session.Download,
            () => session.Backward(batch, 0),
            () => session.Backward(batch, 0, total), () => session.TrainStep(batch, 0, optimizer), () => session.TrainStep(batch, 0, new Adam(), null),
            () => session.TrainStep(batch, 0, new RmsProp(), null, total), () => session.ReadLoss(), () => session.Evaluate(batch, []),
            () => session.Evaluate(batch, [], total),
            () => session.Predict(batch, output), () => session.Jvp(batch, null, [], [], []),
            () => new Trainer<GpuSession<TinyModel>>(session, new Sgd()).Evaluate(Dataset.FromArrays(new float[TinyModel.In * 4], new int[4], TinyModel.In)),
        ];
        Assert.All(calls, call => Assert.Throws<ObjectDisposedException>(call));
        session.Dispose();
        session.Dispose();
        if (!deviceFirst)
            device.Dispose();
        Assert.Throws<ObjectDisposedException>(() => device.Accelerator);
        Assert.Throws<ObjectDisposedException>(() => device.Name);
        Assert.Throws<ObjectDisposedException>(() => device.MemoryBytes);
        Assert.Contains("disposed", device.ToString());
        Assert.Throws<ObjectDisposedException>(() => new GpuSession<TinyModel>(model, device));

        // The model is not the session's.
        Assert.True(float.IsFinite(model.Backward(batch, 0)));
    }

    [Fact]
    public void Step_OfADisposedOptimizer_Throws()
    {
        using var device = GpuDevice.Open(GpuBackend.Cpu);
        using var model = new TinyModel();
        using var session = new GpuSession<TinyModel>(model, device);
        using var batch = new Batch(model.Info, 4) { Count = 4 };
        var optimizer = new GpuAdam(0.1f);
        session.TrainStep(batch, 1, optimizer);
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.TrainStep(batch, 1, optimizer));
    }
}
