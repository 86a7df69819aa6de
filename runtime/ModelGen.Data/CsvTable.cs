using System.Globalization;
using nietras.SeparatedValues;

namespace ModelGen;

/// <summary>Represents the lines of a CSV file in columns: of numbers where every field is one (or is missing), of texts otherwise.</summary>
public sealed class CsvTable
{
    private readonly string _path;
    private readonly CsvOptions _options;
    private readonly string[] _names;
    private readonly List<string>[] _fields;
    private readonly List<int> _lines = [];

    private CsvTable(string path, CsvOptions options, string[] names)
    {
        (_path, _options, _names) = (path, options, names);
        _fields = [.. names.Select(_ => new List<string>())];
    }

    /// <summary>Gets the names of the columns.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Gets the number of lines, the header left out.</summary>
    public int Count => _lines.Count;

    /// <summary>Reads a file. Fields in quotes may have separators, line ends and doubled quotes.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">How it is read; null for the usual way.</param>
    /// <exception cref="DataFormatException">A line has more or fewer fields than the first, a name occurs twice, or there is no line.</exception>
    /// <exception cref="FileNotFoundException">The file is not there.</exception>
    public static CsvTable Load(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new CsvOptions();
        try
        {
            // Fields are counted here, where the line is known.
            using var reader = Sep.Reader(usual => usual with
            {
                Sep = options.Separator is { } separator ? new Sep(separator) : null,
                HasHeader = options.HasHeader,
                Unescape = true,
                DisableColCountCheck = true,
            }).FromFile(path);
            CsvTable? table = null;
            if (options.HasHeader)
                table = new CsvTable(path, options, [.. reader.Header.ColNames]);
            foreach (var row in reader)
            {
                table ??= new CsvTable(path, options, [.. Enumerable.Range(1, row.ColCount).Select(i => FormattableString.Invariant($"c{i}"))]);
                if (row.ColCount != table._names.Length)
                    throw Wrong(path, row.LineNumberFrom, $"has {row.ColCount} fields, expected {table._names.Length} ({string.Join(", ", table._names)})");
                for (var i = 0; i < table._fields.Length; i++)
                    table._fields[i].Add(row[i].ToString());
                table._lines.Add(row.LineNumberFrom);
            }

            if (table is null || table.Count == 0)
                throw new DataFormatException(path, -1, "the file has no line of data.");
            return table._names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? throw new DataFormatException(path, -1, $"the column '{twice.Key}' is there twice.")
                : table;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or FormatException)
        {
            throw new DataFormatException(path, -1, e.Message, e);
        }
    }

    /// <summary>Returns the fields of a column as they stand in the file, without quotes.</summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column; the message has those there are.</exception>
    public IReadOnlyList<string> Texts(string name) => _fields[IndexOf(name)];

    /// <summary>Returns a value indicating whether a column is of numbers, missing ones aside.</summary>
    /// <param name="name">The column.</param>
    public bool IsNumeric(string name) => Texts(name).All(text => IsMissing(text) || TryNumber(text, out _)) && !Texts(name).All(IsMissing);

    /// <summary>Returns the different texts of a column in the order of their codes: the classes of a label.</summary>
    /// <param name="name">The column.</param>
    public IReadOnlyList<string> Categories(string name) => [.. Texts(name).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Makes a set for regression: the inputs as one vector, in which a column of texts has a number for each of its <see cref="Categories"/>, 1 for
    /// the one that stands there and 0 for all others; the target is one number.</summary>
    /// <param name="inputs">The columns.</param>
    /// <param name="target">The column of the target.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="DataFormatException">A number is missing and may not be, or the target is none; the message has line and column.</exception>
    public Dataset ToDataset(IReadOnlyList<string> inputs, string target)
    {
        var used = Used([.. inputs, target]);
        var targets = Numbers(IndexOf(target), used);
        return new Dataset(Inputs(inputs, used), new FloatColumn(target, targets, 1));
    }

    /// <summary>Makes a set for classification: the inputs as in <see cref="ToDataset"/>, the labels as indices in <see cref="Categories"/>.</summary>
    /// <param name="inputs">The columns.</param>
    /// <param name="label">The column of the labels.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="DataFormatException">A number is missing and may not be; the message has line and column.</exception>
    public Dataset ToClasses(IReadOnlyList<string> inputs, string label)
    {
        var used = Used(inputs);
        var (texts, categories) = (Texts(label), Categories(label));
        var indices = Enumerable.Range(0, categories.Count).ToDictionary(i => categories[i]);
        return new Dataset(Inputs(inputs, used), new LabelColumn(label, [.. used.Select(line => indices[texts[line]])]));
    }

    private static DataFormatException Wrong(string path, int line, string problem) => new(path, -1, FormattableString.Invariant($"line {line} {problem}."));

    private static bool TryNumber(string text, out float value) =>
        float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value);

    private int IndexOf(string name) => Array.IndexOf(_names, name) is >= 0 and var index
        ? index
        : throw new ArgumentException($"{_path} has no column '{name}'; it has {string.Join(", ", _names)}.", nameof(name));

    private bool IsMissing(string text) => string.IsNullOrWhiteSpace(text) || _options.MissingTexts.Contains(text.Trim());

    private int[] Used(IReadOnlyList<string> names)
    {
        var numeric = names.Where(IsNumeric).Select(IndexOf).ToArray();
        return _options.Missing == MissingValues.SkipLine
            ? [.. Enumerable.Range(0, Count).Where(line => !numeric.Any(column => IsMissing(_fields[column][line])))]
            : [.. Enumerable.Range(0, Count)];
    }

    private FloatColumn Inputs(IReadOnlyList<string> names, int[] used)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
            throw new ArgumentException("At least one input is needed.", nameof(names));
        var parts = new List<(float[] Values, int Width)>();
        foreach (var name in names)
        {
            if (IsNumeric(name))
            {
                parts.Add((Numbers(IndexOf(name), used), 1));
                continue;
            }

            var (texts, categories) = (Texts(name), Categories(name).ToList());
            var values = new float[used.Length * categories.Count];
            for (var i = 0; i < used.Length; i++)
                values[i * categories.Count + categories.IndexOf(texts[used[i]])] = 1;
            parts.Add((values, categories.Count));
        }

        var width = parts.Sum(part => part.Width);
        var rows = new float[used.Length * width];
        var start = 0;
        foreach (var (values, own) in parts)
        {
            for (var i = 0; i < used.Length; i++)
                values.AsSpan(i * own, own).CopyTo(rows.AsSpan(i * width + start));
            start += own;
        }

        return new FloatColumn(string.Join(" ", names), rows, width);
    }

    private float[] Numbers(int column, int[] used)
    {
        var (sum, count) = (0.0, 0);
        foreach (var line in used)
        {
            if (TryNumber(_fields[column][line], out var value))
                (sum, count) = (sum + value, count + 1);
        }

        var numbers = new float[used.Length];
        for (var i = 0; i < used.Length; i++)
        {
            var text = _fields[column][used[i]];
            if (TryNumber(text, out numbers[i]))
                continue;
            numbers[i] = IsMissing(text) && count > 0 && _options.Missing is MissingValues.Mean or MissingValues.Zero
                ? _options.Missing == MissingValues.Mean ? (float)(sum / count) : 0
                : throw Wrong(_path, _lines[used[i]], $"column '{_names[column]}' has '{text}', expected a number");
        }

        return numbers;
    }
}
