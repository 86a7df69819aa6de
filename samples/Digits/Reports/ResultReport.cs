using Samples;
using Spectre.Console;

namespace Digits.Reports;

/// <summary>Shows what is trained and what was learned, and saves it.</summary>
internal sealed class ResultReport(Terminal terminal)
{
    /// <summary>The layers with their sizes, and the graph as a mermaid diagram.</summary>
    public void WriteSummary(ModelInfo network)
    {
        terminal.WriteLine(network.Summary);
        terminal.WriteLine();
        terminal.WriteLine(network.Diagram);
    }

    /// <summary>One line on what is trained on what.</summary>
    public void WriteStart(ModelInfo network, DigitsData data, DigitsOptions options)
    {
        terminal.WriteLine(ProgressLine.Text(
            $"{network.Name}, {network.ParameterCount:N0} parameters, on {options.Data ?? "drawn digits"}: ",
            $"{data.Train.Count:N0} to learn, {data.Validation.Count:N0} for validation, {data.Test.Count:N0} to test"));
    }

    /// <summary>Loss and accuracy on the test set, and which digits were taken for which.</summary>
    public void WriteEvaluation(Evaluation test)
    {
        ConfusionMatrix matrix = test.ConfusionMatrix
            ?? throw new ArgumentException("The network does not classify.", nameof(test));
        terminal.WriteLine();
        terminal.WriteLine(ProgressLine.Text($"test loss {test.Loss:F4}, test accuracy {ProgressLine.Percent(matrix.Accuracy)}"));
        terminal.WriteLine();
        terminal.WriteLine("confusion matrix: a row for each true digit, a column for each answer");
        int[] digits = [.. Enumerable.Range(0, matrix.Classes)];
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string heading in (string[])["", .. digits.Select(digit => ProgressLine.Text($"{digit}")), "recall"])
            table.AddColumn(new TableColumn(heading).RightAligned());
        foreach (int truth in digits)
            table.AddRow(
                [
                    ProgressLine.Text($"{truth}"),
                    .. digits.Select(answer => Cell(matrix[truth, answer], isRight: answer == truth)),
                    ProgressLine.Percent(matrix.Recall(truth)),
                ]);
        terminal.Screen.Write(table);
    }

    /// <summary>Writes weights, learning curve and the page about the run; each file appears whole or not at all.</summary>
    public void Save(IModel network, TrainingHistory history, Evaluation test, OutputFolder folder)
    {
        string weights = folder.PathOf($"{network.Info.Name.ToLowerInvariant()}.safetensors");
        SafeTensors.Save(weights, network.Parameters);
        terminal.WriteLine($"weights: {weights}");
        if (history.Epochs.Count == 0)
            return;
        string curve = folder.PathOf("learning-curve.svg");
        LearningCurveSvg.Save(curve, history, $"{network.Info.Name}: learning curve");
        terminal.WriteLine($"learning curve: {curve}");
        string page = folder.PathOf("report.html");
        new TrainingReport { Title = $"{network.Info.Name} on digits", History = history, Evaluation = test, Model = network.Info }.Save(page);
        terminal.WriteLine($"report: {page}");
    }

    static string Cell(long count, bool isRight) =>
        count == 0 ? "·" : ProgressLine.Text(isRight ? $"[green]{count}[/]" : (FormattableString)$"[red]{count}[/]");
}
