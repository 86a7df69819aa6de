using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>
/// Shows training as it goes. On a terminal a line with a bar moves below the finished epochs; anywhere else there is a line for each epoch, and one every ten
/// seconds while an epoch takes longer.
/// </summary>
/// <remarks>
/// Fit makes one where it is given no other listener. Colour follows the convention of no-color.org: none where the variable <c>NO_COLOR</c> is not empty.
/// </remarks>
public sealed class ConsoleProgress : TrainerCallback, IProgress<TrainingProgress>
{
    private const int BarWidth = 20;
    private const int UsualColumns = 120;

    private static readonly TimeSpan LiveInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly TextWriter _output;
    private readonly bool _isTerminal;
    private readonly bool _hasColor;
    private readonly int _columns;
    private long _lastShown;
    private int _shownLength;
    private int _lastEpoch;

    /// <summary>Initializes a new instance of the <see cref="ConsoleProgress"/> class.</summary>
    /// <param name="output">Where it is shown.</param>
    public ConsoleProgress(TextWriter output)
        : this(output, IsTerminal(output), HasColor(), Columns())
    {
    }

    /// <summary>As told, not as found.</summary>
    internal ConsoleProgress(TextWriter output, bool isTerminal, bool hasColor, int columns = UsualColumns)
    {
        ArgumentNullException.ThrowIfNull(output);
        (_output, _isTerminal, _hasColor, _columns) = (output, isTerminal, hasColor && isTerminal, columns);
        _lastShown = Stopwatch.GetTimestamp();
    }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _lastEpoch = value.Epochs;
        if (Stopwatch.GetElapsedTime(_lastShown) < (_isTerminal ? LiveInterval : PlainInterval))
            return;
        Show(value);
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        ArgumentNullException.ThrowIfNull(epoch);
        WriteLine(OfEpoch(epoch));
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(IModel model, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.WasCancelled || history.StoppedEarly)
        {
            WriteLine(history.Epochs is [.., { IsComplete: false } last]
                ? FormattableString.Invariant($"stopped in epoch {last.Epoch}  loss {last.TrainLoss:F4}")
                : history.WasCancelled ? "cancelled" : "stopped early");
        }
        else if (_shownLength > 0)
        {
            WriteLine("");
        }
    }

    /// <summary>Shows where training is, now.</summary>
    internal void Show(TrainingProgress value)
    {
        (_lastShown, _lastEpoch) = (Stopwatch.GetTimestamp(), value.Epochs);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{value.Step}/{value.StepsPerEpoch}  loss {value.Loss:F4}  {value.SamplesPerSecond:N0} samples/s  {Time(value.Remaining)} left");
        var epoch = string.Create(CultureInfo.InvariantCulture, $"epoch {value.Epoch}/{value.Epochs}");
        if (!_isTerminal)
        {
            _output.WriteLine($"{epoch}  {text}");
            return;
        }

        // A line that fills the terminal would wrap, and could not be written over.
        var done = (int)((long)BarWidth * value.Step / Math.Max(value.StepsPerEpoch, 1));
        var line = $"{epoch} {new string('━', done)}{new string('╌', BarWidth - done)} {text}";
        line = line.Length < _columns ? line : line[..Math.Max(_columns - 1, 0)];
        var padding = new string(' ', Math.Max(0, _shownLength - line.Length));
        _shownLength = line.Length;
        _output.Write('\r');
        _output.Write(Colored(line, epoch.Length + 1, done));
        _output.Write(padding);
        _output.Flush();
    }

    private string OfEpoch(EpochResult epoch)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"epoch {epoch.Epoch}/{Math.Max(_lastEpoch, epoch.Epoch)}");
        foreach (var (name, value) in epoch.Values().Where(pair => pair.Key != "learning_rate"))
            text.Append(CultureInfo.InvariantCulture, $"  {name} {value:F4}");
        text.Append(CultureInfo.InvariantCulture, $"  {epoch.SamplesPerSecond:N0} samples/s  {epoch.Seconds:F1} s");
        return text.ToString();
    }

    private void WriteLine(string line)
    {
        if (_isTerminal && _shownLength > 0)
        {
            _output.Write('\r');
            line += new string(' ', Math.Max(0, _shownLength - line.Length));
            _shownLength = 0;
        }

        _output.WriteLine(line);
    }

    private string Colored(string line, int start, int length) => _hasColor && line.Length >= start + length
        ? string.Concat(line.AsSpan(0, start), "\u001b[32m", line.AsSpan(start, length), string.Concat("\u001b[0m", line.AsSpan(start + length)))
        : line;

    private static string Time(TimeSpan time) => time.ToString(time >= TimeSpan.FromHours(1) ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    private static bool IsTerminal(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";

    private static bool HasColor() => string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private static int Columns()
    {
        try
        {
            return !Console.IsOutputRedirected && Console.WindowWidth is > 0 and var width ? width : UsualColumns;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return UsualColumns;
        }
    }
}
