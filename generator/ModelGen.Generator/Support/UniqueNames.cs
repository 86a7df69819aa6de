using System;
using System.Collections.Generic;
using System.Globalization;

namespace ModelGen.Generator.Support;

/// <summary>Hands out names that differ: the first of <c>x</c>, <c>x2</c>, <c>x3</c>… that is free. The cost of a name does not grow with their
/// number.</summary>
internal sealed class UniqueNames
{
    private readonly HashSet<string> _taken;
    private readonly Dictionary<string, int> _next;
    private readonly string _separator;

    /// <param name="separator">Between the name and its number; always a low line after a digit, which keeps the numbers apart.</param>
    public UniqueNames(StringComparer comparer, string separator = "", IEnumerable<string>? taken = null)
    {
        (_taken, _next, _separator) = (new(taken ?? Array.Empty<string>(), comparer), new(comparer), separator);
    }

    /// <summary>The first free form of a name, which is then taken.</summary>
    public string Take(string name)
    {
        Cancellation.Check();
        if (_taken.Add(name)) return name;
        var stem = name + (_separator.Length == 0 && char.IsDigit(name[name.Length - 1]) ? "_" : _separator);
        // Names are never given back, so numbers below the last one stay taken.
        for (var i = _next.TryGetValue(stem, out var next) ? next : 2; ; i++)
        {
            var candidate = stem + i.ToString(CultureInfo.InvariantCulture);
            if (!_taken.Add(candidate)) continue;
            _next[stem] = i + 1;
            return candidate;
        }
    }
}
