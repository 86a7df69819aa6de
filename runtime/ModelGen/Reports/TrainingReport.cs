using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>Describes one run in a page of HTML that needs nothing else: curves, epochs, confusion matrix, the model's table and graph, settings.</summary>
public sealed class TrainingReport
{
    /// <summary>Gets the heading.</summary>
    public required string Title { get; init; }

    /// <summary>Gets what training gave; at least one epoch.</summary>
    public required TrainingHistory History { get; init; }

    /// <summary>Gets the model, whose table and graph are shown; null for neither.</summary>
    public ModelInfo? Model { get; init; }

    /// <summary>Gets the evaluation on samples that were not trained; null for none.</summary>
    public Evaluation? Evaluation { get; init; }

    /// <summary>Gets the names of the classes; null for numbers.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>Gets the settings by name.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>Writes the page, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <exception cref="ArgumentException">The history has no epoch, or there are more or fewer names than classes.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        var page = new StringBuilder(LearningCurveSvg.Render(History));
        AppendEpochs(page);
        if (Evaluation is { } evaluation)
            AppendEvaluation(page, evaluation);
        if (Settings is { Count: > 0 } settings)
        {
            page.Append("<h2>Settings</h2>\n<table>");
            foreach (var (name, value) in settings)
                page.Append("<tr>").Append(Cell(name)).Append(Cell(value)).Append("</tr>\n");
            page.Append("</table>\n");
        }

        if (Model is { } model)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{SvgPanel.Escape(model.Name)}, {model.ParameterCount:N0} parameters</h2>\n");
            page.Append("<pre>").Append(SvgPanel.Escape(model.Summary)).Append("</pre>\n<details><summary>Graph</summary><pre>")
                .Append(SvgPanel.Escape(model.GraphText)).Append("</pre></details>\n");
        }

        HtmlPage.Save(path, Title, page.ToString());
    }

    private static string Cell(string text, string? kind = null) =>
        kind is null ? $"<td>{SvgPanel.Escape(text)}</td>" : $"<td class=\"{kind}\">{SvgPanel.Escape(text)}</td>";

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private void AppendEpochs(StringBuilder page)
    {
        string[] names = [.. History.Epochs.SelectMany(epoch => epoch.Values()).Select(pair => pair.Key).Distinct()];
        page.Append("<h2>Epochs</h2>\n<table><tr><th>epoch</th>");
        foreach (var name in names.Append("samples/s"))
            page.Append("<th>").Append(SvgPanel.Escape(name)).Append("</th>");
        page.Append("</tr>\n");
        foreach (var epoch in History.Epochs)
        {
            page.Append("<tr>").Append(Cell(epoch.Epoch.ToString(CultureInfo.InvariantCulture)));
            foreach (var name in names)
                page.Append(Cell(epoch.Value(name) is { } value ? Number(value) : ""));
            page.Append(Cell(epoch.SamplesPerSecond.ToString("N0", CultureInfo.InvariantCulture))).Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private void AppendEvaluation(StringBuilder page, Evaluation evaluation)
    {
        page.Append("<h2>Evaluation</h2>\n<table>");
        page.Append("<tr>").Append(Cell("samples")).Append(Cell(evaluation.Count.ToString(CultureInfo.InvariantCulture))).Append("</tr>\n");
        page.Append("<tr>").Append(Cell("loss")).Append(Cell(Number(evaluation.Loss))).Append("</tr>\n");
        foreach (var (name, value) in evaluation.Metrics)
            page.Append("<tr>").Append(Cell(name)).Append(Cell(Number(value))).Append("</tr>\n");
        page.Append("</table>\n");
        if (evaluation.ConfusionMatrix is not { } matrix)
            return;
        var names = ClassNames ?? [.. Enumerable.Range(0, matrix.Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        if (names.Count != matrix.Classes)
            throw new ArgumentException($"There are {matrix.Classes} classes, but {names.Count} names.", nameof(ClassNames));
        page.Append("<table><tr><th>actual \\ predicted</th>");
        foreach (var name in names.Concat(["precision", "recall", "F1"]))
            page.Append("<th>").Append(SvgPanel.Escape(name)).Append("</th>");
        page.Append("</tr>\n");
        for (var actual = 0; actual < matrix.Classes; actual++)
        {
            page.Append("<tr>").Append(Cell(names[actual]));
            for (var predicted = 0; predicted < matrix.Classes; predicted++)
            {
                var count = matrix[actual, predicted];
                page.Append(Cell(count.ToString(CultureInfo.InvariantCulture), actual == predicted ? "right" : count > 0 ? "wrong" : null));
            }

            page.Append(Cell(Number(matrix.Precision(actual)))).Append(Cell(Number(matrix.Recall(actual)))).Append(Cell(Number(matrix.F1(actual))));
            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }
}
