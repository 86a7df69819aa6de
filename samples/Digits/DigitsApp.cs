using Digits.Reports;
using Samples;

namespace Digits;

/// <summary>The sample as a function of its arguments, so that tests run it as a person does.</summary>
internal static class DigitsApp
{
    /// <summary>Runs the sample.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="output">Receives the report.</param>
    /// <param name="error">Receives one line when something is wrong with the input.</param>
    /// <param name="stop">Ends training after the step that is running.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken stop = default) =>
        SampleApp.Guard("digits", error, () => new OptionsParser().Run(args, output, error, options => Run(options, new Terminal(output), stop)),
            Placement.Concerns);

    static int Run(DigitsOptions options, Terminal terminal, CancellationToken stop) => options.Model switch
    {
        ModelKind.Mlp => Run(new Mlp(options.Seed), net => Placement.Of(net, options.Device, terminal), options, terminal, stop),
        _ => Run(new LeNet(options.Seed), net => Placement.Of(net, options.Device, terminal), options, terminal, stop),
    };

    static int Run<TModel>(TModel net, Func<TModel, Placement> place, DigitsOptions options, Terminal terminal, CancellationToken stop)
        where TModel : IModel
    {
        var results = new ResultReport(terminal);
        if (options.Summary)
        {
            results.WriteSummary(net.Info);
            return SampleApp.Success;
        }

        DigitsData data = DigitsData.Load(options);
        data.CheckFits(net.Info, options);
        OutputFolder folder = OutputFolder.Open(options.Out);
        results.WriteStart(net.Info, data, options);

        using Placement placed = place(net);
        var progress = new ProgressReport(terminal);
        int stepsPerEpoch = (data.Train.Count + options.BatchSize - 1) / options.BatchSize;
        var trainer = new Trainer<IModel>(placed.Model, new Adam(options.LearningRate))
        {
            BatchSize = options.BatchSize,
            Seed = options.Seed,
            Threads = options.Threads,
            Schedule = new CosineSchedule(options.LearningRate, checked(stepsPerEpoch * options.Epochs)),
            Metrics = { Metric.F1() },
            Callbacks = { progress },
        };
        if (options.Resume is not null)
        {
            if (options.Device is not null)
                throw new UsageException("--resume: what trains on a device cannot be saved on the way; leave out --device");
            trainer.Callbacks.Add(new PeriodicCheckpoint(options.Resume) { EverySteps = 50 });
            if (File.Exists(options.Resume))
                trainer.Load(options.Resume);
        }

        TrainingHistory history = progress.Follow(() => trainer.Fit(data.Train, options.Epochs, data.Validation, progress, stop));

        Evaluation test = trainer.Evaluate(data.Test);
        results.WriteEvaluation(test);
        results.Save(placed.Model, history, test, folder);
        return stop.IsCancellationRequested ? SampleApp.Interrupted : SampleApp.Success;
    }
}
