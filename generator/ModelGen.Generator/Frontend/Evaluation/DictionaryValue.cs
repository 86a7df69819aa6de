using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>A <c>Dictionary&lt;TKey, TValue&gt;</c> of a declaration, in the order in which keys were added.</summary>
internal sealed class DictionaryValue
{
    private readonly List<(object? Key, object? Value)> _entries = new();

    /// <summary>Each entry as a pair of key and value.</summary>
    public IEnumerable<(object? Key, object? Value)> Entries => _entries;

    public int Count => _entries.Count;

    /// <summary>The place of a key, or -1.</summary>
    public int IndexOf(object? key) => _entries.FindIndex(e => Arithmetic.AreEqual(e.Key, key));

    public bool TryGet(object? key, out object? value)
    {
        var at = IndexOf(key);
        value = at >= 0 ? _entries[at].Value : null;
        return at >= 0;
    }

    public void Set(object? key, object? value)
    {
        var at = IndexOf(key);
        if (at >= 0) _entries[at] = (key, value);
        else _entries.Add((key, value));
    }
}
