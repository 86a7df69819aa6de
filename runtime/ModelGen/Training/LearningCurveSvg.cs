using System.Text;

namespace ModelGen;

/// <summary>Draws a <see cref="TrainingHistory"/> as an SVG picture: loss on the left, accuracy on the right if there is any.</summary>
public static class LearningCurveSvg
{
    private const string TrainColor = "#1f6fb2";
    private const string ValidationColor = "#d1661f";

    /// <summary>Draws the picture.</summary>
    /// <param name="history">At least one epoch.</param>
    /// <param name="title">The heading; none if empty.</param>
    /// <returns>A whole SVG document.</returns>
    /// <exception cref="ArgumentException">The history has no epoch.</exception>
    public static string Render(TrainingHistory history, string title = "")
    {
        ArgumentNullException.ThrowIfNull(history);
        if (history.Epochs.Count == 0)
            throw new ArgumentException("The history has no epoch to draw.", nameof(history));
        var panels = new List<SvgPanel>
        {
            new("loss", isPercent: false, Curves(
                new SvgCurve("training", TrainColor, Points(history, epoch => epoch.TrainLoss)),
                new SvgCurve("validation", ValidationColor, Points(history, epoch => epoch.ValidationLoss)))),
        };
        var accuracy = Curves(new SvgCurve("validation", ValidationColor, Points(history, epoch => epoch.ValidationAccuracy)));
        if (accuracy.Count > 0)
            panels.Add(new SvgPanel("accuracy", isPercent: true, accuracy));
        return SvgPage.Render(panels, title);
    }

    /// <summary>Draws the picture and writes it to a file, whole or not at all, as <see cref="SafeTensors.Save(string, ParameterSet)"/> does.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="history">At least one epoch.</param>
    /// <param name="title">The heading; none if empty.</param>
    /// <exception cref="IOException">The file cannot be written, or the path is a folder, a pipe or a device.</exception>
    public static void Save(string path, TrainingHistory history, string title = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var svg = Render(history, title);
        WholeFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(svg)));
    }

    private static (double X, double Y)[] Points(TrainingHistory history, Func<EpochResult, float?> value) =>
        [.. history.Epochs.Select(epoch => ((double)epoch.Epoch, value(epoch) ?? double.NaN)).Where(point => double.IsFinite(point.Item2))];

    private static List<SvgCurve> Curves(params SvgCurve[] curves) => [.. curves.Where(curve => curve.Points.Length > 0)];
}
