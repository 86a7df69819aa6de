using Samples;

namespace Series;

/// <summary>
/// Windows of a series, parted in time: 70 % to learn from, 10 % to stop by, 20 % to judge by. The network sees values relative to the
/// window's last one and forecasts the change, so that a trend does not carry it out of what it has learned.
/// </summary>
internal sealed class ForecastData
{
    const double TrainingPart = 0.7, ValidationPart = 0.1;
    const int Window = Forecaster.Window;

    readonly double[] _values;
    readonly double _spread, _change;

    /// <summary>Cuts the windows; the scales are those of the part to learn from.</summary>
    /// <exception cref="UsageException">The series is too short or does not change.</exception>
    public ForecastData(TimeSeries series)
    {
        _values = series.Values;
        if (_values.Length < 3 * Window)
            throw new UsageException($"the series '{series.Name}' has {_values.Length} values; {3 * Window} are needed for windows of {Window}");
        FirstValidation = (int)(TrainingPart * _values.Length);
        FirstTest = (int)((TrainingPart + ValidationPart) * _values.Length);
        _change = RootMeanSquare(Enumerable.Range(Window, FirstValidation - Window).Select(t => _values[t] - _values[t - 1]));
        _spread = RootMeanSquare(Enumerable.Range(Window, FirstValidation - Window)
            .SelectMany(t => Enumerable.Range(t - Window, Window).Select(s => _values[s] - _values[t - 1])));
        if (_change == 0)
            throw new UsageException($"the series '{series.Name}' does not change");
        (Train, Validation, Test) = (Windows(Window, FirstValidation), Windows(FirstValidation, FirstTest), Windows(FirstTest, _values.Length));
    }

    /// <summary>The first value of the part to stop by.</summary>
    public int FirstValidation { get; }

    /// <summary>The first value of the part to judge by.</summary>
    public int FirstTest { get; }

    /// <summary>What is learned from.</summary>
    public Dataset Train { get; }

    /// <summary>What tells when to stop.</summary>
    public Dataset Validation { get; }

    /// <summary>What is kept for the end.</summary>
    public Dataset Test { get; }

    /// <summary>The forecasts of the values from <see cref="FirstTest"/> on, each from the true values before it.</summary>
    public double[] Forecast(Trainer<Forecaster> trainer)
    {
        float[] changes = trainer.Predict(Test);
        return [.. changes.Select((change, i) => _values[FirstTest + i - 1] + change * _change)];
    }

    /// <summary>What the network believes comes after the end, each value from its own forecasts before it.</summary>
    public double[] Continue(Forecaster net, int steps)
    {
        var values = _values.ToList();
        var (past, change) = (new float[Window], new float[1]);
        for (int i = 0; i < steps; i++)
        {
            Fill(past, values, values.Count);
            net.Predict(past, change);
            values.Add(values[^1] + change[0] * _change);
        }
        return [.. values.Skip(_values.Length)];
    }

    /// <summary>The root of the mean square.</summary>
    public static double RootMeanSquare(IEnumerable<double> values) => Math.Sqrt(values.Average(v => v * v));

    Dataset Windows(int first, int end)
    {
        int count = end - first;
        float[] past = new float[count * Window], change = new float[count];
        for (int i = 0; i < count; i++)
        {
            Fill(past.AsSpan(i * Window, Window), _values, first + i);
            change[i] = (float)((_values[first + i] - _values[first + i - 1]) / _change);
        }
        return Dataset.FromArrays(past, [Window, 1], change, [1]);
    }

    void Fill(Span<float> past, IReadOnlyList<double> values, int next)
    {
        for (int j = 0; j < Window; j++)
            past[j] = (float)((values[next - Window + j] - values[next - 1]) / _spread);
    }
}
