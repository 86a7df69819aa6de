using System.Globalization;

namespace ModelGen;

/// <summary>Represents what a callback remembers: texts, numbers and arrays by name, as they stand in the file of <see cref="Trainer{TModel}.Save"/>.</summary>
public sealed class TrainerState
{
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, float[]> _arrays = new(StringComparer.Ordinal);

    /// <summary>All texts and numbers by name.</summary>
    internal IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>All arrays by name.</summary>
    internal IReadOnlyDictionary<string, float[]> Arrays => _arrays;

    /// <summary>Sets a text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The text.</param>
    public void Set(string name, string value) => _texts[name] = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>Sets a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number.</param>
    public void Set(string name, long value) => Set(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets a number; it is read back with the same bits.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number; NaN and infinities too.</param>
    public void Set(string name, double value) => Set(name, value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Sets an array, which is copied.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The numbers.</param>
    public void Set(string name, ReadOnlySpan<float> values) => _arrays[name] = values.ToArray();

    /// <summary>Returns a value indicating whether there is a text or number of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => _texts.ContainsKey(name);

    /// <summary>Returns a text.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">There is none.</exception>
    public string Text(string name) => _texts.TryGetValue(name, out var text) ? text : throw new FormatException($"The saved state has no '{name}'.");

    /// <summary>Returns a whole number.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">There is none, or it is no whole number.</exception>
    public long Integer(string name) => long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new FormatException($"The saved '{name}' is '{Text(name)}', expected a whole number.");

    /// <summary>Returns a number.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="FormatException">There is none, or it is no number.</exception>
    public double Number(string name) => double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        ? value
        : throw new FormatException($"The saved '{name}' is '{Text(name)}', expected a number.");

    /// <summary>Returns an array; null if there is none of that name.</summary>
    /// <param name="name">Its name.</param>
    public float[]? Array(string name) => _arrays.GetValueOrDefault(name);

    /// <summary>The part whose names begin with a prefix, which they lose.</summary>
    internal TrainerState Part(string prefix)
    {
        var part = new TrainerState();
        foreach (var (name, text) in _texts.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
            part._texts[name[prefix.Length..]] = text;
        foreach (var (name, values) in _arrays.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
            part._arrays[name[prefix.Length..]] = values;
        return part;
    }

    /// <summary>Adds all of another state under a prefix.</summary>
    internal void Add(string prefix, TrainerState part)
    {
        foreach (var (name, text) in part._texts)
            _texts[prefix + name] = text;
        foreach (var (name, values) in part._arrays)
            _arrays[prefix + name] = values;
    }
}
