using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>An instance of a positional record or of an anonymous type: named values that do not change.</summary>
internal sealed class RecordValue
{
    public RecordValue(string type, IReadOnlyList<string> names, object?[] values) => (Type, Names, Values) = (type, names, values);

    /// <summary>The type's name, for messages.</summary>
    public string Type { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>In the order of the names, which is that of the positions.</summary>
    public object?[] Values { get; }

    public bool TryGet(string name, out object? value)
    {
        var at = Names.ToList().IndexOf(name);
        value = at >= 0 ? Values[at] : null;
        return at >= 0;
    }

    /// <summary>A copy with other values of some names.</summary>
    public RecordValue With(IReadOnlyDictionary<string, object?> changes) =>
        new(Type, Names, Names.Select((name, i) => changes.TryGetValue(name, out var value) ? value : Values[i]).ToArray());

    public override bool Equals(object? obj) => obj is RecordValue other && other.Type == Type && Arithmetic.AreEqual(Values, other.Values);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Type);
}
