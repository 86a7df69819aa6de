using System.Globalization;
using Spectre.Console;

namespace ModelGen.Benchmarks.Reports;

/// <summary>One aligned table at the end, with a column for each value that some line has.</summary>
internal sealed class TableReport(TextWriter output) : IReport
{
    const int WidthOfFiles = 200;

    readonly List<ResultLine> _lines = [];

    /// <inheritdoc/>
    public void Add(ResultLine line) => _lines.Add(line);

    /// <inheritdoc/>
    public void Dispose()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfFiles;
        string[] columns = [.. _lines.SelectMany(line => line.Values()).Select(value => value.Name).Where(name => name != "peer").Distinct()];
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(Markup.Escape(column)) { Alignment = column == "case" ? Justify.Left : Justify.Right });
        foreach (ResultLine line in _lines)
        {
            Dictionary<string, object> values = line.Values().ToDictionary(value => value.Name, value => value.Value);
            table.AddRow([.. columns.Select(column => values.TryGetValue(column, out object? value) ? Markup.Escape(Text(value)) : "")]);
        }
        console.Write(table);
        output.Flush();
    }

    static string Text(object value) => value switch
    {
        double number => number.ToString("#,0.###", CultureInfo.InvariantCulture),
        bool truth => truth ? "yes" : "no",
        IReadOnlyDictionary<string, string> texts => string.Join('\n', texts.Select(text => $"{text.Key} {text.Value}")),
        _ => value.ToString() ?? "",
    };
}
