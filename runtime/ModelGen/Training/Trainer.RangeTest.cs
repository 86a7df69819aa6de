namespace ModelGen;

/// <content>The learning-rate range test.</content>
public sealed partial class Trainer<TModel>
{
    /// <summary>
    /// Trains for some steps while the learning rate rises by a factor from each to the next, and returns the losses: a learning-rate range test (Smith 2017).
    /// Afterwards weights, optimizer and place in training are what they were.
    /// </summary>
    /// <remarks>It ends early where the smoothed loss is more than four times its lowest, or a loss is not finite.</remarks>
    /// <param name="train">The samples.</param>
    /// <param name="lowest">The rate of the first step, more than 0.</param>
    /// <param name="highest">The rate of the last step, more than <paramref name="lowest"/>.</param>
    /// <param name="steps">The number of steps, at least 2.</param>
    /// <exception cref="NotSupportedException">As in <see cref="Save"/>: the state cannot be kept.</exception>
    public LearningRateCurve FindLearningRate(IDataSource train, float lowest = 1e-6f, float highest = 1f, int steps = 100)
    {
        ArgumentNullException.ThrowIfNull(train);
        Require.Positive(lowest);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(highest, lowest);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Save(path);
        var (schedule, callbacks, shows, metrics) = (Schedule, Callbacks.ToArray(), ShowProgress, Metrics.ToArray());
        var test = new RangeTest(steps);
        try
        {
            Callbacks.Clear();
            Metrics.Clear();
            Callbacks.Add(test);
            ShowProgress = false;
            (_open, _loaded) = (null, null);
            var rate = new ExponentialSchedule(lowest, (float)Math.Pow((double)highest / lowest, 1.0 / (steps - 1)));
            Schedule = new ShiftedSchedule(rate, AccumulateSteps == 1 ? _step : _updates);
            Fit(train, epochs: steps);
        }
        catch (TrainingDivergedException)
        {
            // The rate at which it diverged is what the test looks for.
        }
        finally
        {
            (Schedule, ShowProgress) = (schedule, shows);
            Callbacks.Clear();
            foreach (var callback in callbacks)
                Callbacks.Add(callback);
            foreach (var metric in metrics)
                Metrics.Add(metric);
            Load(path);
            _loaded = null;
            File.Delete(path);
        }

        return new LearningRateCurve(test.Rates, test.Losses);
    }

    private sealed class ShiftedSchedule(ILearningRateSchedule inner, long start) : ILearningRateSchedule
    {
        public float LearningRate(long step) => inner.LearningRate(step - start);
    }

    private sealed class RangeTest(int steps) : TrainerCallback
    {
        private double _average;
        private double _lowest = double.PositiveInfinity;

        public List<float> Rates { get; } = [];

        public List<float> Losses { get; } = [];

        public override void OnBatchEnd(TrainingStep step)
        {
            if (!float.IsFinite(step.Loss))
            {
                Trainer!.Stop();
                return;
            }

            Rates.Add(step.LearningRate);
            Losses.Add(step.Loss);
            _average = Rates.Count == 1 ? step.Loss : 0.95 * _average + 0.05 * step.Loss;
            _lowest = Math.Min(_lowest, _average);
            if (Rates.Count == steps || _average > 4 * Math.Abs(_lowest))
                Trainer!.Stop();
        }
    }
}
