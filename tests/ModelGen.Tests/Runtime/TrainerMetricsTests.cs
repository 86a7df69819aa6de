using System.Globalization;

namespace ModelGen.Tests.Runtime;

/// <summary>Figures by name: of labels, of targets, of the epochs of a run, and what watches them.</summary>
public sealed class TrainerMetricsTests
{
    [Fact]
    public void OfLabels_KnownAnswers()
    {
        // Scores are the logarithms of probabilities; labels 0 1 2 2.
        Assert.Equal(0.75, Of(Metric.Accuracy()));
        Assert.Equal(1.0, Of(Metric.TopK(2)));
        Assert.Equal((0.5 + 1 + 1) / 3, Of(Metric.Precision()), 1e-12);
        Assert.Equal((1 + 1 + 0.5) / 3, Of(Metric.Recall()), 1e-12);
        Assert.Equal(2.0 / 3, Of(Metric.F1(2)), 1e-12);
        Assert.Equal((0.5 + 1 + 0.5) / 3, Of(Metric.IoU()), 1e-12);
        var logLoss = -(Math.Log(0.7) + Math.Log(0.6) + Math.Log(0.5) + Math.Log(0.3)) / 4;
        Assert.Equal(logLoss, Of(Metric.LogLoss()), 1e-6);
        Assert.Equal(Math.Exp(logLoss), Of(Metric.Perplexity()), 1e-6);

        // Class 2 has 0.1, 0.2 against 0.5, 0.3: all pairs in order. Class 0 has 0.7 against 0.2, 0.2, 0.6.
        Assert.Equal(1.0, Of(Metric.RocAuc(2)));
        Assert.Equal(1.0, Of(Metric.PrAuc(0)));
        Assert.Equal(0.25, Of(Metric.Mean("first", (batch, output, sample) => sample == 0 ? output.Length / 3.0 : 0)));
        Assert.Throws<ArgumentException>(() => Metric.RocAuc(3).Start(SoftmaxRegression.Describe(6, 3)));
        var error = Assert.Throws<ArgumentException>(() => Metric.MeanAbsoluteError().Start(SoftmaxRegression.Describe(6, 3)));
        Assert.Contains("'mae' needs targets", error.Message);
        Assert.Contains("'f1' needs labels", Assert.Throws<ArgumentException>(() => Metric.F1().Start(Targets)).Message);

        static double Of(Metric metric)
        {
            using var batch = new Batch(SoftmaxRegression.Describe(6, 3), 4) { Count = 4 };
            ((int[])[0, 1, 2, 2]).CopyTo(batch.Ints(1));
            float[] probabilities = [0.7f, 0.2f, 0.1f, 0.2f, 0.6f, 0.2f, 0.2f, 0.3f, 0.5f, 0.6f, 0.1f, 0.3f];
            metric.Start(batch.Info);
            metric.Add(batch, [.. probabilities.Select(p => MathF.Log(p))]);
            return metric.Value;
        }
    }

    [Fact]
    public void OfTargets_KnownAnswers()
    {
        // Outputs 1 2 4, targets 1 3 2 in two batches.
        Assert.Equal(1.0, Of(Metric.MeanAbsoluteError()));
        Assert.Equal(5.0 / 3, Of(Metric.MeanSquaredError()), 1e-12);
        Assert.Equal(Math.Sqrt(5.0 / 3), Of(Metric.RootMeanSquaredError()), 1e-12);
        Assert.Equal(1 - 5.0 / 2, Of(Metric.RSquared()), 1e-12);

        static double Of(Metric metric)
        {
            using var batch = new Batch(Targets, 2) { Count = 2 };
            metric.Start(batch.Info);
            ((float[])[1, 3]).CopyTo(batch.Floats(1));
            metric.Add(batch, [1, 2]);
            batch.Count = 1;
            batch.Floats(1)[0] = 2;
            metric.Add(batch, [4]);
            return metric.Value;
        }
    }

    [Fact]
    public void OfARanking_KnownAnswers()
    {
        // The example of scikit-learn's roc_auc_score and average_precision_score.
        float[] scores = [0.1f, 0.4f, 0.35f, 0.8f];
        bool[] isPositive = [false, false, true, true];
        Assert.Equal(0.75, Metrics.RocAuc(scores, isPositive), 1e-12);
        Assert.Equal(0.5 + 0.5 * 2 / 3, Metrics.AveragePrecision(scores, isPositive), 1e-12);

        // All tied: no better than chance, and the share of positives.
        Assert.Equal(0.5, Metrics.RocAuc([1, 1, 1, 1, 1], [true, false, false, true, false]));
        Assert.Equal(0.4, Metrics.AveragePrecision([1, 1, 1, 1, 1], [true, false, false, true, false]), 1e-12);
        Assert.True(double.IsNaN(Metrics.RocAuc([1, 2], [true, true])));
        Assert.True(double.IsNaN(Metrics.RocAuc([1, float.NaN], [true, false])));

        // Against all pairs, with ties.
        var rng = new Rng(4);
        scores = [.. Enumerable.Range(0, 60).Select(_ => (float)rng.NextInt(12))];
        isPositive = [.. scores.Select(score => rng.NextInt(12) < score)];
        double won = 0, pairs = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j < scores.Length; j++)
            {
                if (isPositive[i] && !isPositive[j])
                    (won, pairs) = (won + (scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0), pairs + 1);
            }
        }

        Assert.Equal(won / pairs, Metrics.RocAuc(scores, isPositive), 1e-12);
    }

    [Fact]
    public void Fit_ReportsMetricsOfBothSets_AndCallbacksWatchThem()
    {
        using var model = new SoftmaxRegression();
        var seen = new Seen();
        var trainer = new Trainer<SoftmaxRegression>(model, new Adam(0.05f))
        {
            Metrics = { Metric.F1(), Metric.LogLoss() },
            MetricsOnTraining = true,
            Callbacks = { seen, new EarlyStopping(2, restoreBest: false) { Monitor = "val_f1" } },
        };
        var history = trainer.Fit(Samples(90), 4, Samples(30));
        foreach (var epoch in history.Epochs)
        {
            Assert.Equal(["f1", "log_loss", "val_f1", "val_log_loss"], epoch.Metrics.Keys);
            Assert.Equal(epoch.ValidationLoss!.Value, epoch.Metrics["val_log_loss"], 1e-5);
            Assert.Equal(epoch.Metrics["val_f1"], epoch.Value("val_f1"));
        }

        Assert.Equal(trainer.Evaluate(Samples(90)).Metrics["f1"], history.Epochs[^1].Metrics["f1"]);
        Assert.Same(history.Epochs.MaxBy(epoch => epoch.Metrics["val_f1"]), history.BestBy("val_f1"));
        Assert.Equal(
            "start, epoch 1, begin 0, end 0 of 32, begin 1, end 1 of 32, begin 2, end 2 of 26, done 1, epoch 2, begin 3", string.Join(", ", seen.All.Take(11)));

        trainer.Callbacks.Add(new EarlyStopping(2) { Monitor = "val_f2" });
        Assert.Contains(
            "no figure 'val_f2'; it has loss, val_loss, val_accuracy, learning_rate, f1",
            Assert.Throws<InvalidOperationException>(() => trainer.Fit(Samples(30), 1, Samples(30))).Message);
    }

    [Fact]
    public void Stop_EndsAfterTheStep()
    {
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Adam(0.05f)) { Callbacks = { new Seen(stopAt: 4) } };
        var history = trainer.Fit(Samples(90), 4);
        Assert.True(history is { StoppedEarly: true, WasCancelled: false });
        Assert.Equal([true, false], history.Epochs.Select(epoch => epoch.IsComplete));
        Assert.Equal(5, trainer.Step);
    }

    [Theory]
    [InlineData("val_accuracy", new[] { 0.5f, 0.7f, 0.6f }, 0.7f)]
    [InlineData("val_loss", new[] { 0.5f, 0.7f, 0.4f }, 0.4f)]
    public void Checkpoint_OfAFigure_KeepsTheBest(string monitor, float[] values, float best)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var model = new SoftmaxRegression();
            foreach (var value in values)
            {
                model.Parameters.Values.Fill(value);
                var checkpoint = new Checkpoint(path) { Monitor = monitor };
                checkpoint.OnStart(model);
                checkpoint.OnEpochEnd(model, new EpochResult(1, 1f, value, value, 1, 1, 0.1f, true));
            }

            using var loaded = new SoftmaxRegression();
            loaded.Load(path);
            Assert.Equal(best, loaded.Parameters.ReadOnlyValues[0]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void History_AsCsvAndJson_KeepsEveryFigure()
    {
        var history = new TrainingHistory { StoppedEarly = true };
        history.Add(new EpochResult(1, 0.1f, null, null, 1.5, 100.25, 1e-3f, true));
        history.Add(new EpochResult(2, float.NaN, 0.3f, 0.75f, 2, 50, 1e-4f, false)
        {
            Metrics = new Dictionary<string, double> { ["val_f1"] = 1.0 / 3, ["a,\"b\""] = double.PositiveInfinity },
        });
        Assert.Equal(
            "epoch,loss,learning_rate,val_loss,val_accuracy,val_f1,\"a,\"\"b\"\"\",seconds,samples_per_second,complete\n"
                + "1,0.1,0.001,,,,,1.5,100.25,true\n"
                + "2,NaN,0.0001,0.3,0.75,0.3333333333333333,Infinity,2,50,false\n",
            history.ToCsv());
        var read = TrainingHistory.FromJson(history.ToJson());
        Assert.Equal(history.ToCsv(), read.ToCsv());
        Assert.Equal((true, false), (read.StoppedEarly, read.WasCancelled));
        foreach (var text in new[] { "", "[]", "{\"cancelled\":false}", history.ToJson().Replace("\"loss\"", "\"lass\"", StringComparison.Ordinal) })
            Assert.Throws<FormatException>(() => TrainingHistory.FromJson(text));
    }

    private static ModelInfo Targets { get; } = new()
    {
        Name = "Regression",
        Inputs =
        [
            new InputSpec { Name = "x", Shape = [2], Length = 2 },
            new InputSpec { Name = "t", Shape = [1], Length = 1, UsedByPredict = false },
        ],
        Outputs = [new OutputSpec { Name = "y", Shape = [1], Length = 1 }],
        Parameters = [],
        ParameterFloats = 0,
    };

    private static Dataset Samples(int count)
    {
        var rng = new Rng(11);
        float[] values = [.. Enumerable.Range(0, count * 6).Select(i => (float)rng.NextNormal() + (i % 6 == i / 6 % 3 ? 1.5f : 0))];
        return Dataset.FromArrays(values, [.. Enumerable.Range(0, count).Select(i => i % 3)], 6);
    }

    private sealed class Seen(long stopAt = -1) : TrainerCallback
    {
        public List<string> All { get; } = [];

        public override void OnStart(IModel model)
        {
            Assert.Same(model, Trainer!.Model);
            All.Add("start");
        }

        public override void OnEpochStart(int epoch) => All.Add(string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}"));

        public override void OnBatchStart(TrainingStep step)
        {
            Assert.True(float.IsNaN(step.Loss));
            Assert.Equal(step.LearningRate, Trainer!.Optimizer.LearningRate);
            All.Add(string.Create(CultureInfo.InvariantCulture, $"begin {step.Index}"));
        }

        public override void OnBatchEnd(TrainingStep step)
        {
            Assert.True(float.IsFinite(step.Loss));
            Assert.Equal(step.Index + 1, Trainer!.Step);
            All.Add(string.Create(CultureInfo.InvariantCulture, $"end {step.Index} of {step.Samples}"));
            if (step.Index == stopAt)
                Trainer.Stop();
        }

        public override bool OnEpochEnd(IModel model, EpochResult epoch)
        {
            All.Add(string.Create(CultureInfo.InvariantCulture, $"done {epoch.Epoch}"));
            return true;
        }
    }
}
