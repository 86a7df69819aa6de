namespace ModelGen.Gpu.Tests.Session;

/// <summary>The same trainer and the same optimizers, on the device and on the host.</summary>
public sealed class GpuTrainerTests : SessionFixture
{
    public static TheoryData<string> Optimizers => ["sgd", "momentum", "nesterov", "adam", "adamw", "rmsprop"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Fit_OnTheDevice_LearnsWhatTheHostLearns(string optimizer)
    {
        var data = Data(90);
        var expected = new Trainer<TinyModel>(Host, Make(optimizer)) { BatchSize = 16, Seed = 5, GradientClipNorm = 0.2f }.Fit(data, 3, data);
        var actual = new Trainer<GpuSession<TinyModel>>(Session, Make(optimizer)) { BatchSize = 16, Seed = 5, GradientClipNorm = 0.2f }.Fit(data, 3, data);
        Assert.Equal(expected.Epochs.Count, actual.Epochs.Count);
        foreach (var (host, device) in expected.Epochs.Zip(actual.Epochs))
        {
            Assert.Equal(host.TrainLoss, device.TrainLoss, 1e-4f);
            Assert.Equal(host.ValidationLoss!.Value, device.ValidationLoss!.Value, 1e-4f);
        }

        Assert.True(actual.Epochs[^1].TrainLoss < actual.Epochs[0].TrainLoss);
        AssertClose(Host.Parameters.ReadOnlyValues, Session.Parameters.ReadOnlyValues, 1e-4f);
        AssertClose(Host.Parameters.ReadOnlyBuffers, Session.Parameters.ReadOnlyBuffers, 1e-5f);
    }

    [Fact]
    public void EarlyStopping_RestoringTheBest_ReachesTheDevice()
    {
        var data = Data(40);
        var trainer = new Trainer<GpuSession<TinyModel>>(Session, new Sgd(1f)) { BatchSize = 8, Callbacks = { new EarlyStopping(1, minImprovement: 100f) } };
        var history = trainer.Fit(data, 20, data);
        Assert.True(history.StoppedEarly);
        Assert.NotEqual(history.Epochs[0].ValidationLoss, history.Epochs[^1].ValidationLoss);
        Assert.Equal(history.Epochs[0].ValidationLoss!.Value, trainer.Evaluate(data).Loss, 1e-5f);
    }

    [Fact]
    public void Fit_Twice_GivesTheSameBits()
    {
        using var device = GpuDevice.Open(GpuBackend.Cpu);
        using var other = new GpuSession<TinyModel>(new TinyModel(), device);
        foreach (var session in new[] { Session, other })
            new Trainer<GpuSession<TinyModel>>(session, new Adam(0.05f)) { BatchSize = 16, GradientClipNorm = 0.1f }.Fit(Data(64), 2);
        Assert.Equal(Session.Parameters.ReadOnlyValues.ToArray(), other.Parameters.ReadOnlyValues.ToArray());
    }

    private static Optimizer Make(string name) => name switch
    {
        "sgd" => new Sgd(0.5f, weightDecay: 0.01f),
        "momentum" => new Sgd(0.1f, 0.9f, 0.2f),
        "nesterov" => new Sgd(0.1f, 0.9f, nesterov: true),
        "adam" => new Adam(0.05f, weightDecay: 0.01f),
        "adamw" => new AdamW(0.05f),
        _ => new RmsProp(0.01f),
    };

    private static Dataset Data(int count)
    {
        var random = new Random(11);
        var x = new float[count * TinyModel.In];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            for (var k = 0; k < TinyModel.In; k++)
                x[(i * TinyModel.In) + k] = (random.NextSingle() * 2f) - 1f;
            labels[i] = x[i * TinyModel.In] + (0.5f * x[(i * TinyModel.In) + 1]) > 0f ? 1 : 0;
        }

        return Dataset.FromArrays(x, labels, TinyModel.In);
    }
}
