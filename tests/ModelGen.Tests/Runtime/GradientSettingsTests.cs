namespace ModelGen.Tests.Runtime;

/// <summary>What stands between the gradients and the weights: accumulation, clipping, steps that are not finite, averages, plateaus, the range test.</summary>
public sealed class GradientSettingsTests
{
    [Fact]
    public void AccumulateSteps_OfAMean_IsTheStepOfOneBatch()
    {
        // 50 samples: batches of 8 make steps of 24, 24 and, from a last batch of 2, of 2.
        var together = Weights(new Sgd(0.5f), trainer => trainer.BatchSize = 24);
        var steps = 0L;
        var accumulated = Weights(new Sgd(0.5f), Accumulate);
        for (var i = 0; i < together.Length; i++)
            Assert.Equal(together[i], accumulated[i], 1e-6f);
        Assert.Equal(2 * 3, steps);

        void Accumulate(Trainer<SoftmaxRegression> trainer)
        {
            (trainer.BatchSize, trainer.AccumulateSteps) = (8, 3);
            trainer.Callbacks.Add(new Last(() => steps = trainer.Optimizer.Steps));
        }
    }

    [Fact]
    public void AccumulateSteps_SchedulesCountStepsOfTheOptimizer()
    {
        var rates = new List<float>();
        Weights(new Sgd(0.5f), trainer =>
        {
            (trainer.BatchSize, trainer.AccumulateSteps, trainer.Schedule) = (8, 3, new ExponentialSchedule(1f, 0.5f));
            trainer.Callbacks.Add(new Last(step => rates.Add(step.LearningRate)));
        });
        Assert.Equal([1f, 1f, 1f, 0.5f, 0.5f, 0.5f, 0.25f, 0.125f, 0.125f, 0.125f, 0.0625f, 0.0625f, 0.0625f, 0.03125f], rates);
    }

    [Fact]
    public void ClipGradientValues_BringsElementsIntoTheRange()
    {
        using var model = new SoftmaxRegression();
        var gradients = model.Parameters["fc.weight"].Gradients;
        ((float[])[-3, -0.5f, 0, 0.25f, 7, float.NaN, float.NegativeInfinity]).CopyTo(gradients);
        model.Parameters.ClipGradientValues(0.5f);
        Assert.Equal([-0.5f, -0.5f, 0, 0.25f, 0.5f, float.NaN, -0.5f], gradients[..7].ToArray());

        // In training: no weight moves by more than rate · limit in a step.
        var before = new SoftmaxRegression().Parameters.ReadOnlyValues.ToArray();
        var after = Weights(new Sgd(1f), trainer => (trainer.BatchSize, trainer.GradientClipValue) = (50, 1e-3f), epochs: 1);
        Assert.Contains(before.Zip(after, (b, a) => Math.Abs(a - b)), moved => moved > 0.9e-3f);
        Assert.All(before.Zip(after, (b, a) => Math.Abs(a - b)), moved => Assert.InRange(moved, 0, 1.001e-3f));
    }

    [Fact]
    public void NonFiniteStep_Skip_LeavesOutTheBatch()
    {
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Adam(0.1f)) { BatchSize = 10, NonFiniteStep = NonFiniteStep.Skip };
        trainer.Callbacks.Add(new Last(step => model.Diverges = step.Index is 1 or 3));
        var history = trainer.Fit(Samples(60), 1);
        Assert.Equal((2, 4), (trainer.SkippedSteps, trainer.Optimizer.Steps));
        Assert.True(float.IsFinite(history.Epochs[0].TrainLoss));
        Assert.All(model.Parameters.ReadOnlyValues.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void NonFiniteStep_Stop_NamesTheGradient()
    {
        // With weights of 0 the loss is log 3.
        using var model = new SoftmaxRegression();
        model.Parameters.Values.Clear();
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0f)) { NonFiniteStep = NonFiniteStep.Stop };
        model.DivergesInGradients = true;
        var error = Assert.Throws<TrainingDivergedException>(() => trainer.Fit(Samples(50), 1));
        Assert.Contains("∂loss/∂ element 0 of fc.weight is Infinity", error.Message);
        Assert.Equal(MathF.Log(3), error.Loss, 1e-6f);
        Assert.Equal((0, 0), (trainer.Step, trainer.Optimizer.Steps));
    }

    [Fact]
    public void WeightAverage_Exponential_FollowsItsFormula()
    {
        var (average, expected) = (WeightAverage.Exponential(0.75f), Array.Empty<double>());
        var weights = Weights(new Sgd(0.1f), trainer =>
        {
            trainer.Callbacks.Add(average);
            trainer.Callbacks.Add(new Last(_ =>
            {
                var now = trainer.Model.Parameters.ReadOnlyValues.ToArray();
                expected = expected.Length == 0 ? [.. now.Select(p => (double)p)] : [.. expected.Zip(now, (a, p) => 0.75 * a + 0.25 * p)];
            }));
        });
        Assert.Equal(2 * 2, average.Count);
        for (var i = 0; i < weights.Length; i++)
            Assert.Equal(expected[i], weights[i], 1e-6);
    }

    [Fact]
    public void WeightAverage_Stochastic_IsTheMeanOfEpochs()
    {
        var ends = new List<float[]>();
        using var model = new SoftmaxRegression();
        var average = WeightAverage.Stochastic(startEpoch: 2);
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(0.3f)) { Callbacks = { average, new Epochs(() => ends.Add(Values(model))) } };
        trainer.Fit(Samples(50), 4);
        var mean = Enumerable.Range(0, ends[0].Length).Select(i => (ends[1][i] + ends[2][i] + ends[3][i]) / 3).ToArray();
        for (var i = 0; i < mean.Length; i++)
            Assert.Equal(mean[i], model.Parameters.ReadOnlyValues[i], 1e-6f);

        // Swapped for a while only.
        model.Parameters.Values.Clear();
        using (average.Apply(model))
            Assert.NotEqual(0, model.Parameters.ReadOnlyValues[0]);
        Assert.Equal(0, model.Parameters.ReadOnlyValues[0]);
        Assert.Throws<InvalidOperationException>(() => WeightAverage.Exponential().Apply(model));
    }

    [Fact]
    public void ReduceOnPlateau_CountsBadEpochsAsPyTorchDoes()
    {
        using var model = new SoftmaxRegression();
        var plateau = new ReduceOnPlateau(factor: 0.5f, patience: 1) { Cooldown = 1, Minimum = 0.2f };
        var trainer = new Trainer<SoftmaxRegression>(model, new Sgd(1f)) { Callbacks = { plateau } };
        trainer.Fit(Samples(30), 1);
        trainer.Optimizer.LearningRate = 1f;
        plateau.LoadState(State(double.NaN));

        // Best 1, then bad, bad → half; a cooling epoch, bad, bad → half; cooling, better, bad, bad → not below the minimum.
        float[] losses = [1, 1, 1, 1, 1, 1, 1, 0.5f, 0.6f, 0.49999f, 0.7f];
        float[] rates = [1, 1, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.25f, 0.2f, 0.2f];
        for (var i = 0; i < losses.Length; i++)
        {
            plateau.OnEpochEnd(model, new EpochResult(i + 1, losses[i], null, null, 1, 1, 1, true));
            Assert.Equal(rates[i], trainer.Optimizer.LearningRate);
        }

        trainer.Schedule = new StepSchedule(1f, 1);
        Assert.Contains("StepSchedule", Assert.Throws<InvalidOperationException>(() => trainer.Fit(Samples(30), 1)).Message);

        static TrainerState State(double best)
        {
            var state = new TrainerState();
            state.Set("best", best);
            state.Set("bad_epochs", 0);
            state.Set("cooling", 0);
            return state;
        }
    }

    [Fact]
    public void FindLearningRate_LeavesTrainingAsItWas()
    {
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, new Adam(0.02f)) { BatchSize = 10, Callbacks = { new EarlyStopping(2) } };
        trainer.Fit(Samples(50), 1);
        var before = Values(model);
        var curve = trainer.FindLearningRate(Samples(50), 1e-4f, 100f, 60);
        Assert.Equal(before, Values(model));
        Assert.Equal((5, 5, 0.02f, 1), (trainer.Step, trainer.Optimizer.Steps, trainer.Optimizer.LearningRate, trainer.Callbacks.Count));
        Assert.InRange(curve.Rates.Count, 20, 60);
        Assert.Equal(1e-4f, curve.Rates[0], 1e-9f);
        Assert.InRange(curve.Rates[1] / curve.Rates[0], 1.26f, 1.27f);
        Assert.InRange(curve.Suggestion!.Value, 1e-3f, 10f);
        Assert.Equal(curve.Losses[0], curve.Smoothed[0], 1e-6f);
        var svg = curve.ToSvg("range");
        Assert.Contains("log₁₀ of the learning rate", svg);
        System.Xml.Linq.XDocument.Parse(svg);
        Assert.Equal(2, trainer.Fit(Samples(50), 1).Epochs[0].Epoch);
    }

    private static float[] Weights(Optimizer optimizer, Action<Trainer<SoftmaxRegression>> set, int epochs = 2)
    {
        using var model = new SoftmaxRegression();
        var trainer = new Trainer<SoftmaxRegression>(model, optimizer) { Shuffle = false };
        set(trainer);
        trainer.Fit(Samples(50), epochs);
        return Values(model);
    }

    private static float[] Values(SoftmaxRegression model) => model.Parameters.ReadOnlyValues.ToArray();

    private static Dataset Samples(int count)
    {
        var rng = new Rng(11);
        float[] values = [.. Enumerable.Range(0, count * 6).Select(i => (float)rng.NextNormal() + (i % 6 == i / 6 % 3 ? 1.5f : 0))];
        return Dataset.FromArrays(values, [.. Enumerable.Range(0, count).Select(i => i % 3)], 6);
    }

    private sealed class Last(Action<TrainingStep> act) : TrainerCallback
    {
        public Last(Action act)
            : this(_ => act())
        {
        }

        public override void OnBatchEnd(TrainingStep step) => act(step);
    }

    private sealed class Epochs(Action act) : TrainerCallback
    {
        public override bool OnEpochEnd(IModel model, EpochResult epoch)
        {
            act();
            return true;
        }
    }
}
