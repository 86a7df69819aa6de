using System.Globalization;
using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>Numbers of a <see cref="NumberRow"/>: written out, or one at every place.</summary>
internal sealed class RowValues
{
    private readonly double[] _values;
    private readonly bool _repeats;
    private readonly string _name;

    private RowValues(double[] values, bool repeats, string name) => (_values, _repeats, _name) = (values, repeats, name);

    /// <summary>True where all are finite.</summary>
    public bool IsFinite => Array.TrueForAll(_values, double.IsFinite);

    /// <exception cref="CaseFormatException">It is neither a number, nor a list, nor <c>{ "repeat": … }</c>.</exception>
    public static RowValues Read(JsonElement json, string name) => json.ValueKind switch
    {
        JsonValueKind.Array => new([.. json.EnumerateArray().Select(e => Number(e, name))], false, name),
        JsonValueKind.Object when json.TryGetProperty("repeat", out var value) => new([Number(value, name)], true, name),
        _ => new([Number(json, name)], false, name),
    };

    /// <exception cref="CaseFormatException">There are not as many.</exception>
    public double[] Of(int length) => _repeats ? [.. Enumerable.Repeat(_values[0], length)]
        : _values.Length == length ? _values
        : throw new CaseFormatException($"'{_name}' has {_values.Length} values where {length} are needed");

    private static double Number(JsonElement e, string name) => e.ValueKind switch
    {
        JsonValueKind.Number => e.GetDouble(),
        JsonValueKind.String when double.TryParse(e.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) => value,
        _ => throw new CaseFormatException($"'{name}' has a value that is no number: {e}"),
    };
}
