namespace ModelGen.Gpu.Tests.Session;

/// <summary>When the device works, and what happens when it ends: what only the double shows.</summary>
public sealed class DeviceWorkTests : SessionFixture
{
    private const int LaunchesOfAStep = 8;

    [Fact]
    public void EndStep_WaitsForItsOwnStep_AndNotForTheNext()
    {
        var accelerator = Session.Device.Accelerator;
        using var batch = TinyModel.MakeBatch(4, 4);
        var sgd = new Sgd(0.1f);
        var total = new LossTotal(Session.Info);
        Session.BeginStep(batch, 0, sgd, null);
        Assert.Equal(0, accelerator.Executed);
        Session.BeginStep(batch, 0, sgd, null);
        Assert.Equal(0, accelerator.Executed);
        Session.EndStep(total);
        Assert.Equal(LaunchesOfAStep, accelerator.Executed);
        Session.BeginStep(batch, 0, sgd, null);
        Assert.Equal(LaunchesOfAStep, accelerator.Executed);
        Session.EndStep(total);
        Assert.Equal(2 * LaunchesOfAStep, accelerator.Executed);
    }

    [Fact]
    public void Fit_NeverWaitsForTheStepThatItHasJustBegun()
    {
        var accelerator = Session.Device.Accelerator;
        var behind = new List<long>();
        new Trainer<GpuSession<TinyModel>>(Session, new Adam()) { BatchSize = 4 }.Fit(Data(40), 1,
            progress: new Sink(_ => behind.Add(Session.LaunchCount - accelerator.Executed)));
        Assert.Equal([.. Enumerable.Repeat((long)LaunchesOfAStep, 9), 0], behind);
    }

    [Fact]
    public void Device_BeingClosed_WaitsForWhatSessionsCompute()
    {
        var device = GpuDevice.Open(GpuBackend.Cpu);
        var accelerator = device.Accelerator;
        using var session = new GpuSession<TinyModel>(new TinyModel(), device);
        using var gone = new GpuSession<TinyModel>(new TinyModel(), device);
        gone.Dispose();
        using var batch = TinyModel.MakeBatch(4, 4);
        using var sgd = new GpuSgd(0.1f);
        session.TrainStep(batch, 0, sgd);
        Assert.Equal(0, accelerator.Executed);
        device.Dispose();
        Assert.Equal(LaunchesOfAStep, accelerator.Executed);
        Assert.Throws<ObjectDisposedException>(() => session.ReadLoss());
    }

    [Fact]
    public void LostDevice_EndsFitWithOneException_AndTheCheckpointIsWhole()
    {
        var path = Path.Combine(Path.GetTempPath(), $"checkpoint-{Guid.NewGuid():N}.safetensors");
        try
        {
            var device = GpuDevice.Open(GpuBackend.Cpu);
            var session = new GpuSession<TinyModel>(new TinyModel(), device);
            float[] atCheckpoint = [];
            var trainer = new Trainer<GpuSession<TinyModel>>(session, new Adam(0.05f)) { BatchSize = 8, Callbacks = { new Checkpoint(path) } };
            var error = Assert.Throws<GpuLostException>(() => trainer.Fit(Data(40), 3, progress: new Sink(p =>
            {
                if (p is { Epoch: 2, Step: 1 })
                    atCheckpoint = session.Model.Parameters.ReadOnlyValues.ToArray();
                if (p is { Epoch: 2, Step: 3 })
                    device.Accelerator.Lose();
            })));
            Assert.Equal(
                "The device ILGPU test double failed under Tiny: the device has fallen off the bus. What was only on it is lost; "
                    + "a checkpoint that was written before is whole. Open the device anew.",
                error.Message);

            var loaded = new TinyModel();
            SafeTensors.Load(path, loaded.Parameters);
            Assert.Equal(atCheckpoint, loaded.Parameters.ReadOnlyValues.ToArray());

            // Every later call says the same, and closing is quiet.
            using var batch = TinyModel.MakeBatch(4, 4);
            Assert.Equal(error.Message, Assert.Throws<GpuLostException>(() => session.Predict(batch, new float[8])).Message);
            Assert.Equal(error.Message, Assert.Throws<GpuLostException>(() => session.Parameters).Message);
            session.Dispose();
            device.Dispose();
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Dataset Data(int count)
    {
        var random = new Random(11);
        float[] x = [.. Enumerable.Range(0, count * TinyModel.In).Select(_ => (random.NextSingle() * 2f) - 1f)];
        return Dataset.FromArrays(x, [.. Enumerable.Range(0, count).Select(i => x[i * TinyModel.In] > 0f ? 1 : 0)], TinyModel.In);
    }

    private sealed class Sink(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
