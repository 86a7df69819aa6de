namespace ModelGen.Tests.Runtime;

public sealed class TrainerTests
{
    [Fact]
    public void Fit_SeparableClasses_LearnsThem()
    {
        using var model = new SoftmaxRegression();
        var (train, validation) = Clusters(600).Split(0.8);
        var reports = new Reports();
        var trainer = new Trainer<SoftmaxRegression>(model, new Adam(0.05f)) { BatchSize = 32 };
        var history = trainer.Fit(train, 5, validation, reports);
        Assert.Equal([1, 2, 3, 4, 5], history.Epochs.Select(epoch => epoch.Epoch));
        Assert.True(history.Epochs[^1].TrainLoss < 0.5f * history.Epochs[0].TrainLoss);
        Assert.InRange(history.Epochs[^1].ValidationAccuracy!.Value, 0.97f, 1f);
        Assert.Same(history.Epochs.MinBy(epoch => epoch.ValidationLoss), history.Best);
        Assert.False(history.WasCancelled || history.StoppedEarly);

        Assert.Equal(5 * 15, reports.All.Count);
        var last = reports.All[^1];
        Assert.Equal((5, 5, 15, 15), (last.Epoch, last.Epochs, last.Step, last.StepsPerEpoch));
        Assert.Equal(history.Epochs[^1].TrainLoss, last.Loss);
        Assert.Equal(TimeSpan.Zero, last.Remaining);

        var evaluation = trainer.Evaluate(validation);
        Assert.Equal(history.Epochs[^1].ValidationLoss, evaluation.Loss);
        Assert.Equal(120, evaluation.ConfusionMatrix!.Total);
        Assert.Equal(120, evaluation.Count);
        var scores = trainer.Predict(validation);
        var labels = Enumerable.Range(0, validation.Count).Select(i => ((LabelColumn)validation.Columns[1]).Row(validation.RowOf(i))[0]).ToArray();
        Assert.Equal(evaluation.Accuracy!.Value, Metrics.Accuracy(scores, labels), 1e-6);
    }

    [Fact]
    public void Fit_AgainOrOnOtherThreads_GivesTheSameBits()
    {
        using var first = Trained(threads: 1, seed: 5);
        using var second = Trained(threads: 3, seed: 5);
        using var other = Trained(threads: 1, seed: 6);
        Assert.Equal(first.Parameters.ReadOnlyValues.ToArray(), second.Parameters.ReadOnlyValues.ToArray());
        Assert.NotEqual(first.Parameters.ReadOnlyValues.ToArray(), other.Parameters.ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Fit_Schedule_SetsEachStepsRate()
    {
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(1f)) { BatchSize = 10, Schedule = new StepSchedule(0.1f, 4, 0.5f), GradientClipNorm = 1f };
        var history = trainer.Fit(Clusters(40), 2);
        Assert.Equal([0.1f, 0.05f], history.Epochs.Select(epoch => epoch.LearningRate));
        Assert.Equal(3, trainer.Fit(Clusters(40), 1).Epochs[0].Epoch);
        Assert.Equal(0.025f, trainer.Optimizer.LearningRate);
    }

    [Fact]
    public void Fit_Cancelled_EndsAfterTheStepWithItsHistory()
    {
        using var model = new SoftmaxRegression();
        using var source = new CancellationTokenSource();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0.1f)) { BatchSize = 10 };
        var history = trainer.Fit(Clusters(100), 5, progress: new Reports(report =>
        {
            if (report is { Epoch: 2, Step: 3 })
                source.Cancel();
        }), cancellationToken: source.Token);
        Assert.True(history.WasCancelled);
        Assert.Equal([true, false], history.Epochs.Select(epoch => epoch.IsComplete));
        Assert.Equal(13, trainer.Optimizer.Steps);
        Assert.Equal(1, history.Best!.Epoch);
        Assert.Empty(trainer.Fit(Clusters(100), 1, cancellationToken: source.Token).Epochs);
    }

    [Fact]
    public void Fit_CancelledInTheLastStep_ShowsNoCallbackAnEpochWithoutItsValidation()
    {
        using var model = new SoftmaxRegression();
        using var source = new CancellationTokenSource();
        var seen = new Epochs();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0.1f)) { BatchSize = 10, Callbacks = { seen } };
        var history = trainer.Fit(Clusters(100), 5, Clusters(20), new Reports(report =>
        {
            if (report is { Epoch: 2, Step: 10 })
                source.Cancel();
        }), source.Token);
        Assert.Equal([true, false], history.Epochs.Select(epoch => epoch.IsComplete));
        Assert.NotNull(Assert.Single(seen.All).ValidationLoss);
    }

    [Fact]
    public void Fit_Diverging_NamesEpochAndStep()
    {
        using var model = new SoftmaxRegression { Diverges = true };
        var e = Assert.Throws<TrainingDivergedException>(() => new Trainer<SoftmaxRegression>(model, new Sgd(0.1f)).Fit(Clusters(100), 1));
        Assert.Equal((1, 1), (e.Epoch, e.Step));
        Assert.Contains("The loss is NaN in epoch 1, step 1 (learning rate 0.1)", e.Message);
    }

    [Fact]
    public void Fit_BadData_ThrowsBeforeTheFirstStep()
    {
        using var model = new SoftmaxRegression();
        var before = model.Parameters.ReadOnlyValues.ToArray();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0.1f));
        var values = new float[12];
        values[7] = float.PositiveInfinity;
        Assert.Contains("Sample 1", Assert.Throws<ArgumentException>(() => trainer.Fit(Dataset.FromArrays(values, new int[2], 6), 1)).Message);
        Assert.Throws<ArgumentException>(() => trainer.Fit(Dataset.FromArrays(new float[12], [0, 5], 6), 1));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Dataset.FromArrays([], [], 6), 1));
        Assert.Throws<ArgumentException>(() => trainer.Fit(Clusters(10), 1, Dataset.FromArrays(new float[4], new int[2], 2)));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Fit(Clusters(10), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.BatchSize = 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.GradientClipNorm = 0f);
        Assert.Equal(before, model.Parameters.ReadOnlyValues.ToArray());
        using var lossless = new SoftmaxRegression(hasLoss: false);
        Assert.Throws<InvalidOperationException>(() => new Trainer<SoftmaxRegression>(lossless, new Sgd()).Fit(Clusters(10), 1));
    }

    [Fact]
    public void EarlyStopping_AfterPatience_RestoresTheBest()
    {
        using var model = new SoftmaxRegression();
        var stopping = new EarlyStopping(patience: 2);
        stopping.OnStart(model);
        float[] losses = [3f, 2f, 2.5f, 2.1f];
        for (var i = 0; i < losses.Length; i++)
        {
            model.Parameters.Values.Fill(i + 1);
            var goesOn = stopping.OnEpochEnd(model, new EpochResult(i + 1, 9f, losses[i], null, 1, 1, 0.1f, true));
            Assert.Equal(i < 3, goesOn);
        }

        Assert.Equal(2, stopping.BestEpoch);
        stopping.OnEnd(model, new TrainingHistory());
        Assert.All(model.Parameters.ReadOnlyValues.ToArray(), value => Assert.Equal(2f, value));
    }

    [Fact]
    public void Fit_WithCallbacks_StopsAndSaves()
    {
        var file = Path.GetTempFileName();
        try
        {
            using var model = new SoftmaxRegression();
            var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0f)) { Callbacks = { new EarlyStopping(1), new Checkpoint(file) } };
            var history = trainer.Fit(Clusters(60), 20, Clusters(30));
            Assert.True(history.StoppedEarly);
            Assert.Equal(2, history.Epochs.Count);
            using var loaded = new SoftmaxRegression(seed: 99);
            loaded.Load(file);
            Assert.Equal(model.Parameters["fc.weight"].ReadOnlyValues.ToArray(), loaded.Parameters["fc.weight"].ReadOnlyValues.ToArray());
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void EarlyStopping_LossesThatAreNaN_StopAfterPatienceInEveryFit()
    {
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0f));
        trainer.Fit(Clusters(30), 10);
        var stopping = new EarlyStopping(patience: 3);
        trainer.Callbacks.Add(new Losses(float.NaN, stopping));
        for (var fit = 0; fit < 3; fit++)
        {
            var history = trainer.Fit(Clusters(30), 20);
            Assert.Equal(3, history.Epochs.Count);
            Assert.True(history.StoppedEarly);
            Assert.Equal(0, stopping.BestEpoch);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    [InlineData(float.PositiveInfinity)]
    public void EarlyStopping_LossThatIsNotFinite_IsNoBest(float loss)
    {
        using var model = new SoftmaxRegression();
        var stopping = new EarlyStopping(patience: 2);
        stopping.OnStart(model);
        Assert.True(stopping.OnEpochEnd(model, Epoch(1, loss)));
        Assert.Equal(0, stopping.BestEpoch);
        Assert.True(stopping.OnEpochEnd(model, Epoch(2, 5f)));
        Assert.True(stopping.OnEpochEnd(model, Epoch(3, loss)));
        Assert.False(stopping.OnEpochEnd(model, Epoch(4, loss)));
        Assert.Equal(2, stopping.BestEpoch);
        var history = new TrainingHistory();
        foreach (var epoch in new[] { Epoch(1, loss), Epoch(2, 5f), Epoch(3, 6f) })
            history.Add(epoch);
        Assert.Equal(2, history.Best!.Epoch);
    }

    [Fact]
    public void EarlyStopping_OverSeveralFits_GoesOn()
    {
        using var model = new SoftmaxRegression();
        var stopping = new EarlyStopping(patience: 3);
        float[] losses = [1f, 2f, 2f, 2f];
        for (var i = 0; i < losses.Length; i++)
        {
            // One epoch a call.
            stopping.OnStart(model);
            Assert.Equal(i < 3, stopping.OnEpochEnd(model, Epoch(i + 1, losses[i])));
            stopping.OnEnd(model, new TrainingHistory());
        }

        Assert.Equal(1, stopping.BestEpoch);

        // Another model begins anew.
        using var other = new SoftmaxRegression();
        stopping.OnStart(other);
        Assert.Equal(0, stopping.BestEpoch);
        Assert.True(stopping.OnEpochEnd(other, Epoch(1, 100f)));
        Assert.Equal(1, stopping.BestEpoch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Checkpoint_WorseWeights_NeverReplaceBetterOnes(bool restarts)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var model = new SoftmaxRegression();
            var checkpoint = new Checkpoint(path);
            void Fit(params float[] losses)
            {
                // After a restart there is nothing but the file.
                if (restarts)
                    checkpoint = new Checkpoint(path);
                checkpoint.OnStart(model);
                foreach (var loss in losses)
                {
                    model.Parameters.Values.Fill(loss);
                    Assert.True(checkpoint.OnEpochEnd(model, Epoch(1, loss)));
                }
            }

            float Saved()
            {
                using var loaded = new SoftmaxRegression();
                loaded.Load(path);
                return loaded.Parameters.ReadOnlyValues[0];
            }

            Fit(float.NaN, float.PositiveInfinity, float.NegativeInfinity);
            Assert.False(File.Exists(path));
            Fit(3f, 0.936f, 2f);
            Assert.Equal(0.936f, Saved());
            Fit(300.6f);
            Fit(float.NaN);
            Fit(0.936f);
            Assert.Equal(0.936f, Saved());
            Fit(0.5f);
            Assert.Equal(0.5f, Saved());

            // Without the file, of another model, or of another kind of loss: nothing to compare with.
            File.Delete(path);
            Fit(9f);
            Assert.Equal(9f, Saved());
            checkpoint.OnEpochEnd(model, new EpochResult(2, 99f, null, null, 1, 1, 0.1f, true));
            Assert.Contains("training_loss", File.ReadAllText(path)[..300]);
            using var larger = new SoftmaxRegression(features: 12);
            var anew = new Checkpoint(path);
            anew.OnStart(larger);
            anew.OnEpochEnd(larger, Epoch(1, 400f));
            larger.Load(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Checkpoint_WithoutItsFolder_ThrowsBeforeTheFirstStep()
    {
        using var model = new SoftmaxRegression();
        var before = model.Parameters.ReadOnlyValues.ToArray();
        var folder = Directory.CreateTempSubdirectory().FullName;
        foreach (var path in new[] { Path.Combine(folder, "no", "such", "x.safetensors"), folder })
        {
            var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0.1f)) { Callbacks = { new Checkpoint(path) } };
            Assert.ThrowsAny<IOException>(() => trainer.Fit(Clusters(30), 1));
        }

        Assert.Equal(before, model.Parameters.ReadOnlyValues.ToArray());
        Directory.Delete(folder);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fit_LastStepLeavesWeightsThatAreNotFinite_ThrowsAndSavesNothing(int epochs)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0f))
        {
            BatchSize = 100,
            Schedule = new SteepAtLast(epochs - 1),
            Callbacks = { new Checkpoint(path) },
        };
        if (epochs > 1)
        {
            trainer.Fit(Clusters(60, 100f), epochs - 1);
            File.Delete(path);
        }

        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(Clusters(60, 100f), 1));
        Assert.Equal((epochs, 1), (error.Epoch, error.Step));
        Assert.True(float.IsFinite(error.Loss));
        Assert.Contains($"After epoch {epochs}, step 1", error.Message);
        Assert.Contains("of fc.weight is", error.Message);
        Assert.False(File.Exists(path));
    }

    private static EpochResult Epoch(int number, float validationLoss) => new(number, 1f, validationLoss, null, 1, 1, 0.1f, true);

    private static SoftmaxRegression Trained(int threads, ulong seed)
    {
        var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Adam(0.01f)) { BatchSize = 16, Seed = seed, Threads = threads };
        trainer.Fit(Clusters(100), 3);
        return model;
    }

    private static Dataset Clusters(int count, float scale = 1f)
    {
        var rng = new Rng(11);
        var values = new float[count * 6];
        var labels = new int[count];
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 3;
            for (var f = 0; f < 6; f++)
                values[i * 6 + f] = scale * (float)(rng.NextNormal() * 0.5 + (f % 3 == labels[i] ? 1.5 : 0));
        }

        return Dataset.FromArrays(values, labels, 6);
    }

    /// <summary>Hands epochs on with another loss.</summary>
    private sealed class Epochs : TrainerCallback
    {
        public List<EpochResult> All { get; } = [];

        public override bool OnEpochEnd(IModel model, EpochResult epoch)
        {
            All.Add(epoch);
            return true;
        }
    }

    private sealed class Losses(float loss, TrainerCallback inner) : TrainerCallback
    {
        public override void OnStart(IModel model) => inner.OnStart(model);

        public override bool OnEpochEnd(IModel model, EpochResult epoch) => inner.OnEpochEnd(model, epoch with { TrainLoss = loss });

        public override void OnEnd(IModel model, TrainingHistory history) => inner.OnEnd(model, history);
    }

    /// <summary>No step moves but one, which moves beyond all bounds.</summary>
    private sealed class SteepAtLast(long last) : ILearningRateSchedule
    {
        public float LearningRate(long step) => step == last ? float.MaxValue : 0f;
    }

    /// <summary>Unlike Progress&lt;T&gt; it reports on the calling thread, in order.</summary>
    private sealed class Reports(Action<TrainingProgress>? also = null) : IProgress<TrainingProgress>
    {
        public List<TrainingProgress> All { get; } = [];

        public void Report(TrainingProgress value)
        {
            All.Add(value);
            also?.Invoke(value);
        }
    }
}
