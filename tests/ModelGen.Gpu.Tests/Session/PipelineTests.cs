namespace ModelGen.Gpu.Tests.Session;

/// <summary>Two steps under way at a time change nothing of what a trainer tells.</summary>
public sealed class PipelineTests : SessionFixture
{
    [ManyStepsTheory]
    [InlineData("sgd")]
    [InlineData("momentum")]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    public void Fit_TellsWhatItTellsInTurn(string optimizer)
    {
        using var other = new GpuSession<TinyModel>(new TinyModel(), Session.Device);
        var (ahead, inTurn) = (Fit(Session, optimizer), Fit(new InTurn(other), optimizer));
        Assert.Equal(8, ahead.Count);
        Assert.Equal(inTurn, ahead);
        Assert.Equal(other.Parameters.ReadOnlyValues.ToArray(), Session.Parameters.ReadOnlyValues.ToArray());
    }

    [ManyStepsFact]
    public void Divergence_IsToldOfTheStepWhereItWas()
    {
        using var other = new GpuSession<TinyModel>(new TinyModel(), Session.Device);
        var ahead = Assert.Throws<TrainingDivergedException>(() => Fit(Session, "diverging"));
        var inTurn = Assert.Throws<TrainingDivergedException>(() => Fit(new InTurn(other), "diverging"));
        Assert.Equal(inTurn.Message, ahead.Message);
        Assert.Equal((inTurn.Epoch, inTurn.Step), (ahead.Epoch, ahead.Step));

        // No step is left under way.
        Assert.Throws<InvalidOperationException>(() => Session.EndStep(new LossTotal(Session.Info)));
    }

    [ManyStepsFact]
    public void Progress_ThatThrows_LeavesNoStepUnderWay()
    {
        var trainer = new Trainer<GpuSession<TinyModel>>(Session, new Sgd(0.1f)) { BatchSize = 4 };
        Assert.Throws<TimeoutException>(() => trainer.Fit(Data(24), 1, progress: new Sink(_ => throw new TimeoutException())));
        Assert.Throws<InvalidOperationException>(() => Session.EndStep(new LossTotal(Session.Info)));
        Assert.Single(trainer.Fit(Data(24), 1).Epochs);
    }

    [ManyStepsFact]
    public void Cancellation_EndsAfterTheStepUnderWay()
    {
        using var stop = new CancellationTokenSource();
        var told = 0;
        var trainer = new Trainer<GpuSession<TinyModel>>(Session, new Sgd(0.1f)) { BatchSize = 4 };
        var history = trainer.Fit(Data(40), 3, progress: new Sink(p =>
        {
            told = p.Step;
            if (p.Step == 2)
                stop.Cancel();
        }), cancellationToken: stop.Token);
        Assert.True(history.WasCancelled);
        Assert.Equal(3, told);
        Assert.False(Assert.Single(history.Epochs).IsComplete);
    }

    [Fact]
    public void Steps_BeyondTwo_AreRefused()
    {
        using var batch = TinyModel.MakeBatch(4, 4);
        var sgd = new Sgd(0.1f);
        var total = new LossTotal(Session.Info);
        Session.BeginStep(batch, 0, sgd, null);
        Session.BeginStep(batch, 0, sgd, null);
        Assert.Contains("EndStep", Assert.Throws<InvalidOperationException>(() => Session.BeginStep(batch, 0, sgd, null)).Message);
        Assert.Contains("under way", Assert.Throws<InvalidOperationException>(() => Session.TrainStep(batch, 0, sgd, null)).Message);

        // What happens in between waits, and takes nothing away.
        var evaluated = Session.Evaluate(batch, []);
        var (first, second) = (Session.EndStep(total), Session.EndStep(total));
        Assert.True(first > second && second > evaluated, $"{first}, {second}, {evaluated}");
        Assert.Equal(8, total.Samples);
        Assert.Contains("BeginStep", Assert.Throws<InvalidOperationException>(() => Session.EndStep(total)).Message);
    }

    [ManyStepsTheory]
    [InlineData("sgd", "N++N+NN++")]
    [InlineData("momentum", "NN++N+")]
    [InlineData("nesterov", "+N+NN+")]
    [InlineData("adam", "N++N+NN++")]
    [InlineData("adamw", "+NNN++")]
    public void Batches_ThatCountNothing_MoveNothing(string optimizer, string batches)
    {
        using var other = new GpuSession<TinyModel>(new TinyModel(), Session.Device);
        using GpuOptimizer here = Make(optimizer), there = Make(optimizer);
        for (var i = 0; i < batches.Length; i++)
        {
            using var batch = TinyModel.MakeBatch(8, 8, i);
            if (batches[i] == 'N')
                batch.Floats(0)[5] = float.NaN;
            else
                other.TrainStep(batch, 0, there);
            Session.TrainStep(batch, 0, here);
            if (i == 4)
                Session.Evaluate(batch, []);
        }

        Assert.Equal(batches.Count(c => c == '+'), here.StepCount);
        Assert.Equal(there.StepCount, here.StepCount);
        Assert.Equal(other.Parameters.ReadOnlyValues.ToArray(), Session.Parameters.ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Memory_ThatIsShort_IsToldBeforeTrainingBegins()
    {
        var memory = Session.Device.Memory;
        memory.Limit = 0;
        var started = new Started();
        var trainer = new Trainer<GpuSession<TinyModel>>(Session, new Adam()) { BatchSize = 16, Callbacks = { started } };
        var error = Assert.Throws<InsufficientMemoryException>(() => trainer.Fit(Data(32), 1));
        // 64 rows of 5 floats; twice a column of 3 floats and a label, and 2 outputs; the moments.
        Assert.Equal(
            $"Tiny with 16 samples a batch (workspace {64 * 5 * 4} bytes, inputs and outputs {16 * 10 * 4}, optimizer {2 * 48 * 4}) needs "
                + $"{1280 + 640 + 384} bytes on "
            + $"{Session.Device.Name}, and 0 of its {memory.TotalBytes} are free.",
            error.Message);
        Assert.False(started.Was);
        memory.Limit = long.MaxValue;
        Assert.Single(trainer.Fit(Data(32), 1).Epochs);
    }

    private static GpuOptimizer Make(string name) => name switch
    {
        "sgd" => new GpuSgd(0.3f),
        "momentum" => new GpuSgd(0.1f, 0.9f, 0.2f),
        "nesterov" => new GpuSgd(0.1f, 0.9f, nesterov: true) { GradientClipNorm = 0.1f },
        "adam" => new GpuAdam(0.05f) { GradientClipNorm = 0.1f },
        _ => new GpuAdamW(0.05f),
    };

    private static List<string> Fit<T>(T model, string optimizer)
        where T : IModel
    {
        Optimizer rule = optimizer switch
        {
            "sgd" => new Sgd(0.5f),
            "momentum" => new Sgd(0.1f, 0.9f),
            "adam" => new Adam(0.05f),
            "rmsprop" => new RmsProp(0.01f),
            _ => new Sgd(3e38f),
        };
        var told = new List<string>();
        var trainer = new Trainer<T>(model, rule) { BatchSize = 8, Seed = 4, GradientClipNorm = optimizer == "adam" ? 0.1f : null };
        if (optimizer != "diverging")
            trainer.Schedule = new CosineSchedule(0.1f, 8);
        var history = trainer.Fit(Data(30), 2, Data(9), new Sink(p =>
            told.Add(FormattableString.Invariant($"{p.Epoch}/{p.Epochs} {p.Step}/{p.StepsPerEpoch} {p.Loss:R} {p.LearningRate:R}"))));
        Assert.Equal(8, told.Count);
        foreach (var (epoch, i) in history.Epochs.Select((epoch, i) => (epoch, i)))
            told[3 + (4 * i)] += FormattableString.Invariant($" {epoch.TrainLoss:R} {epoch.ValidationLoss:R} {epoch.LearningRate:R} {epoch.IsComplete}");
        return told;
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

    private sealed class Started : TrainerCallback
    {
        public bool Was { get; private set; }

        public override void OnStart(IModel model) => Was = true;
    }

    /// <summary>The session as a device that makes one step after the other.</summary>
    private sealed class InTurn(GpuSession<TinyModel> session) : ITrainingDevice
    {
        public ModelInfo Info => session.Info;

        public ParameterSet Parameters => session.Parameters;

        public int Threads { get; set; }

        public float TrainStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm) =>
            session.TrainStep(batch, stepSeed, optimizer, gradientClipNorm);

        public float TrainStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm, LossTotal total) =>
            session.TrainStep(batch, stepSeed, optimizer, gradientClipNorm, total);

        public void Predict(Batch batch, Span<float> output) => session.Predict(batch, output);

        public float Evaluate(Batch batch, Span<float> output) => session.Evaluate(batch, output);

        public float Evaluate(Batch batch, Span<float> output, LossTotal total) => session.Evaluate(batch, output, total);

        public float Backward(Batch batch, uint stepSeed) => session.Backward(batch, stepSeed);
    }
}
