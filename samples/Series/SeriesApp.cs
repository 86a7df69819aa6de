using System.CommandLine;
using Samples;

namespace Series;

/// <summary>The sample as a function of its arguments, so that tests run it as a person does.</summary>
internal static class SeriesApp
{
    const int GeneratedLength = 3000, LargestBatch = 32, LeastSteps = 2400, ShownValues = 240, FutureValues = 48;

    /// <summary>Runs the sample.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="error">Receives one line when something is wrong with the input.</param>
    /// <param name="stop">Ends training after the step that is running.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        Option<string?> csv = new("--csv") { Description = "A CSV file with a header line. Without it the sample makes a series itself.", HelpName = "FILE" };
        Option<string?> column = new("--column") { Description = "The column to forecast; the last one if not given.", HelpName = "NAME" };
        var epochs = SampleOptions.WholeNumber("--epochs", "Passes over the part to learn from; 0: 40, or more for a short series.", 0, 0, 100_000);
        var learningRate = SampleOptions.LearningRate(5e-3f);
        var seed = SampleOptions.Seed("Decides weights, order and the generated series: the same seed gives the same run.");
        var threads = SampleOptions.Threads();
        var folder = SampleOptions.Out("the plot and the weights");
        var root = new RootCommand("Forecasts the next value of a series with an LSTM and compares with the naive forecast.") { csv, column, epochs,
            learningRate, seed, threads, folder };
        return SampleApp.Guard("series", error, () => SampleApp.Parse(root, args, output, error, result => Run(
            new SeriesOptions(
                result.GetValue(csv), result.GetValue(column), result.GetValue(epochs), result.GetValue(learningRate),
                result.GetValue(seed), result.GetValue(threads), result.GetValue(folder)!),
            new Terminal(output),
            stop)));
    }

    static int Run(SeriesOptions options, Terminal terminal, CancellationToken stop)
    {
        if (options.Csv is null && options.Column is not null)
            throw new UsageException($"--column {options.Column}: give the file with --csv FILE");
        TimeSeries series = options.Csv is { } path ? TimeSeries.Read(path, options.Column) : TimeSeries.Generate(GeneratedLength, options.Seed);
        var data = new ForecastData(series);
        OutputFolder folder = OutputFolder.Open(options.Out);
        using var net = new Forecaster(options.Seed);
        terminal.WriteLine(ProgressLine.Text(
            $"{net.Info.Name}, {net.Info.ParameterCount:N0} parameters, on '{series.Name}': {data.Train.Count:N0} values to learn, ",
            $"{data.Validation.Count:N0} to stop by, {data.Test.Count:N0} to judge by"));

        var progress = new ProgressReport(terminal);
        int batchSize = Math.Clamp(data.Train.Count / 40, 4, LargestBatch), stepsPerEpoch = (data.Train.Count + batchSize - 1) / batchSize;
        int epochs = options.Epochs > 0 ? options.Epochs : Math.Max(40, LeastSteps / stepsPerEpoch);
        var trainer = new Trainer<Forecaster>(net, new Adam(options.LearningRate))
        {
            BatchSize = batchSize,
            Seed = options.Seed,
            Threads = options.Threads,
            GradientClipNorm = 1,
            Schedule = new CosineSchedule(options.LearningRate, checked(stepsPerEpoch * epochs)),
            Callbacks = { progress, new EarlyStopping(patience: Math.Max(15, epochs / 3)) },
        };
        progress.Follow(() => trainer.Fit(data.Train, epochs, data.Validation, progress, stop));

        double[] forecast = data.Forecast(trainer), actual = series.Values[data.FirstTest..];
        double error = ForecastData.RootMeanSquare(actual.Zip(forecast, (a, f) => a - f));
        double naive = ForecastData.RootMeanSquare(actual.Select((a, i) => a - series.Values[data.FirstTest + i - 1]));
        terminal.WriteLine();
        terminal.WriteLine(ProgressLine.Text($"root mean square error of the next value: {error:G4}; of the naive forecast, that nothing changes: {naive:G4} ",
            $"({100 * (1 - error / naive):F1} % less)"));

        int shown = Math.Min(ShownValues, actual.Length);
        string plot = folder.PathOf("series.svg"), weights = folder.PathOf("forecaster.safetensors");
        File.WriteAllText(plot,
            ForecastPlot.Draw(series.Name, series.Values.Length - shown, actual.AsSpan(^shown..), forecast.AsSpan(^shown..),
                data.Continue(net, Math.Min(FutureValues, shown))));
        SafeTensors.Save(weights, net.Parameters);
        terminal.WriteLine($"plot: {plot}");
        terminal.WriteLine($"weights: {weights}");
        return stop.IsCancellationRequested ? SampleApp.Interrupted : SampleApp.Success;
    }
}
