using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Ops;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <content>Collections, records, and parts of tensors by their indices.</content>
internal sealed partial class Evaluator
{
    private object Collection(IrNode node, Scope scope, Frame frame)
    {
        var elements = Elements(node, scope, frame).ToArray();
        if (node.Text == "List") return new ListValue(elements);
        if (node.Text == "HashSet") return new ListValue(Different(elements));
        var dictionary = new DictionaryValue();
        foreach (var element in elements)
            if ((element is RecordValue pair ? pair.Values : element as object?[]) is { Length: 2 } entry) dictionary.Set(entry[0], entry[1]);
        return dictionary;
    }

    private object With(IrNode node, Scope scope, Frame frame)
    {
        if (Evaluate(node[0], scope, frame) is not RecordValue record) throw Fail("MG1005", "This record has no value at compile time", node, frame);
        var names = node.Text.Length == 0 ? Array.Empty<string>() : node.Text.Split(',');
        if (names.FirstOrDefault(n => !record.Names.Contains(n)) is { } other)
            throw Fail("MG1003", $"'{other}' of the record '{record.Type}' is not one of its parameters, which alone have values at compile time", node, frame);
        return record.With(names.Select((name, i) => (name, value: Evaluate(node[i + 1], scope, frame))).ToDictionary(c => c.name, c =>
            c.value, StringComparer.Ordinal));
    }

    private object? CallValue(IrNode node, Scope scope, Frame frame)
    {
        var target = Evaluate(node[0], scope, frame);
        var arguments = node.Children.Skip(1).Select(a => a.Kind == IrKind.OutArgument ? null : Evaluate(a, scope, frame)).ToArray();
        Make(arguments.Sum(a => (long)(Items(a)?.Length ?? 1)), node, frame);
        switch (target, node.Text)
        {
            case (ListValue list, "Add"): return Add(list.Items, arguments[0]) ? null : null;
            case (ListValue list, "AddRange") when Items(arguments[0]) is { } more:
                list.Items.AddRange(more);
                return null;
            case (ListValue list, "Insert") when arguments[0] is int at && at >= 0 && at <= list.Items.Count:
                list.Items.Insert(at, arguments[1]);
                return null;
            case (ListValue list, "RemoveAt") when arguments[0] is int at && at >= 0 && at < list.Items.Count:
                list.Items.RemoveAt(at);
                return null;
            case (ListValue list, "Clear"):
                list.Items.Clear();
                return null;
            case (ListValue list, "Reverse") when arguments.Length == 0:
                list.Items.Reverse();
                return null;
            case (ListValue list, "IndexOf"): return list.Items.FindIndex(x => Arithmetic.AreEqual(x, arguments[0]));
            case (ListValue list, "Contains"): return list.Items.Any(x => Arithmetic.AreEqual(x, arguments[0]));
            case (ListValue list, "ToArray"): return Counted(list.Items.ToArray(), node, frame);
            case (DictionaryValue dictionary, "Add"):
                if (dictionary.IndexOf(arguments[0]) >= 0) throw Fail("MG1005", $"The dictionary has the key {Arithmetic.Describe(arguments[0])} already",
                    node, frame);
                dictionary.Set(arguments[0], arguments[1]);
                return null;
            case (DictionaryValue dictionary, "ContainsKey"): return dictionary.IndexOf(arguments[0]) >= 0;
            case (DictionaryValue dictionary, "TryGetValue"):
                var found = dictionary.TryGet(arguments[0], out var value);
                Assign(node[2][0], value, scope, frame);
                return found;
            case (string text, _):
                Write(text.Length, node, frame);
                return Guard(node, frame, () => PureFunctions.OfText("String." + node.Text, arguments.Prepend(text).ToArray()));
            case (null, _): throw Fail("MG1005", $"'{node.Text}' is called on null", node, frame);
            default: throw Fail("MG1003", Unsupported($"a call of '{node.Text}' on {Arithmetic.Describe(target)}"), node, frame);
        }
    }

    /// <summary>x[.., 1..3, ^1]: for each axis a position, which takes the axis away, or a range.</summary>
    private object? Part(TensorValue tensor, object?[] indices, IrNode node, Frame frame)
    {
        var shape = _builder[tensor.Node].Shape;
        if (indices.Length > shape.Rank)
            throw Fail("MG2007", $"{indices.Length} indices for {shape}, which has {shape.Rank} axes", node, frame);
        var value = tensor;
        for (int i = 0, axis = 0; i < indices.Length; i++)
        {
            var index = indices[i];
            if (index is RangeValue { Start: null, End: null })
            {
                axis++;
                continue;
            }
            if (shape[i].PerSample) throw Fail("MG2007", $"The first index of {shape} is that of the batch axis, which has to be '..': write x[.., "
                + $"{Written(index)}]", node, frame);
            var size = shape[i].Factor;
            if (index is RangeValue range)
            {
                int start = Position(range.Start, size, 0), end = Position(range.End, size, size);
                if (start < 0 || end > size || start >= end)
                    throw Fail("MG2009", $"The range {Written(range)} of axis {i} of {shape} is {start}..{end}; it needs 0 ≤ start < end ≤ {size}", node,
                        frame);
                value = (TensorValue)Build(OpCatalog.Find("Slice")!,
                    new(StringComparer.Ordinal) { ["x"] = value, ["axis"] = axis++, ["start"] = start, ["end"] = end },
                    null, "The range", node, frame)!;
                continue;
            }
            var at = Position(index, size, int.MinValue);
            if (at < 0 || at >= size) throw Fail("MG2009", $"The index {Written(index)} lies outside axis {i} of {shape}, which has {size} elements", node,
                frame);
            value = (TensorValue)Build(OpCatalog.Find("Select")!, new(StringComparer.Ordinal) { ["x"] = value, ["axis"] = axis, ["index"] = at }, null,
                "The index", node,
                frame)!;
        }
        return value;
    }

    private static string Written(object? index) => index switch
    {
        RangeValue r => $"{Written(r.Start)}..{Written(r.End)}",
        FromEnd e => $"^{e.Distance}",
        _ => Arithmetic.Text(index),
    };

    /// <summary>A parameter of a layer as a tensor.</summary>
    private TensorValue OwnTensor(LayerValue layer, string name, IrNode node, Frame frame)
    {
        var label = string.IsNullOrEmpty(layer.Path) ? layer.Op.Name : $"{layer.Op.Name} '{layer.Path}'";
        if (layer.Leaves.TryGetValue(name, out var leaf)) return new(leaf.Id, leaf.Name);
        throw layer.Leaves.Count == 0
            ? Fail("MG1005", $"{label} has no {name} before it is called: the shape follows from its input", node, frame)
            : Fail("MG1005", $"{label} has no {name}; it has {string.Join(", ", layer.Leaves.Keys)}", node, frame);
    }
}
