using ModelGen.Tests.Frontend;

namespace ModelGen.Tests.Runtime;

/// <summary>What is loaded from a trainer's file goes on with the bits of a run that nobody interrupted.</summary>
public sealed class ResumeTests(ResumeTests.Net net) : IClassFixture<ResumeTests.Net>, IDisposable
{
    private const int Epochs = 3;
    private const int Steps = 5;

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    private readonly List<IDisposable> _models = [];

    public void Dispose()
    {
        File.Delete(_file);
        _models.ForEach(model => model.Dispose());
    }

    [Theory]
    [InlineData("adam", 1, 1)]
    [InlineData("momentum", 3, 1)]
    [InlineData("sum", 2, 2)]
    public void Fit_EndedAtAnyMoment_GoesOnWithTheSameBits(string kind, int threads, int accumulate)
    {
        var undisturbed = Model();
        var whole = Trainer(undisturbed, kind, 1, accumulate);
        var expected = Fit(whole);
        var curve = expected.Epochs.Select(epoch => (epoch.TrainLoss, epoch.ValidationLoss)).ToArray();

        // After each step, and after each epoch with its validation.
        for (var point = 0; point < Epochs * (Steps + 1); point++)
        {
            Assert.Throws<TimeoutException>(() => Fit(Trainer(Model(), kind, threads, accumulate, new Death(point, _file))));
            var second = Model(seed: 77);
            var trainer = Trainer(second, kind, threads, accumulate);
            trainer.Seed = 5;
            trainer.Load(_file);
            var history = Fit(trainer);
            Assert.Equal(undisturbed.Parameters.ReadOnlyValues.ToArray(), second.Parameters.ReadOnlyValues.ToArray());
            Assert.Equal(undisturbed.Parameters.ReadOnlyBuffers.ToArray(), second.Parameters.ReadOnlyBuffers.ToArray());
            Assert.Equal(curve, history.Epochs.Select(epoch => (epoch.TrainLoss, epoch.ValidationLoss)));
            Assert.Equal((whole.Step, whole.Epoch, whole.Optimizer.Steps), (trainer.Step, trainer.Epoch, trainer.Optimizer.Steps));
        }
    }

    [Fact]
    public void Fit_CancelledAndCalledAgain_GoesOnInTheEpoch()
    {
        var undisturbed = Model();
        Fit(Trainer(undisturbed, "adam", 1, 1));
        var model = Model();
        using var source = new CancellationTokenSource();
        var trainer = Trainer(model, "adam", 1, 1);
        trainer.Callbacks.Add(new At(Steps + 2, source.Cancel));
        Assert.False(trainer.Fit(Data, Epochs, Validation, cancellationToken: source.Token).Epochs[^1].IsComplete);
        Assert.Equal([2, 3], trainer.Fit(Data, Epochs - 1, Validation).Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(undisturbed.Parameters.ReadOnlyValues.ToArray(), model.Parameters.ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Load_OfAFinishedFit_TrainsFurtherEpochsAsFitDoes()
    {
        var model = Model();
        var trainer = Trainer(model, "adam", 1, 1);
        trainer.Fit(Data, 2, Validation);
        trainer.Save(_file);
        Assert.Equal([3], trainer.Fit(Data, 1, Validation).Epochs.Select(epoch => epoch.Epoch));
        var other = Model(seed: 9);
        var loaded = Trainer(other, "adam", 1, 1);
        loaded.Load(_file);
        Assert.Equal([3], loaded.Fit(Data, 1, Validation).Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(model.Parameters.ReadOnlyValues.ToArray(), other.Parameters.ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Save_ModelsLoadTheWeights()
    {
        var model = Model();
        var trainer = Trainer(model, "adam", 1, 1);
        Fit(trainer);
        trainer.Save(_file);
        var other = Model(seed: 9);
        other.Load(_file);
        Assert.Equal(model.Parameters.ReadOnlyValues.ToArray(), other.Parameters.ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Load_OfWhatDoesNotFit_ChangesNothing()
    {
        Assert.Throws<TimeoutException>(() => Fit(Trainer(Model(), "adam", 1, 1, new Death(Steps + 2, _file))));
        var other = Model(seed: 9);
        var before = other.Parameters.ReadOnlyValues.ToArray();
        Assert.Contains("its optimizer is Adam, that of the trainer Sgd", Refused(Trainer(other, "momentum", 1, 1), _file));
        var weights = _file + ".weights";
        other.Save(weights);
        Assert.Contains("has no 'version'", Refused(Trainer(other, "adam", 1, 1), weights));
        File.Delete(weights);
        using var another = new SoftmaxRegression();
        Assert.Contains("missing", Refused(new Trainer<IModel>(another, new Adam()), _file), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, other.Parameters.ReadOnlyValues.ToArray());

        // Other batches: the epoch cannot go on.
        var trainer = Trainer(other, "adam", 1, 1);
        trainer.Load(_file);
        trainer.BatchSize = 3;
        var error = Assert.Throws<ArgumentException>(() => Fit(trainer));
        Assert.Contains("it had 18 samples in batches of 4, 5 steps, shuffled, seed 5, 1 batches", error.Message);
        Assert.Contains("now there are 18 samples in batches of 3, 6 steps", error.Message);

        // A callback that is not there any more.
        trainer = new Trainer<IModel>(other, new Adam()) { BatchSize = 4, Seed = 5 };
        trainer.Load(_file);
        Assert.Contains("EarlyStopping.1", Assert.Throws<InvalidOperationException>(() => Fit(trainer)).Message);
    }

    [Fact]
    public void Save_WhileAStepIsUnderWay_Throws()
    {
        var model = Model();
        var trainer = Trainer(model, "adam", 1, 1);
        trainer.Callbacks.Add(new At(2, () => trainer.Save(_file), atStart: true));
        Assert.Contains("A step is under way", Assert.Throws<InvalidOperationException>(() => Fit(trainer)).Message);
        Assert.False(File.Exists(_file));
    }

    [Fact]
    public void PeriodicCheckpoint_KeepsTheNewest()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var model = Model();
            var trainer = Trainer(model, "adam", 1, 1);
            trainer.Callbacks.Add(new PeriodicCheckpoint(Path.Combine(folder, "e{epoch}")) { Keep = 2 });
            trainer.Callbacks.Add(new PeriodicCheckpoint(Path.Combine(folder, "s{step}")) { EveryEpochs = null, EverySteps = 7 });
            Fit(trainer);
            Assert.Equal(["e2", "e3", "s14", "s7"], Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Dataset Data { get; } = Make(18, 1);

    private static Dataset Validation { get; } = Make(7, 2);

    private IModel Model(ulong seed = 3)
    {
        var model = net.Make(seed);
        _models.Add((IDisposable)model);
        return model;
    }

    private static string Refused(Trainer<IModel> trainer, string file) => Assert.Throws<SafeTensorsException>(() => trainer.Load(file)).Message;

    private static TrainingHistory Fit(Trainer<IModel> trainer) => trainer.Fit(Data, Epochs, Validation);

    private static Trainer<IModel> Trainer(IModel model, string kind, int threads, int accumulate, TrainerCallback? last = null)
    {
        model.Threads = threads;
        var trainer = new Trainer<IModel>(model, kind == "momentum" ? new Sgd(0.05f, momentum: 0.9f) : new Adam(0.01f))
        {
            BatchSize = 4,
            Seed = 5,
            AccumulateSteps = accumulate,
            Schedule = kind == "momentum" ? null : new CosineSchedule(0.01f, 15),
            Callbacks = { new EarlyStopping(2) },
        };
        if (last is not null)
            trainer.Callbacks.Add(last);
        return trainer;
    }

    private static Dataset Make(int count, ulong seed)
    {
        var rng = new Rng(seed);
        float[] values = [.. Enumerable.Range(0, count * 6).Select(_ => (float)rng.NextNormal())];
        return Dataset.FromArrays(values, [.. Enumerable.Range(0, count).Select(i => values[i * 6] > 0 ? 1 : 0)], 6);
    }

    /// <summary>Saves at the n-th of all ends of steps and epochs, and ends training without a word.</summary>
    private sealed class Death(int point, string file) : TrainerCallback
    {
        private int _ends;

        public override void OnBatchEnd(TrainingStep step) => Next();

        public override bool OnEpochEnd(IModel model, EpochResult epoch)
        {
            Next();
            return true;
        }

        private void Next()
        {
            if (_ends++ != point)
                return;
            Trainer!.Save(file);
            throw new TimeoutException();
        }
    }

    private sealed class At(long step, Action act, bool atStart = false) : TrainerCallback
    {
        public override void OnBatchStart(TrainingStep now)
        {
            if (atStart && now.Index == step)
                act();
        }

        public override void OnBatchEnd(TrainingStep now)
        {
            if (!atStart && now.Index == step)
                act();
        }
    }

    /// <summary>A model with dropout and running statistics, compiled once.</summary>
    public sealed class Net
    {
        private readonly Type _type;

        public Net()
        {
            var compiled = Driver.Generate(Driver.Compile("""
                [Model] public partial class Resumed
                {
                    readonly Layer a = Linear(16), norm = BatchNorm1d(), b = Linear(2), drop = Dropout(0.3f);
                    public Tensor Forward([Shape(6)] Tensor x) => b(drop(Relu(norm(a(x)))));
                    public Tensor Loss(Tensor y, [Classes(2)] Labels label) => CrossEntropy(y, label);
                }
                """));
            Driver.AssertCompiles(compiled);
            using var image = new MemoryStream();
            Assert.True(compiled.Emit(image).Success);
            _type = System.Reflection.Assembly.Load(image.ToArray()).GetType("Resumed")!;
        }

        public IModel Make(ulong seed) => (IModel)Activator.CreateInstance(_type, seed)!;
    }
}
