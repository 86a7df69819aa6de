using System.Globalization;
using Samples;

namespace Series;

/// <summary>Numbers in the order of time.</summary>
/// <param name="Name">What they are.</param>
/// <param name="Values">The numbers.</param>
internal sealed record TimeSeries(string Name, double[] Values)
{
    /// <summary>Reads one column of a CSV file: commas, a header line, decimal points.</summary>
    /// <param name="path">The file.</param>
    /// <param name="column">The name in the header; the last column if null.</param>
    /// <exception cref="UsageException">The file, the column or a number is not there; the message names the line.</exception>
    public static TimeSeries Read(string path, string? column)
    {
        if (!File.Exists(path))
            throw new UsageException($"--csv {path}: there is no such file");
        using var reader = new StreamReader(path);
        string[] header = Cells(reader.ReadLine() ?? throw new UsageException($"--csv {path}: the file is empty"));
        int index = column is null ? header.Length - 1 : Array.FindIndex(header, name => name.Equals(column, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
            throw new UsageException($"--column {column}: {path} has the columns {string.Join(", ", header)}");
        var values = new List<double>();
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0)
                continue;
            string[] cells = Cells(text);
            if (cells.Length != header.Length)
                throw new UsageException($"--csv {path}: line {line} has {cells.Length} cells, the header has {header.Length}");
            if (!double.TryParse(cells[index], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
                throw new UsageException($"--csv {path}: line {line}: expected a number in column '{header[index]}', got '{cells[index]}'");
            values.Add(value);
        }
        return new TimeSeries(header[index], [.. values]);
    }

    /// <summary>A series as a shop might have it, hour by hour: a day's and a week's rhythm, a slow drift, and chance that lingers.</summary>
    public static TimeSeries Generate(int count, uint seed)
    {
        var rng = new Rng(seed, "series");
        var values = new double[count];
        double lingering = 0;
        for (int t = 0; t < count; t++)
        {
            lingering = 0.8 * lingering + 1.5 * rng.NextNormal();
            double day = Math.Sin(2 * Math.PI * t / 24), week = Math.Sin(2 * Math.PI * t / 168), twice = Math.Sin(4 * Math.PI * t / 24 + 1);
            values[t] = 100 + 0.01 * t + (20 + 6 * week) * day + 6 * twice + lingering;
        }
        return new TimeSeries("visitors", values);
    }

    static string[] Cells(string line) => [.. line.Split(',').Select(cell => cell.Trim().Trim('"'))];
}
