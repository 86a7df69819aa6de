using System.Diagnostics;
using Spectre.Console;

namespace Samples;

/// <summary>
/// Shows training as it goes: on a terminal a bar that moves below the finished epochs, anywhere else a line for each
/// epoch, and one now and then while an epoch takes long.
/// </summary>
internal sealed class ProgressReport(Terminal terminal) : TrainerCallback, IProgress<TrainingProgress>
{
    static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(100), PlainInterval = TimeSpan.FromSeconds(10);

    ProgressTask? _bar;
    long _lastShown;
    int _epochs;
    float? _accuracy;

    /// <summary>Runs <paramref name="fit"/>, which reports here, and shows what it reports.</summary>
    public TrainingHistory Follow(Func<TrainingHistory> fit)
    {
        _lastShown = Stopwatch.GetTimestamp();
        if (!terminal.IsLive)
            return fit();
        return terminal.Screen.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                _bar = context.AddTask("starting");
                return fit();
            });
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _epochs = value.Epochs;
        if (Stopwatch.GetElapsedTime(_lastShown) < (_bar is null ? PlainInterval : LiveInterval))
            return;
        _lastShown = Stopwatch.GetTimestamp();
        string line = ProgressLine.Of(value, _accuracy);
        if (_bar is null)
        {
            terminal.WriteLine(line);
            return;
        }
        _bar.Value = 100 * (value.Epoch - 1 + value.Step / (double)value.StepsPerEpoch) / value.Epochs;
        _bar.Description = Markup.Escape(line);
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        _accuracy = epoch.ValidationAccuracy;
        string line = ProgressLine.Of(epoch, _epochs);
        // While the bar moves, only the screen that draws it knows where the next free line is.
        if (_bar is null)
            terminal.WriteLine(line);
        else
            terminal.Screen.WriteLine(line);
        return true;
    }
}
