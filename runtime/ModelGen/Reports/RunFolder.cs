using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelGen;

/// <summary>
/// Keeps what was tried: a folder for each run with its settings, versions, seed and the history so far (<c>run.json</c>, <c>history.json</c>,
/// <c>history.csv</c>), written anew after each epoch. <see cref="RunTable"/> compares the runs of a folder.
/// </summary>
/// <param name="path">The folder of the run, such as <c>runs/first</c>; made if it is not there.</param>
/// <param name="settings">What else the program decided, by name: it stands beside what the trainer knows.</param>
public sealed class RunFolder(string path, IEnumerable<KeyValuePair<string, string>>? settings = null) : TrainerCallback
{
    internal const string RunFile = "run.json";
    internal const string HistoryFile = "history.json";

    private readonly KeyValuePair<string, string>[] _settings = [.. settings ?? []];
    private readonly TrainingHistory _history = new();

    /// <summary>Gets the folder.</summary>
    public string Path { get; } = path;

    /// <summary>Makes the folder and writes the settings.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">The folder cannot be made or written to.</exception>
    public override void OnStart(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Directory.CreateDirectory(Path);
        Write(RunFile, Settings(model));
    }

    /// <inheritdoc/>
    public override bool OnEpochEnd(IModel model, EpochResult epoch)
    {
        _history.Add(epoch);
        SaveHistory(_history);
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(IModel model, TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        (_history.WasCancelled, _history.StoppedEarly) = (history.WasCancelled, history.StoppedEarly);
        if (history.Epochs is [.., { IsComplete: false } last])
            _history.Add(last);
        SaveHistory(_history);
    }

    /// <inheritdoc/>
    public override void SaveState(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Set("history", _history.ToJson());
    }

    /// <inheritdoc/>
    public override void LoadState(TrainerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var epoch in TrainingHistory.FromJson(state.Text("history")).Epochs)
            _history.Add(epoch);
    }

    private string Settings(IModel model)
    {
        var all = new List<KeyValuePair<string, string>>
        {
            new("model", model.Info.Name),
            new("parameters", model.Info.ParameterCount.ToString(CultureInfo.InvariantCulture)),
        };
        if (Trainer is { } trainer)
        {
            all.Add(new("optimizer", trainer.Optimizer.GetType().Name));
            all.Add(new("learning_rate", trainer.Optimizer.LearningRate.ToString("R", CultureInfo.InvariantCulture)));
            all.Add(new("schedule", trainer.Schedule?.GetType().Name ?? "none"));
            all.Add(new("batch_size", trainer.BatchSize.ToString(CultureInfo.InvariantCulture)));
            all.Add(new("seed", trainer.Seed.ToString(CultureInfo.InvariantCulture)));
        }

        all.Add(new("modelgen", typeof(RunFolder).Assembly.GetName().Version?.ToString() ?? "unknown"));
        all.Add(new("runtime", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription));
        all.Add(new("system", System.Runtime.InteropServices.RuntimeInformation.OSDescription));
        all.AddRange(_settings);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in all.DistinctBy(pair => pair.Key))
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void SaveHistory(TrainingHistory history)
    {
        history.SaveJson(System.IO.Path.Combine(Path, HistoryFile));
        history.SaveCsv(System.IO.Path.Combine(Path, "history.csv"));
    }

    private void Write(string name, string text) =>
        WholeFile.Write(System.IO.Path.Combine(Path, name), file => file.Write(Encoding.UTF8.GetBytes(text)));
}
