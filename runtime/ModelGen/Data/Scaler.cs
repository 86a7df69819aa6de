using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelGen;

/// <summary>
/// Represents a change of scale x ↦ (x − shift) / scale of the numbers of a column, found on the training part and then used for every other, the predictions
/// of a saved model among them (<see cref="ToMetadata"/>).
/// </summary>
public sealed class Scaler
{
    /// <summary>The name under which <see cref="ToMetadata"/> is stored.</summary>
    public const string MetadataKey = "scaler";

    private readonly float[] _shift;
    private readonly float[] _scale;

    private Scaler(float[] shift, float[] scale) => (_shift, _scale) = (shift, scale);

    /// <summary>Gets what is taken off: one number for each element of the first axis, or one for all.</summary>
    public IReadOnlyList<float> Shift => _shift;

    /// <summary>Gets what is divided by then; more than 0.</summary>
    public IReadOnlyList<float> Scale => _scale;

    /// <summary>Finds mean and standard deviation (of the population, as in scikit-learn): the z-score. It is not divided by a spread of 0.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="column">The column of numbers.</param>
    /// <param name="perChannel">Whether each element of the first axis (channel of an image, feature of a vector) has its own.</param>
    /// <exception cref="ArgumentException">The column is not of numbers, or the set is empty.</exception>
    public static Scaler Standard(Dataset train, int column = 0, bool perChannel = true)
    {
        var statistics = Statistics.Of(train, column, perChannel);
        return new Scaler([.. statistics.Select(one => (float)one.Mean)], [.. statistics.Select(one => Divisor(Math.Sqrt(one.Squares / one.Count)))]);
    }

    /// <summary>Finds the least and the greatest number, which become 0 and 1. Where they are equal, it is not divided.</summary>
    /// <param name="train">The training part.</param>
    /// <param name="column">The column of numbers.</param>
    /// <param name="perChannel">Whether each element of the first axis has its own.</param>
    /// <exception cref="ArgumentException">The column is not of numbers, or the set is empty.</exception>
    public static Scaler MinMax(Dataset train, int column = 0, bool perChannel = true)
    {
        var statistics = Statistics.Of(train, column, perChannel);
        return new Scaler([.. statistics.Select(one => one.Least)], [.. statistics.Select(one => Divisor((double)one.Greatest - one.Least))]);
    }

    /// <summary>Reads what <see cref="ToMetadata"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is no such text.</exception>
    public static Scaler FromMetadata(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            using var document = JsonDocument.Parse(text);
            float[] Numbers(string name) => [.. document.RootElement.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];
            var (shift, scale) = (Numbers("shift"), Numbers("scale"));
            return shift.Length > 0 && shift.Length == scale.Length && scale.All(number => float.IsFinite(number) && number > 0) && shift.All(float.IsFinite)
                ? new Scaler(shift, scale)
                : throw new FormatException("The text is no scaler: there must be as many shifts as scales, and each scale more than 0.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The text is no scaler: {e.Message}", e);
        }
    }

    /// <summary>Returns the numbers as text, to be saved with a model: <c>net.Save(path, (Scaler.MetadataKey, scaler.ToMetadata()))</c>.</summary>
    public string ToMetadata()
    {
        var text = new StringBuilder("{\"shift\":[");
        text.AppendJoin(',', _shift.Select(number => number.ToString("R", CultureInfo.InvariantCulture))).Append("],\"scale\":[");
        text.AppendJoin(',', _scale.Select(number => number.ToString("R", CultureInfo.InvariantCulture))).Append("]}");
        return text.ToString();
    }

    /// <summary>Returns the samples with the column scaled; the numbers are copied.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="column">The column of numbers.</param>
    /// <exception cref="ArgumentException">The column is not of numbers, or of another size than the one the scale was found for.</exception>
    public Dataset Apply(Dataset data, int column = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.Replace(column, (values, shape) =>
        {
            for (var start = 0; start < values.Length; start += Product(shape))
                Apply(values.AsSpan(start, Product(shape)));
        });
    }

    /// <summary>Scales rows in place, such as what a loaded model is to predict from.</summary>
    /// <param name="row">One row, of a multiple of as many numbers as there are shifts.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void Apply(Span<float> row)
    {
        var length = LengthOf(row);
        for (var i = 0; i < row.Length; i++)
            row[i] = (row[i] - _shift[i / length]) / _scale[i / length];
    }

    /// <summary>Takes the scaling of a row back: x ↦ x · scale + shift, such as of predicted targets.</summary>
    /// <param name="row">One row.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void Invert(Span<float> row)
    {
        var length = LengthOf(row);
        for (var i = 0; i < row.Length; i++)
            row[i] = row[i] * _scale[i / length] + _shift[i / length];
    }

    private static float Divisor(double spread) => spread > 0 && (float)spread > 0 ? (float)spread : 1f;

    private static int Product(IReadOnlyList<int> shape) => shape.Aggregate(1, (product, size) => product * size);

    private int LengthOf(ReadOnlySpan<float> row) => row.Length > 0 && row.Length % _shift.Length == 0
        ? row.Length / _shift.Length
        : throw new ArgumentException($"A row of {row.Length} numbers is not a multiple of {_shift.Length}, the number of shifts.", nameof(row));

    private sealed class Statistics
    {
        public long Count { get; private set; }

        public double Mean { get; private set; }

        /// <summary>Σ (x − mean)², by Welford 1962.</summary>
        public double Squares { get; private set; }

        public float Least { get; private set; } = float.PositiveInfinity;

        public float Greatest { get; private set; } = float.NegativeInfinity;

        public static Statistics[] Of(Dataset train, int column, bool perChannel)
        {
            ArgumentNullException.ThrowIfNull(train);
            if (train.Count == 0)
                throw new ArgumentException("The set is empty: there is nothing to find a scale of.", nameof(train));
            var shape = train.Columns[column].Shape;
            var channels = perChannel && shape.Count > 0 ? shape[0] : 1;
            Statistics[] all = [.. Enumerable.Range(0, channels).Select(_ => new Statistics())];
            train.ForEachRow(column, row =>
            {
                for (var i = 0; i < row.Length; i++)
                    all[i / (row.Length / channels)].Add(row[i]);
            });
            return all;
        }

        private void Add(float value)
        {
            Count++;
            var before = value - Mean;
            Mean += before / Count;
            Squares += before * (value - Mean);
            (Least, Greatest) = (Math.Min(Least, value), Math.Max(Greatest, value));
        }
    }
}
