using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelGen;

/// <summary>Describes what the epochs of one call of Fit gave.</summary>
public sealed class TrainingHistory
{
    private readonly List<EpochResult> _epochs = [];

    /// <summary>Gets the epochs in order; the last may be incomplete.</summary>
    public IReadOnlyList<EpochResult> Epochs => _epochs;

    /// <summary>Gets a value indicating whether it ended by cancellation.</summary>
    public bool WasCancelled { get; internal set; }

    /// <summary>Gets a value indicating whether a callback ended it.</summary>
    public bool StoppedEarly { get; internal set; }

    /// <summary>Gets the epoch with the lowest validation loss (training loss without validation); null if none was completed with a finite loss.</summary>
    public EpochResult? Best => _epochs.Where(epoch => epoch.IsComplete && float.IsFinite(epoch.Loss)).MinBy(epoch => epoch.Loss);

    /// <summary>Returns the epoch with the best of a figure; null if none was completed with a finite one.</summary>
    /// <param name="name">The figure, such as <c>val_accuracy</c> (<see cref="EpochResult.Value"/>).</param>
    /// <param name="higherIsBetter">Which is better; null to tell by the name: losses and errors are better when they are lower.</param>
    public EpochResult? BestBy(string name, bool? higherIsBetter = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var epochs = _epochs.Where(epoch => epoch.IsComplete && double.IsFinite(epoch.Value(name) ?? double.NaN));
        return higherIsBetter ?? Monitor.HigherIsBetter(name) ? epochs.MaxBy(epoch => epoch.Value(name)) : epochs.MinBy(epoch => epoch.Value(name));
    }

    /// <summary>Returns the epochs as CSV with a header: epoch, the figures by their names, seconds, samples_per_second, complete.</summary>
    public string ToCsv()
    {
        string[] names = [.. _epochs.SelectMany(epoch => epoch.Values()).Select(pair => pair.Key).Distinct()];
        var text = new StringBuilder().Append("epoch");
        foreach (var name in names)
            text.Append(',').Append(name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        text.Append(",seconds,samples_per_second,complete\n");
        foreach (var epoch in _epochs)
        {
            text.Append(CultureInfo.InvariantCulture, $"{epoch.Epoch}");
            foreach (var name in names)
                text.Append(',').Append(Shortest(epoch, name));
            text.Append(CultureInfo.InvariantCulture, $",{epoch.Seconds:R},{epoch.SamplesPerSecond:R},{(epoch.IsComplete ? "true" : "false")}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes <see cref="ToCsv"/> to a file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveCsv(string path) => WholeFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(ToCsv())));

    /// <summary>Returns the epochs as JSON: what <see cref="FromJson"/> reads. Figures that are not finite are texts: "NaN", "Infinity", "-Infinity".</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteBoolean("cancelled", WasCancelled);
            json.WriteBoolean("stopped_early", StoppedEarly);
            json.WriteStartArray("epochs");
            foreach (var epoch in _epochs)
                Write(json, epoch);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes <see cref="ToJson"/> to a file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveJson(string path) => WholeFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(ToJson())));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="text">The JSON.</param>
    /// <exception cref="FormatException">The text is no such JSON.</exception>
    public static TrainingHistory FromJson(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            var history = new TrainingHistory
            {
                WasCancelled = document.RootElement.GetProperty("cancelled").GetBoolean(),
                StoppedEarly = document.RootElement.GetProperty("stopped_early").GetBoolean(),
            };
            foreach (var epoch in document.RootElement.GetProperty("epochs").EnumerateArray())
                history.Add(Read(epoch));
            return history;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"The text is no history of training: {e.Message}", e);
        }
    }

    internal void Add(EpochResult epoch) => _epochs.Add(epoch);

    // The figures that are floats are shortest as floats.
    private static string Shortest(EpochResult epoch, string name)
    {
        var value = epoch.Value(name);
        if (value is not { } known)
            return "";
        return epoch.Metrics.ContainsKey(name)
            ? known.ToString("R", CultureInfo.InvariantCulture)
            : ((float)known).ToString("R", CultureInfo.InvariantCulture);
    }

    private static void Write(Utf8JsonWriter json, EpochResult epoch)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", epoch.Epoch);
        Number("loss", epoch.TrainLoss);
        Number("val_loss", epoch.ValidationLoss);
        Number("val_accuracy", epoch.ValidationAccuracy);
        Number("learning_rate", epoch.LearningRate);
        json.WriteNumber("seconds", epoch.Seconds);
        json.WriteNumber("samples_per_second", epoch.SamplesPerSecond);
        json.WriteBoolean("complete", epoch.IsComplete);
        json.WriteStartObject("metrics");
        foreach (var (name, value) in epoch.Metrics)
        {
            if (double.IsFinite(value))
                json.WriteNumber(name, value);
            else
                json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
        json.WriteEndObject();

        void Number(string name, float? value)
        {
            if (value is not { } known)
                return;
            if (float.IsFinite(known))
                json.WriteNumber(name, known);
            else
                json.WriteString(name, known.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static EpochResult Read(JsonElement epoch) => new(
        epoch.GetProperty("epoch").GetInt32(),
        Single(epoch, "loss") ?? throw new FormatException("An epoch has no 'loss'."),
        Single(epoch, "val_loss"),
        Single(epoch, "val_accuracy"),
        epoch.GetProperty("seconds").GetDouble(),
        epoch.GetProperty("samples_per_second").GetDouble(),
        Single(epoch, "learning_rate") ?? throw new FormatException("An epoch has no 'learning_rate'."),
        epoch.GetProperty("complete").GetBoolean())
    {
        Metrics = epoch.GetProperty("metrics").EnumerateObject().ToDictionary(metric => metric.Name, metric => Double(metric.Value)),
    };

    private static float? Single(JsonElement epoch, string name) => !epoch.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetSingle()
        : (float)Double(value);

    private static double Double(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : double.Parse(value.GetString()!, CultureInfo.InvariantCulture);
}
