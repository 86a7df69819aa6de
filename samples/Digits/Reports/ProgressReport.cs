using System.Diagnostics;
using Spectre.Console;

namespace Digits.Reports;

/// <summary>Shows training as it goes: a bar that moves on a terminal, a line now and then anywhere else.</summary>
internal sealed class ProgressReport(Terminal terminal) : IProgress<TrainingProgress>
{
    static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(100), PlainInterval = TimeSpan.FromSeconds(5);

    ProgressTask? _bar;
    long _lastShown;

    /// <summary>Runs <paramref name="fit"/> and shows what it reports.</summary>
    public TrainingHistory Follow(Func<IProgress<TrainingProgress>, TrainingHistory> fit)
    {
        _lastShown = Stopwatch.GetTimestamp();
        if (!terminal.IsLive)
            return fit(this);
        return terminal.Screen.Progress()
            .Columns(new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                _bar = context.AddTask("starting");
                return fit(this);
            });
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        bool epochEnds = value.Step == value.Steps;
        if (!epochEnds && Stopwatch.GetElapsedTime(_lastShown) < (_bar is null ? PlainInterval : LiveInterval))
            return;
        _lastShown = Stopwatch.GetTimestamp();
        if (_bar is null)
        {
            terminal.WriteLine(ProgressLine.Of(value));
            return;
        }
        _bar.Value = 100.0 * (value.Epoch - 1 + value.Step / (double)value.Steps) / value.Epochs;
        _bar.Description = Markup.Escape(ProgressLine.Of(value));
    }
}
