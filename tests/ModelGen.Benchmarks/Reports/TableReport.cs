using System.Globalization;
using Spectre.Console;

namespace ModelGen.Benchmarks.Reports;

/// <summary>One aligned table at the end: a column for each number that most lines have, and the rest of a line in the last column.</summary>
internal sealed class TableReport(TextWriter output) : IReport
{
    const int WidthOfFiles = 400;

    readonly List<ResultLine> _lines = [];

    /// <inheritdoc/>
    public void Add(ResultLine line) => _lines.Add(line);

    /// <inheritdoc/>
    public void Dispose()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = WidthOfFiles;
        string[] columns =
        [
            .. _lines.SelectMany(line => line.Values()).Where(value => value.Value is not IReadOnlyDictionary<string, string>)
                .GroupBy(value => value.Name).Where(group => group.Key != "peer" && 2 * group.Count() > _lines.Count).Select(group => group.Key),
        ];
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column) { Alignment = column == "case" ? Justify.Left : Justify.Right, NoWrap = true });
        table.AddColumn("more");
        foreach (ResultLine line in _lines)
            table.AddRow([.. Cells(line, columns).Select(Markup.Escape)]);
        console.Write(table);
        output.Flush();
    }

    static IEnumerable<string> Cells(ResultLine line, string[] columns)
    {
        Dictionary<string, object> values = line.Values().ToDictionary(value => value.Name, value => value.Value);
        foreach (string column in columns)
            yield return values.TryGetValue(column, out object? value) ? Text(value) : "";
        yield return string.Join(", ", line.Values().Where(value => value.Name != "peer" && !columns.Contains(value.Name)).Select(
            value => value.Value is IReadOnlyDictionary<string, string> ? Text(value.Value) : $"{value.Name} {Text(value.Value)}"));
    }

    static string Text(object value) => value switch
    {
        double number => number.ToString("#,0.###", CultureInfo.InvariantCulture),
        bool truth => truth ? "yes" : "no",
        IReadOnlyDictionary<string, string> texts => string.Join(", ", texts.Select(text => $"{text.Key} {text.Value}")),
        _ => value.ToString() ?? "",
    };
}
