using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelGen;

/// <summary>Compares the runs that <see cref="RunFolder"/> kept: a row for each, with the settings that differ and its best figures.</summary>
public sealed class RunTable
{
    private readonly List<Run> _runs = [];

    private RunTable(string monitor) => Monitor = monitor;

    /// <summary>Gets the figure by which runs are ordered, the best first.</summary>
    public string Monitor { get; }

    /// <summary>Gets the names of the runs, the best first.</summary>
    public IReadOnlyList<string> Names => [.. _runs.Select(run => run.Name)];

    /// <summary>Reads the runs of a folder: those of its folders that have a <c>run.json</c>.</summary>
    /// <param name="folder">The folder, such as <c>runs</c>.</param>
    /// <param name="monitor">The figure by which they are compared; null for <c>val_loss</c> where all runs have it, or else <c>loss</c>.</param>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    /// <exception cref="DataFormatException">A file of a run is damaged.</exception>
    public static RunTable Load(string folder, string? monitor = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var runs = Directory.EnumerateDirectories(folder).Where(run => File.Exists(Path.Combine(run, RunFolder.RunFile)))
            .Order(StringComparer.Ordinal).Select(Read).ToArray();
        monitor ??= runs.All(run => run.History.BestBy("val_loss") is not null) ? "val_loss" : "loss";
        var table = new RunTable(monitor);
        var higher = ModelGen.Monitor.HigherIsBetter(monitor);
        table._runs.AddRange(runs.OrderBy(run => run.Best(monitor) is { } best ? (higher ? -best : best) : double.PositiveInfinity));
        return table;
    }

    /// <summary>Returns the table as Markdown.</summary>
    public string ToMarkdown()
    {
        var columns = Columns();
        var text = new StringBuilder().Append("| ").AppendJoin(" | ", columns).Append(" |\n|");
        foreach (var _ in columns)
            text.Append(" --- |");
        text.Append('\n');
        foreach (var run in _runs)
            text.Append("| ").AppendJoin(" | ", Cells(run, columns).Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        return text.ToString();
    }

    /// <summary>Writes a page of HTML: the table and the learning curves of all runs.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveHtml(string path)
    {
        var columns = Columns();
        var page = new StringBuilder().Append("<table><tr>");
        foreach (var column in columns)
            page.Append("<th>").Append(SvgPanel.Escape(column)).Append("</th>");
        page.Append("</tr>\n");
        foreach (var run in _runs)
        {
            page.Append("<tr>");
            foreach (var cell in Cells(run, columns))
                page.Append("<td>").Append(SvgPanel.Escape(cell)).Append("</td>");
            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
        foreach (var run in _runs.Where(run => run.History.Epochs.Count > 0))
            page.Append("<h2>").Append(SvgPanel.Escape(run.Name)).Append("</h2>\n").Append(LearningCurveSvg.Render(run.History));
        HtmlPage.Save(path, "Runs by " + Monitor, page.ToString());
    }

    private static Run Read(string folder)
    {
        var (run, history) = (Path.Combine(folder, RunFolder.RunFile), Path.Combine(folder, RunFolder.HistoryFile));
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(run));
            var settings = document.RootElement.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "");
            var epochs = File.Exists(history) ? TrainingHistory.FromJson(File.ReadAllText(history)) : new TrainingHistory();
            return new Run(Path.GetFileName(folder), settings, epochs);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new DataFormatException(folder, -1, $"the run cannot be read: {e.Message}", e);
        }
    }

    // Settings that all runs share say nothing here.
    private string[] Columns() =>
    [
        "run",
        .. _runs.SelectMany(run => run.Settings.Keys).Distinct()
            .Where(name => _runs.Select(run => run.Settings.GetValueOrDefault(name)).Distinct().Count() > 1),
        "epochs", "best " + Monitor, "at epoch",
    ];

    private string[] Cells(Run run, string[] columns)
    {
        var best = run.History.BestBy(Monitor);
        return
        [
            run.Name,
            .. columns[1..^3].Select(name => run.Settings.GetValueOrDefault(name, "")),
            run.History.Epochs.Count.ToString(CultureInfo.InvariantCulture),
            best?.Value(Monitor)?.ToString("G5", CultureInfo.InvariantCulture) ?? "-",
            best?.Epoch.ToString(CultureInfo.InvariantCulture) ?? "-",
        ];
    }

    private sealed record Run(string Name, Dictionary<string, string> Settings, TrainingHistory History)
    {
        public double? Best(string monitor) => History.BestBy(monitor)?.Value(monitor);
    }
}
