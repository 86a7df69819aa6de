using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>Counts how often samples of each actual class were predicted as each class.</summary>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;
    private readonly long[] _unclassified;

    /// <summary>Initializes a new instance of the <see cref="ConfusionMatrix"/> class without samples.</summary>
    /// <param name="classes">The number of classes, at least 1.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(classes);
        if ((long)classes * classes > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(classes), classes,
                FormattableString.Invariant($"A matrix of {classes} classes has more elements than an array holds ({Array.MaxLength})."));
        }

        Classes = classes;
        _counts = new long[classes * classes];
        _unclassified = new long[classes];
    }

    /// <summary>Gets the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Gets the number of samples counted.</summary>
    public long Total { get; private set; }

    /// <summary>Gets the share of the samples that was predicted correctly; NaN if there is none.</summary>
    public double Accuracy => Ratio(Enumerable.Range(0, Classes).Sum(c => this[c, c]), Total);

    /// <summary>Gets the mean of <see cref="F1"/> over the classes that occur, actual or predicted.</summary>
    public double MacroF1
    {
        get
        {
            var values = Enumerable.Range(0, Classes).Select(F1).Where(value => !double.IsNaN(value)).ToArray();
            return values.Length == 0 ? double.NaN : values.Average();
        }
    }

    /// <summary>Gets the number of samples of a class that were predicted as a class.</summary>
    /// <param name="actual">The actual class.</param>
    /// <param name="predicted">The predicted class.</param>
    public long this[int actual, int predicted] => _counts[Index(actual, predicted)];

    /// <summary>Returns the number of samples of a class that were predicted as none, because one of their scores was NaN.</summary>
    /// <param name="actual">The actual class.</param>
    public long Unclassified(int actual) => _unclassified[Index(actual, 0) / Classes];

    /// <summary>Counts one sample.</summary>
    /// <param name="actual">The actual class.</param>
    /// <param name="predicted">The predicted class; -1 for none, as <see cref="Metrics.ArgMax(ReadOnlySpan{float})"/> says of scores that are NaN. Such a
    /// sample is not right.</param>
    public void Add(int actual, int predicted)
    {
        if (predicted == -1)
            _unclassified[Index(actual, 0) / Classes]++;
        else
            _counts[Index(actual, predicted)]++;
        Total++;
    }

    /// <summary>Returns the share of the samples predicted as the class that are of it: TP / (TP + FP). It is NaN if there is none.</summary>
    /// <param name="c">The class.</param>
    public double Precision(int c) => Ratio(this[c, c], Enumerable.Range(0, Classes).Sum(actual => this[actual, c]));

    /// <summary>Returns the share of the samples of the class that were predicted as it: TP / (TP + FN). It is NaN if there is none.</summary>
    /// <param name="c">The class.</param>
    public double Recall(int c) => Ratio(this[c, c], Unclassified(c) + Enumerable.Range(0, Classes).Sum(predicted => this[c, predicted]));

    /// <summary>Returns the harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN). It is NaN if the class does not occur.</summary>
    /// <param name="c">The class.</param>
    public double F1(int c) => Ratio(
        2 * this[c, c],
        Unclassified(c) + Enumerable.Range(0, Classes).Sum(other => this[other, c] + this[c, other]));

    /// <summary>
    /// Returns the matrix as a table: a row for each actual class, a column for each predicted class and, where there are such, one for predictions of none;
    /// the recall is at the end of each row.
    /// </summary>
    public override string ToString() => ToString(null);

    /// <summary>Returns the matrix as a table with class names.</summary>
    /// <param name="names">A name for each class; null for numbers.</param>
    /// <exception cref="ArgumentException">The number of names is not the number of classes.</exception>
    public string ToString(IReadOnlyList<string>? names)
    {
        names ??= [.. Enumerable.Range(0, Classes).Select(c => c.ToString(CultureInfo.InvariantCulture))];
        if (names.Count != Classes)
            throw new ArgumentException($"There are {Classes} classes, but {names.Count} names.", nameof(names));
        const string None = "none";
        var hasNone = _unclassified.Any(count => count > 0);
        const string Corner = "actual \\ predicted";
        var first = Math.Max(Corner.Length, names.Max(name => name.Length));
        var width = Math.Max(names.Append(hasNone ? None : "").Max(name => name.Length),
            _counts.Concat(_unclassified).Max().ToString(CultureInfo.InvariantCulture).Length) + 2;
        var text = new StringBuilder().Append(Corner.PadRight(first));
        foreach (var name in names)
            text.Append(name.PadLeft(width));
        if (hasNone)
            text.Append(None.PadLeft(width));
        text.Append("   recall\n");
        for (var actual = 0; actual < Classes; actual++)
        {
            text.Append(names[actual].PadRight(first));
            foreach (var count in Enumerable.Range(0, Classes).Select(predicted => this[actual, predicted]).Concat(hasNone ? [Unclassified(actual)] : []))
            {
                text.Append((count == 0 ? "·" : count.ToString(CultureInfo.InvariantCulture)).PadLeft(width));
            }

            text.Append(Percent(Recall(actual)).PadLeft(9)).Append('\n');
        }

        return text.Append(CultureInfo.InvariantCulture, $"accuracy {Percent(Accuracy)} of {Total}, macro F1 {Percent(MacroF1)}").ToString();
    }

    private static string Percent(double value) => double.IsNaN(value) ? "-" : (100 * value).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static double Ratio(long part, long whole) => whole == 0 ? double.NaN : (double)part / whole;

    private int Index(int actual, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actual);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(actual, Classes);
        ArgumentOutOfRangeException.ThrowIfNegative(predicted);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, Classes);
        return actual * Classes + predicted;
    }
}
