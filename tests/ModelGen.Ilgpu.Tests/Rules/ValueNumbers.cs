namespace ModelGen.Ilgpu.Tests.Rules;

/// <summary>Numbers for what a text computes: equal computations of equal values have one number, by the last definition above in the text.</summary>
internal sealed class ValueNumbers
{
    private readonly Dictionary<string, Value> _values = [];
    private readonly Dictionary<string, int> _computations = [];
    private int _unique;

    /// <summary>Notes what a register or variable now holds.</summary>
    /// <param name="target">Its name.</param>
    /// <param name="operation">What is computed.</param>
    /// <param name="sources">Of what: registers, variables, constants, arrays.</param>
    /// <param name="array">The array that the value is an address of, if the sources do not say it.</param>
    /// <param name="isFresh">Whether the value differs each time: what is loaded.</param>
    public void Define(string target, string operation, IReadOnlyList<string> sources, string? array = null, bool isFresh = false)
    {
        var computation = isFresh ? $"fresh {_unique++}"
            : $"{operation} {string.Join(", ", sources.Select(s => _values.TryGetValue(s, out var v) ? $"#{v.Number}" : s))}";
        if (!_computations.TryGetValue(computation, out var number)) _computations[computation] = number = _computations.Count;
        var parts = sources.Select(s => _values.GetValueOrDefault(s)).OfType<Value>().ToList();
        _values[target] = new(
            number, array ?? parts.Select(p => p.Array).FirstOrDefault(a => a is not null),
            // stage ^ constant, constant - stage.
            parts.Any(p => p.Alternates) || (operation.StartsWith("xor", StringComparison.Ordinal) || operation == "^")
                && sources.Any(s => s.Length > 0 && char.IsAsciiDigit(s[0])));
    }

    /// <summary>What is known of a register or variable; null where nothing is.</summary>
    public Value? this[string name] => _values.GetValueOrDefault(name);

    /// <param name="Number">Of the computation.</param>
    /// <param name="Array">The shared array that it is an address of, or null.</param>
    /// <param name="Alternates">Whether it depends on a bit that is flipped.</param>
    internal sealed record Value(int Number, string? Array, bool Alternates);
}
