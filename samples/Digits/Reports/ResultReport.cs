using System.Globalization;
using Spectre.Console;

namespace Digits.Reports;

/// <summary>Shows what was learned: the epochs, the test result, the confusion matrix.</summary>
internal sealed class ResultReport(Terminal terminal)
{
    /// <summary>A row for each epoch.</summary>
    public void WriteHistory(TrainingHistory history)
    {
        Table table = NewTable("epoch", "training loss", "validation loss", "validation accuracy", "samples/s", "seconds");
        foreach (EpochResult epoch in history.Epochs)
            table.AddRow(
                Text($"{epoch.Epoch}"), Text($"{epoch.TrainLoss:F4}"), Text($"{epoch.ValidationLoss:F4}"),
                ProgressLine.Share(epoch.ValidationAccuracy) ?? "", Text($"{epoch.SamplesPerSecond:N0}"), Text($"{epoch.Seconds:F2}"));
        terminal.Screen.Write(table);
    }

    /// <summary>Loss and accuracy on the test set, and which digits were taken for which.</summary>
    public void WriteEvaluation(EvaluationResult result)
    {
        terminal.WriteLine(Text($"test loss {result.Loss:F4}, test accuracy {ProgressLine.Share(result.Accuracy)}"));
        terminal.WriteLine();
        terminal.WriteLine("confusion matrix: a row for each true digit, a column for each answer");
        ConfusionMatrix matrix = result.Confusion;
        Table table = NewTable([" ", .. Enumerable.Range(0, matrix.Classes).Select(c => Text($"{c}")), "found"]);
        for (int truth = 0; truth < matrix.Classes; truth++)
        {
            string[] cells = [.. Enumerable.Range(0, matrix.Classes).Select(answer => Cell(matrix, truth, answer))];
            table.AddRow([Text($"[bold]{truth}[/]"), .. cells, ProgressLine.Share(matrix.Recall(truth)) ?? ""]);
        }
        terminal.Screen.Write(table);
    }

    static string Cell(ConfusionMatrix matrix, int truth, int answer)
    {
        long count = matrix[truth, answer];
        return truth == answer ? Text($"[green]{count}[/]") : count == 0 ? "·" : Text($"[red]{count}[/]");
    }

    static Table NewTable(params string[] columns)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column).RightAligned());
        return table;
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
