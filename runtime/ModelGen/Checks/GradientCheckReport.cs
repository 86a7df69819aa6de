using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>Describes what a check of gradients found.</summary>
public sealed class GradientCheckReport
{
    private const int KinksNamed = 3;

    internal GradientCheckReport(string model, int samples, double loss, float lossInFloat, IReadOnlyList<ParameterGradientCheck> parameters)
    {
        Model = model;
        Samples = samples;
        Loss = loss;
        LossInFloat = lossInFloat;
        Parameters = parameters;
        Worst = parameters.Select(p => p.Worst).OfType<CheckedGradient>().MaxBy(w => double.IsNaN(w.Error) ? double.PositiveInfinity : w.Error);
    }

    /// <summary>Gets the model's name.</summary>
    public string Model { get; }

    /// <summary>Gets the number of samples of the batch.</summary>
    public int Samples { get; }

    /// <summary>Gets the loss in double precision.</summary>
    public double Loss { get; }

    /// <summary>Gets the loss that <see cref="IModel.Backward(Batch, uint)"/> returned.</summary>
    public float LossInFloat { get; }

    /// <summary>Gets the result for each parameter, in the model's order.</summary>
    public IReadOnlyList<ParameterGradientCheck> Parameters { get; }

    /// <summary>Gets the element with the largest error of all; null for a model without parameters.</summary>
    public CheckedGradient? Worst { get; }

    /// <summary>Gets the difference between the losses in float and in double, relative to the loss where it is above 1.</summary>
    public double LossError => Math.Abs(Loss - LossInFloat) / Math.Max(1, Math.Abs(Loss));

    /// <summary>Returns a value indicating whether no error, that of the loss included, is above the tolerance, and none is NaN.</summary>
    /// <param name="tolerance">Relative to the largest slope of each parameter, and to the loss. Float leaves 1e-6 to 1e-5 in common networks, up to 1e-4 in
    /// deep ones; a wrong derivative is far above.</param>
    public bool Passed(double tolerance = 1e-3) => LossError <= tolerance && Parameters.All(p => p.WorstError <= tolerance);

    /// <summary>
    /// Returns the report as a table: each parameter with its largest slope, its worst error and where that is; then the kinks and the worst error of all.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var all = Parameters.Sum(p => (long)p.Parameter.Length);
        var number = CultureInfo.InvariantCulture;
        text.Append(number,
            $"{Model}: {Parameters.Sum(p => (long)p.Checked):N0} of {all:N0} gradients, {Samples} samples, loss {Loss:G10} "
                + $"(in float {LossInFloat:G7}, error {LossError:0.0E-00})\n");
        string[] head = ["parameter", "checked", "largest slope", "worst error", "at", "gradient", "slope", "kinks"];
        var rows = Parameters.Select(p => new[]
        {
            p.Parameter.Path,
            p.Checked.ToString("N0", number),
            p.LargestSlope.ToString("0.00E-00", number),
            p.Worst is null ? "-" : p.WorstError.ToString("0.0E-00", number),
            p.Worst is { } w ? w.Name[p.Parameter.Path.Length..] : "",
            p.Worst?.Gradient.ToString("0.00000E-00", number) ?? "",
            p.Worst?.Slope.ToString("0.00000E-00", number) ?? "",
            p.Kinks.Count == 0 ? "" : p.Kinks.Count.ToString("N0", number),
        }).Prepend(head).ToList();
        var widths = head.Select((_, c) => rows.Max(r => r[c].Length)).ToArray();
        foreach (var row in rows)
            text.Append(string.Join("  ", row.Select((cell, c) => c is 0 or 4 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd()).Append('\n');
        var kinks = Parameters.SelectMany(p => p.Kinks).ToList();
        if (kinks.Count > 0)
        {
            var named = kinks.Take(KinksNamed).Select(k => string.Create(number, $"{k.Name} {k.Left:0.000E-00} and {k.Right:0.000E-00}"));
            text.Append("kinks, where left and right slope differ: ").AppendJoin("; ", named);
            text.Append(kinks.Count > KinksNamed ? string.Create(number, $"; {kinks.Count - KinksNamed:N0} more\n") : "\n");
        }

        return text.Append(Worst is { } worst ? "worst: " + worst : "no gradient was checked").ToString();
    }
}
