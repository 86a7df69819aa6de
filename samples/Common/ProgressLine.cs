using System.Globalization;

namespace Samples;

/// <summary>The words of the lines that show training.</summary>
internal static class ProgressLine
{
    /// <summary>While an epoch runs: <c>epoch 3/8  loss 0.1234  accuracy 97.10 %  12,345 samples/s  0:12 left</c>.</summary>
    /// <param name="progress">How far training is.</param>
    /// <param name="accuracy">That of the last complete epoch; null if there is none yet.</param>
    public static string Of(TrainingProgress progress, float? accuracy) => Text(
        $"epoch {progress.Epoch}/{progress.Epochs}  loss {progress.Loss:F4}{Accuracy(accuracy)}  ",
        $"{progress.SamplesPerSecond:N0} samples/s  {Time(progress.Remaining)} left");

    /// <summary>After an epoch: losses in nats, accuracy on the validation part, speed of training.</summary>
    public static string Of(EpochResult epoch, int epochs) => Text(
        $"epoch {epoch.Epoch}/{epochs}  loss {epoch.TrainLoss:F4}{Validation(epoch.ValidationLoss)}{Accuracy(epoch.ValidationAccuracy)}  ",
        $"{epoch.SamplesPerSecond:N0} samples/s  {epoch.Seconds:F1} s");

    /// <summary>A share of 1 in percent; <c>-</c> where there is nothing to share.</summary>
    public static string Percent(double share) => double.IsNaN(share) ? "-" : Text($"{100 * share:F2} %");

    /// <summary>Text that does not depend on the country; a long one in parts.</summary>
    public static string Text(params FormattableString[] parts) => string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture)));

    static string Validation(float? loss) => loss is { } known ? Text($"  validation loss {known:F4}") : "";

    static string Accuracy(float? accuracy) => accuracy is { } known ? $"  accuracy {Percent(known)}" : "";

    static string Time(TimeSpan time) =>
        time.ToString(time >= TimeSpan.FromHours(1) ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}
