using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Frontend.Ir;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <content>Functions of the base library: Math, texts, and LINQ over what is known at compile time.</content>
internal sealed partial class Evaluator
{
    private object? Pure(IrNode node, object?[] arguments, Frame frame)
    {
        var dot = node.Text.IndexOf('.');
        var (owner, function) = (node.Text.Substring(0, dot), node.Text.Substring(dot + 1));
        return owner switch
        {
            "Init" => Guard(node, frame, () => PureFunctions.Init(function, arguments)),
            "Nn" when function == "Training" => _mode == EvaluationMode.Training,
            "Nn" => throw Fail("MG1003", $"'{node.Text}' has no meaning at compile time", node, frame),
            "Enumerable" => Enumerated(function, arguments, node, frame),
            "Array" or "String" or "Int32" or "Single" or "Double" => Guard(node, frame, () => PureFunctions.OfText(node.Text,
                arguments.Select(a => Items(a) is { } items ? items : a).ToArray())),
            _ => Guard(node, frame, () => PureFunctions.Math(node.Text, arguments)),
        };
    }

    private object? Enumerated(string function, object?[] arguments, IrNode node, Frame frame)
    {
        if (function is "Range" or "Repeat" && arguments[1] is int count and >= 0)
        {
            Make(count, node, frame);
            if (function == "Repeat") return Enumerable.Repeat(arguments[0], count).ToArray();
            if (arguments[0] is int start && start + (long)count - 1 <= int.MaxValue) return Enumerable.Range(start, count).Select(i => (object?)i).ToArray();
        }
        if (function == "Empty") return Array.Empty<object?>();
        var items = ItemsOrChars(arguments.FirstOrDefault()) ?? throw Fail("MG1005", "This sequence has no elements known at compile time", node, frame);
        var second = arguments.Length > 1 ? arguments[1] : null;
        // What looks at every element, or makes as many; the others cost nothing however long the sequence is.
        if (!(function is "Count" or "First" or "Last" || function == "Any" && second is null)) Make(items.Length + (Items(second)?.Length ?? 1), node, frame);
        return second is FunctionValue ? WithFunction(function, items, arguments, node, frame) : Plain(function, items, arguments, node, frame);
    }

    // Without a function of the person's own.
    private object? Plain(string function, object?[] items, object?[] arguments, IrNode node, Frame frame)
    {
        var second = arguments.Length > 1 ? arguments[1] : null;
        object? Binary(string op, object? a, object? b) => Guard(node, frame, () => Arithmetic.Binary(op, a, b));
        switch (function, arguments.Length)
        {
            case ("ToArray" or "AsEnumerable" or "ToImmutableArray" or "Cast", 1): return items.ToArray();
            case ("ToList", 1): return new ListValue(items);
            case ("ToHashSet" or "Distinct", 1): return Different(items).ToArray();
            case ("Any", 1): return items.Length > 0;
            case ("Count", 1): return items.Length;
            case ("Sum", 1): return items.Aggregate((object?)0, (a, x) => Binary("+", a, x));
            case ("Average", 1) when items.Length > 0:
                return Binary("/", Guard(node, frame, () => Arithmetic.Convert("double", items.Aggregate((object?)0, (a, x) => Binary("+", a, x)))),
                    items.Length);
            case ("Max" or "Min", 1) when items.Length > 0:
                return items.Skip(1).Aggregate(items[0], (a, x) => Guard(node, frame, () => PureFunctions.Math("Math." + function, new[] { a, x })));
            case ("First" or "FirstOrDefault", 1) when items.Length > 0 || function != "First": return items.FirstOrDefault();
            case ("Last" or "LastOrDefault", 1) when items.Length > 0 || function != "Last": return items.LastOrDefault();
            case ("Single" or "SingleOrDefault", 1) when items.Length == 1 || items.Length == 0 && function != "Single": return items.FirstOrDefault();
            case ("ElementAt", 2) when Position(second, items.Length, -1) is var at && at >= 0 && at < items.Length: return items[at];
            case ("Skip", 2) when second is int n: return items.Skip(n).ToArray();
            case ("Take", 2) when second is int n: return items.Take(n).ToArray();
            case ("SkipLast", 2) when second is int n: return items.Take(Math.Max(0, items.Length - n)).ToArray();
            case ("TakeLast", 2) when second is int n: return items.Skip(Math.Max(0, items.Length - n)).ToArray();
            case ("Reverse", 1): return Enumerable.Reverse(items).ToArray();
            case ("Order", 1): return Sorted(items, items, node, frame);
            case ("OrderDescending", 1):
                return Enumerable.Reverse(Sorted(Enumerable.Reverse(items).ToArray(), Enumerable.Reverse(items).ToArray(), node,
                frame)).ToArray();
            case ("Concat", 2) when Items(second) is { } more: return items.Concat(more).ToArray();
            case ("Union", 2) when Items(second) is { } more: return Different(items.Concat(more)).ToArray();
            case ("Intersect", 2) when Items(second) is { } more: return Different(items.Where(x => more.Any(y => Arithmetic.AreEqual(x, y)))).ToArray();
            case ("Except", 2) when Items(second) is { } more: return Different(items.Where(x => !more.Any(y => Arithmetic.AreEqual(x, y)))).ToArray();
            case ("SequenceEqual", 2) when Items(second) is { } more: return Arithmetic.AreEqual(items, more);
            case ("Contains", 2): return items.Any(x => Arithmetic.AreEqual(x, second));
            case ("Append", 2): return items.Append(second).ToArray();
            case ("Prepend", 2): return items.Prepend(second).ToArray();
            case ("DefaultIfEmpty", 2): return items.Length > 0 ? items : new[] { second };
            case ("Index", 1): return items.Select((x, i) => (object?)new[] { i, x }).ToArray();
            case ("Chunk", 2) when second is int size and > 0:
                return Enumerable.Range(0, (items.Length + size - 1) / size).Select(k => (object?)items.Skip(k * size).Take(size).ToArray()).ToArray();
            case ("Zip", 2) when Items(second) is { } other: return items.Zip(other, (x, y) => (object?)new[] { x, y }).ToArray();
            case ("Zip", 3) when Items(second) is { } other && arguments[2] is FunctionValue zip:
                return items.Zip(other, (x, y) => Apply(zip, new[] { x, y }, node, frame)).ToArray();
            case ("Aggregate", 3): return items.Aggregate(second, (a, x) => Apply(arguments[2], new[] { a, x }, node, frame));
            default: throw Fail("MG1003", Unsupported($"'Enumerable.{function}'"), node, frame);
        }
    }

    // With a function of the person's own as the first argument.
    private object? WithFunction(string function, object?[] items, object?[] arguments, IrNode node, Frame frame)
    {
        var f = (FunctionValue)arguments[1]!;
        object? On(params object?[] values) => Apply(f, values, node, frame);
        bool Is(object? x) => On(x) is true;
        var takesIndex = f.Body is { Text: var parameters } && parameters.Contains(',');
        object?[] Mapped() => items.Select((x, i) => takesIndex ? On(x, i) : On(x)).ToArray();
        switch (function, arguments.Length)
        {
            case ("Select", 2): return Mapped();
            case ("SelectMany", 2):
                return Mapped().SelectMany(x => Counted(ItemsOrChars(x) ?? throw Fail("MG1005", "This sequence has no elements known at compile time", node,
                    frame), node, frame))
                    .ToArray();
            case ("SelectMany", 3):
                return items.Zip(Mapped(), (x, inner) => Counted(ItemsOrChars(inner) ?? Array.Empty<object?>(), node, frame)
                    .Select(y => Apply(arguments[2], new[] { x, y }, node, frame))).SelectMany(x => x).ToArray();
            case ("Where", 2): return items.Where((x, i) => takesIndex ? On(x, i) is true : Is(x)).ToArray();
            case ("Aggregate", 2) when items.Length > 0: return items.Skip(1).Aggregate(items[0], (a, x) => On(a, x));
            case ("Any", 2): return items.Any(Is);
            case ("All", 2): return items.All(Is);
            case ("Count", 2): return items.Count(Is);
            case ("First" or "FirstOrDefault", 2) when function != "First" || items.Any(Is): return items.FirstOrDefault(Is);
            case ("Last" or "LastOrDefault", 2) when function != "Last" || items.Any(Is): return items.LastOrDefault(Is);
            case ("Single", 2) when items.Count(Is) == 1: return items.First(Is);
            case ("TakeWhile", 2): return items.TakeWhile(Is).ToArray();
            case ("SkipWhile", 2): return items.SkipWhile(Is).ToArray();
            case ("Sum" or "Max" or "Min" or "Average", 2): return Plain(function, Mapped(), new object?[] { null }, node, frame);
            case ("OrderBy" or "ThenBy", 2): return Sorted(items, Mapped(), node, frame);
            case ("OrderByDescending", 2):
                var turned = Enumerable.Reverse(items).ToArray();
                return Enumerable.Reverse(Sorted(turned, turned.Select(x => On(x)).ToArray(), node, frame)).ToArray();
            case ("MaxBy" or "MinBy", 2) when items.Length > 0:
                var keys = Mapped();
                var best = 0;
                for (var i = 1; i < items.Length; i++)
                    if (Guard(node, frame, () => Arithmetic.Binary(function == "MaxBy" ? ">" : "<", keys[i], keys[best])) is true) best = i;
                return items[best];
            case ("Distinct" or "DistinctBy", 2):
                var seen = new List<object?>();
                return items.Where(x => On(x) is var key && !seen.Any(s => Arithmetic.AreEqual(s, key)) && Add(seen, key)).ToArray();
            case ("ToDictionary", _):
                var dictionary = new DictionaryValue();
                foreach (var x in items) dictionary.Set(On(x), arguments.Length > 2 ? Apply(arguments[2], new[] { x }, node, frame) : x);
                return dictionary;
            case ("GroupBy", 2):
                var groups = new DictionaryValue();
                foreach (var x in items)
                {
                    var key = On(x);
                    groups.Set(key, (groups.TryGet(key, out var sofar) ? (object?[])sofar! : Array.Empty<object?>()).Append(x).ToArray());
                }
                return groups.Entries.Select(g => (object?)g.Value).ToArray();
            default: throw Fail("MG1003", Unsupported($"'Enumerable.{function}'"), node, frame);
        }
    }

    private static bool Add(List<object?> list, object? item)
    {
        list.Add(item);
        return true;
    }

    private static IEnumerable<object?> Different(IEnumerable<object?> items)
    {
        var seen = new List<object?>();
        return items.Where(x => !seen.Any(s => Arithmetic.AreEqual(s, x)) && Add(seen, x)).ToList();
    }

    // Stable, as LINQ is.
    private object?[] Sorted(object?[] items, object?[] keys, IrNode node, Frame frame)
    {
        int Compare(object? a, object? b) => a is string s && b is string t ? string.CompareOrdinal(s, t)
            : Guard(node, frame, () => Arithmetic.Binary("<", a, b)) is true ? -1 : Guard(node, frame, () => Arithmetic.Binary("<", b, a)) is true ? 1 : 0;
        return Enumerable.Range(0, items.Length).OrderBy(i => keys[i], Comparer<object?>.Create(Compare)).Select(i => items[i]).ToArray();
    }

    /// <summary>The elements of an array, list or dictionary; null for anything else.</summary>
    private static object?[]? Items(object? value) => value switch
    {
        object?[] array => array,
        ListValue list => list.Items.ToArray(),
        DictionaryValue dictionary => dictionary.Entries.Select(e =>
            (object?)new RecordValue("KeyValuePair", new[] { "Key", "Value" }, new[] { e.Key, e.Value })).ToArray(),
        _ => null,
    };

    private static object?[]? ItemsOrChars(object? value) => value is string text ? text.Select(c => (object?)c).ToArray() : Items(value);
}
