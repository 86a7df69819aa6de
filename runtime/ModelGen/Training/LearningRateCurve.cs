using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>
/// Describes a learning-rate range test: the loss at rates that rise from step to step by a factor (Smith 2017). A good rate is where the loss falls
/// fastest, or some times lower.
/// </summary>
public sealed class LearningRateCurve
{
    private const int Left = 10;

    internal LearningRateCurve(IReadOnlyList<float> rates, IReadOnlyList<float> losses)
    {
        (Rates, Losses) = (rates, losses);
        Smoothed = Smooth(losses);
    }

    /// <summary>Gets the rate of each step, rising.</summary>
    public IReadOnlyList<float> Rates { get; }

    /// <summary>Gets the loss of each step's batch, before the step.</summary>
    public IReadOnlyList<float> Losses { get; }

    /// <summary>Gets the losses as an exponential average with a weight of 0.05 for each, divided by 1 − 0.95ᵗ.</summary>
    public IReadOnlyList<float> Smoothed { get; }

    /// <summary>Gets the rate at which the smoothed loss falls fastest over the logarithm of the rate; null if it never falls, or there are fewer than 20
    /// steps.</summary>
    public float? Suggestion
    {
        get
        {
            // The first steps say more of their batches than of their rates, and the last where it rises.
            int? steepest = null;
            for (var i = Left; i + Left / 2 < Smoothed.Count; i++)
            {
                if (Fall(i) > (steepest is { } best ? Fall(best) : 0))
                    steepest = i;
            }

            return Smoothed.Count >= 2 * Left && steepest is { } found ? Rates[found] : null;
        }
    }

    /// <summary>Draws the smoothed loss over the logarithm of the rate.</summary>
    /// <param name="title">The heading; none if empty.</param>
    /// <returns>A whole SVG document.</returns>
    public string ToSvg(string title = "")
    {
        var points = Rates.Select((rate, i) => (Math.Log10(rate), (double)Smoothed[i])).Where(point => double.IsFinite(point.Item2)).ToArray();
        if (points.Length == 0)
            throw new InvalidOperationException("The curve has no step to draw.");
        var curves = new List<SvgCurve> { new("smoothed loss", "#1f6fb2", points) };
        if (Suggestion is { } suggestion)
        {
            var (low, high) = (points.Min(point => point.Item2), points.Max(point => point.Item2));
            var name = string.Create(CultureInfo.InvariantCulture, $"{suggestion:G2}");
            curves.Add(new SvgCurve(name, "#d1661f", [(Math.Log10(suggestion), low), (Math.Log10(suggestion), high)]));
        }

        return SvgPage.Render([new SvgPanel("loss", isPercent: false, curves, "log₁₀ of the learning rate")], title);
    }

    /// <summary>Draws the picture and writes it to a file, whole or not at all.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="title">The heading; none if empty.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveSvg(string path, string title = "")
    {
        var svg = Encoding.UTF8.GetBytes(ToSvg(title));
        WholeFile.Write(path, file => file.Write(svg));
    }

    private double Fall(int i) => Smoothed[i - 1] - (double)Smoothed[i + 1];

    private static float[] Smooth(IReadOnlyList<float> losses)
    {
        const double Kept = 0.95;
        var (average, power, smoothed) = (0.0, 1.0, new float[losses.Count]);
        for (var i = 0; i < smoothed.Length; i++)
        {
            average = Kept * average + (1 - Kept) * losses[i];
            power *= Kept;
            smoothed[i] = (float)(average / (1 - power));
        }

        return smoothed;
    }
}
