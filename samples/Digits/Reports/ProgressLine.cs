using System.Globalization;

namespace Digits.Reports;

/// <summary>The words of the progress line.</summary>
internal static class ProgressLine
{
    /// <summary>As in <c>epoch 3/8  loss 0.1234  accuracy 97.1 %  12,345 samples/s  0:12 left</c>.</summary>
    public static string Of(TrainingProgress progress)
    {
        string line = string.Create(
            CultureInfo.InvariantCulture, $"epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:F4}");
        if (Share(progress.Accuracy) is { } accuracy)
            line += $"  accuracy {accuracy}";
        line += string.Create(CultureInfo.InvariantCulture, $"  {progress.SamplesPerSecond:N0} samples/s");
        return $"{line}  {Time(progress.Remaining)} left";
    }

    /// <summary>A share of 1 in percent, or null where it is not known (NaN).</summary>
    public static string? Share(double share) =>
        double.IsNaN(share) ? null : string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    /// <summary>Minutes and seconds, with hours where there are any: <c>0:07</c>, <c>1:02:03</c>.</summary>
    public static string Time(TimeSpan time) =>
        time.ToString(time >= TimeSpan.FromHours(1) ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
