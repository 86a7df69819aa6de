using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Calls of layers, functions and operators: what becomes nodes of the graph.</summary>
internal sealed partial class Evaluator
{
    private const int LongestText = 80;

    private static Op? FindOp(string name) =>
        OpCatalog.Find(name) ?? (name.EndsWith("Loss", StringComparison.Ordinal) ? OpCatalog.Find(name.Substring(0, name.Length - "Loss".Length)) : null);

    private object? Op(IrNode node, Scope scope, Frame frame)
    {
        var arguments = Arguments(node.Children, scope, frame);
        if (node.Text == "Repeat") return Repeat(node, arguments, frame);
        if (node.Text is "Parameter" or "Buffer") return Parameter(node, arguments, frame);
        if (node.Text == "Parameters") return _builder.Parameters.Select(p => (object?)new TensorValue(p.Id, p.Name)).ToArray();
        if (node.Text == "Sequential") return Sequential(arguments, node, frame);
        var op = FindOp(node.Text) ?? throw Fail("MG1003", $"'{node.Text}' is not an operator that this version of the compiler knows", node, frame);
        foreach (var start in op.Parameters.Where(p => p.Kind == ParameterKind.Init))
            if (arguments.TryGetValue(start.Name, out var written) && written is string text) arguments[start.Name] = ParseInit(text, op.Name, node, frame);
        // One axis may stand for a list of them.
        if (arguments.TryGetValue("axis", out var axis) && op.Parameters.All(p => p.Name != "axis") && op.Parameters.Any(p => p.Name == "axes"))
        {
            arguments.Remove("axis");
            arguments["axes"] = axis;
        }
        // With an operand a layer is a function of its weights.
        if (op.IsLayer && arguments.ContainsKey(op.Parameters[0].Name)) return Build(op, arguments, null, op.Name, node, frame);
        // In class form a function stands in the row of layers, to be called with the value before it.
        if (op.IsLayer || !op.Parameters.Where(p => IsOperand(p) && !p.Optional).All(p => arguments.ContainsKey(p.Name)))
        {
            if (_isRunning && op.IsLayer)
                throw Fail("MG1010", $"The layer '{op.Name}' is made while the model runs; hold it in a field, so that its parameters are made once and "
                    + "have a name", node, frame);
            Spend(static (b, _) => b.Layer(), 1, node, frame);
            var (site, inner, _) = Blame(node, frame);
            var layer = new LayerValue(op, arguments, site, inner);
            if (op.IsLayer) _layers.Add(layer);
            return layer;
        }
        return Build(op, arguments, null, op.Name, node, frame);
    }

    private StartRule ParseInit(string text, string label, IrNode node, Frame frame)
    {
        try
        {
            return StartRule.Parse(text);
        }
        catch (FormatException e)
        {
            throw Fail("MG2009", $"{label}: {e.Message}", node, frame);
        }
    }

    private static bool IsOperand(OpParameter p) =>
        p.Kind is ParameterKind.Tensor or ParameterKind.Tensors or ParameterKind.Labels or ParameterKind.TensorOrReal;

    private object?[] Repeat(IrNode node, Dictionary<string, object?> arguments, Frame frame)
    {
        if (arguments["count"] is not int count || count < 0)
            throw Fail("MG1005", $"Repeat needs a count known at compile time, got {Arithmetic.Describe(arguments["count"])}", node, frame);
        Make(count, node, frame);
        var items = new object?[count];
        var loop = new RunningLoop(node, frame);
        _loops.Push(loop);
        for (; loop.Rounds < count; loop.Rounds++) items[loop.Rounds] = Apply(arguments["make"], new object?[] { loop.Rounds }, node, frame);
        _loops.Pop();
        return items;
    }

    private ParameterValue Parameter(IrNode node, Dictionary<string, object?> arguments, Frame frame)
    {
        var kind = node.Text == "Buffer" ? LeafKind.Buffer : LeafKind.Parameter;
        if (_isRunning) throw Fail("MG1010", $"A {node.Text.ToLowerInvariant()} is made while the model runs; hold it in a field, so that it is made "
            + "once and has a "
            + "name", node, frame);
        Spend(static (b, _) => b.Layer(), 1, node, frame);
        if (!arguments.TryGetValue("shape", out var given)
            || Items(given) is not { } sizes) throw Fail("MG2009", $"{node.Text} needs sizes known at compile time", node, frame);
        if (!sizes.All(s => s is int and > 0)) throw Fail("MG2009",
            $"{node.Text} needs sizes of at least 1, got [{string.Join(", ", sizes.Select(Arithmetic.Text))}]", node, frame);
        var (site, inner, _) = Blame(node, frame);
        var shape = Shape.Of(sizes.Select(s => (Axis)(int)s!));
        if (shape.Elements > Lengths.Most) throw Fail("MG2014",
            $"A parameter {shape} has {Lengths.Text(shape.Elements)} elements; a tensor has at most {Lengths.Text(Lengths.Most)}", node, frame);
        var length = shape.Length.Factor;
        var (fanIn, fanOut) = shape.Rank > 1 ? (length / shape[0].Factor, length / shape[1].Factor) : (length, length);
        var rule = arguments.TryGetValue("init", out var init) && init is StartRule chosen ? chosen
            : new StartRule(kind == LeafKind.Buffer ? "Zeros" : "TorchDefault");
        return new(kind, shape, rule.For(fanIn, fanOut), site, inner);
    }

    private TensorValue? AsTensor(object? value)
    {
        if (value is not ParameterValue parameter) return value as TensorValue;
        if (parameter.Leaf is null)
        {
            var path = parameter.Path ?? (parameter.Kind == LeafKind.Buffer ? "buffer" : "parameter");
            _builder.Origin = Origin.None;
            var leaf = Leaf(path, parameter.Kind, parameter.Shape, parameter.Start, parameter.Site, parameter.Inner);
            parameter.Leaf = new(leaf.Id, leaf.Name);
        }
        return parameter.Leaf;
    }

    // The name is the key of saved weights and the place in memory: two leaves cannot share it.
    private LeafNode Leaf(string path, LeafKind kind, Shape shape, Initialization start, Site site, Site? inner)
    {
        if (!_paths.Add(path))
            throw new EvaluationException(
                new("MG1014", site, $"Two parameters would have the name '{path}': a name comes from the field, without leading underscores, and what a "
                    + "field '_' holds counts as its owner's own; rename a field", inner));
        return _builder.Leaf(kind, new(ElementType.F32, shape), _names.Take(path), path, start: start);
    }

    private object? Operator(Op op, IrNode node, Frame frame, params object?[] operands)
    {
        foreach (var operand in operands)
            if (AsTensor(operand) is null
                && !Arithmetic.IsNumber(operand)) throw Fail("MG1005", $"{Arithmetic.Describe(operand)} cannot be computed with a tensor", node, frame);
        var arguments = op.Parameters.Zip(operands, (p, x) => (p.Name, x)).ToDictionary(a => a.Name, a => a.x, StringComparer.Ordinal);
        string Text(object? operand) => Nested(AsTensor(operand)?.Text ?? Arithmetic.Text(operand));
        var text = Formula(operands, () => operands.Length == 2 ? $"{Text(operands[0])} {node.Text} {Text(operands[1])}" : node.Text + Text(operands[0]));
        return Build(op, arguments, null, $"Operator '{node.Text}'", node, frame, text);
    }

    // The text of a value stands in the text of what is computed from it, and would double with each step where it is read twice.
    private string Formula(IEnumerable<object?> operands, Func<string> compose)
    {
        var text = compose();
        if (text.Length <= LongestText) return text;
        foreach (var value in operands.Select(AsTensor).OfType<TensorValue>()) _names.NameByCall(value);
        return compose();
    }

    private static string Nested(string text) => text.Contains(' ') && !text.EndsWith(")", StringComparison.Ordinal) ? $"({text})" : text;

    private object? CallLayer(LayerValue layer, object?[] arguments, IrNode node, Frame frame)
    {
        layer.Calls++;
        var all = new Dictionary<string, object?>(layer.Arguments, StringComparer.Ordinal);
        var operands = layer.Op.Parameters.Where(IsOperand).ToArray();
        for (var i = 0; i < arguments.Length && i < operands.Length; i++) all[operands[i].Name] = arguments[i];
        var label = layer.Path is null || IsPosition(layer.Path) ? layer.Op.Name : $"{layer.Op.Name} '{layer.Path}'";
        return Build(layer.Op, all, layer, label, node, frame);
    }

    // In class form layers have no name but their position.
    private static bool IsPosition(string path) => path.Length > 0 && char.IsDigit(path[0]);

    private object? CallFunction(string name, object?[] arguments, IrNode node, Frame frame)
    {
        var op = FindOp(name) ?? throw Fail("MG1003", $"'{name}' is not an operator that this version of the compiler knows", node, frame);
        var named = op.Parameters.Zip(arguments, (p, a) => (p.Name, a)).ToDictionary(a => a.Name, a => a.a, StringComparer.Ordinal);
        return Build(op, named, null, op.Name, node, frame);
    }

    private object? InvokeLoss(IrNode node, Scope scope, Frame frame)
    {
        var op = FindOp(node[0].Text) ?? throw Fail("MG1003", $"'{node[0].Text}' is not an operator that this version of the compiler knows", node, frame);
        var arguments = Arguments(node[0].Children, scope, frame);
        var operands = op.Parameters.Where(IsOperand).ToArray();
        for (var i = 0; i < operands.Length && i < 2; i++) arguments[operands[i].Name] = Evaluate(node[i + 1], scope, frame);
        return Build(op, arguments, null, op.Name, node, frame);
    }

    private object? Build(Op op, Dictionary<string, object?> arguments, LayerValue? layer, string label, IrNode node, Frame frame, string? text = null)
    {
        text ??= CallText(op, arguments, layer);
        var ofLayer = layer is null || IsPosition(layer.Path ?? "") ? "" : layer.Path ?? "";
        var origin = new Origin(++_calls, op.Name, ofLayer, text) { Label = ofLayer.Length > 0 ? ofLayer : _names.Label(PathOf(frame, op.ShortName)) };
        var operands = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var argument in arguments)
            if (argument.Value is not null) operands[argument.Key] = OpArgument(argument.Value, argument.Key, label, node, frame);
        foreach (var required in op.Parameters.Where(p => IsOperand(p) && !p.Optional))
            if (!operands.ContainsKey(required.Name)) throw Fail("MG1005", $"{label} has no value for '{required.Name}'", node, frame);

        LeafNode OwnLeaf(string name, Shape shape, LeafKind kind, Initialization start)
        {
            if (layer is null) throw new OpException("MG2009", $"{label} is called as a function and needs its {name} as an argument");
            if (layer.Leaves.TryGetValue(name, out var known))
                return known.Shape == shape ? known
                    : throw new OpException("MG2013",
                    $"{label} is called again with another input: its {name} is {known.Shape} from the first call, this one needs {shape}");
            var path = (string.IsNullOrEmpty(layer.Path) ? Identifiers.Camel(op.Name) : layer.Path) + "." + name;
            if (shape.Elements > Lengths.Most) throw new OpException("MG2014",
                $"{path} {shape} has {Lengths.Text(shape.Elements)} elements; a tensor has at most {Lengths.Text(Lengths.Most)}");
            return layer.Leaves[name] = Leaf(path, kind, shape, start, layer.Site, layer.Inner);
        }

        void Warn(OpWarning warning)
        {
            var (site, inner, function) = Blame(node, frame);
            var finding = new Finding(warning.Id, site, inner is null ? warning.Message : $"{warning.Message} (in {function})", inner);
            if (_warned.Add(finding)) _findings.Add(finding);
        }

        _builder.Origin = origin;
        try
        {
            var results = op.Build(new(op, _builder, operands, label, _mode == EvaluationMode.Training, OwnLeaf, Warn)
            {
                IsFunctional = op.IsLayer
                && layer is null
            });
            _names.Expect(origin, results);
            var values = results.Select(r => new TensorValue(r.Id, _builder[r.Id].Name is { Length: > 0 } name ? name : text)).ToArray();
            return values.Length == 1 && !op.ReturnsSequence ? values[0] : values.ToArray<object?>();
        }
        catch (OpException e)
        {
            throw Fail(e.Id, e.Message, node, frame);
        }
        catch (BudgetException e)
        {
            throw TooMuch(e, node, frame);
        }
        catch (SizeException e)
        {
            throw Fail("MG2014", $"{label} {e.Message}", node, frame);
        }
        catch (OverflowException)
        {
            throw Fail("MG2014", $"{label} computes a size or a position beyond the limit of {Lengths.Text(Lengths.Most)}", node, frame);
        }
        catch (Exception e) when (e is InvalidCastException or FormatException or KeyNotFoundException)
        {
            throw Fail("MG1005", $"{label} cannot be built from these arguments: {e.Message}", node, frame);
        }
        finally
        {
            _builder.Origin = Origin.None;
        }
    }

    private object OpArgument(object value, string name, string label, IrNode node, Frame frame)
    {
        switch (value)
        {
            case TensorValue t: return _builder[t.Node];
            case ParameterValue: return _builder[AsTensor(value)!.Node];
            case SizesValue s: return s.Sizes.ToArray();
            case ListValue list: return OpArgument(list.Items.ToArray(), name, label, node, frame);
            case object?[] many when Counted(many, node, frame) is var items && items.Any(i => AsTensor(i) is not null):
                return items.Select(i => AsTensor(i) is { } t ? _builder[t.Node]
                    : throw Fail("MG1005", $"{label}: '{name}' mixes tensors with {Arithmetic.Describe(i)}", node, frame)).ToArray();
            case object?[] items when items.All(i => i is int): return items.Select(i => (int)i!).ToArray();
            case object?[] items when items.All(Arithmetic.IsNumber): return items.Select(i => Arithmetic.ToDouble(i!)).ToArray();
            case object?[] items: return items;
            case int or long or float or double or bool or string or StartRule: return value;
            default: throw Fail("MG1005", $"{label}: '{name}' has no value at compile time; it is {Arithmetic.Describe(value)}", node, frame);
        }
    }

    private object?[] Counted(object?[] items, IrNode node, Frame frame)
    {
        Make(items.Length, node, frame);
        return items;
    }

    /// <summary>The call as a formula over named values.</summary>
    private string CallText(Op op, Dictionary<string, object?> arguments, LayerValue? layer)
    {
        var name = layer?.Path is { } path && !IsPosition(path) ? path : Identifiers.Camel(op.Name);
        if (arguments.Values.Any(a => Items(a) is { Length: > LongestText / 3 } || a is string { Length: > LongestText })) return $"{name}(…)";
        string Text(object? value) => value switch
        {
            TensorValue t => t.Text,
            ParameterValue p => p.Path ?? "parameter",
            object?[] items => $"[{string.Join(", ", items.Select(Text))}]",
            ListValue list => $"[{string.Join(", ", list.Items.Select(Text))}]",
            SizesValue s => string.Join("x", s.Sizes),
            _ => Arithmetic.Text(value),
        };
        var shown = op.Parameters
            .Where(p => arguments.TryGetValue(p.Name, out var a) && a is not null && (layer is null || a is TensorValue or ParameterValue))
            .Select(p => arguments[p.Name]).ToList();
        var text = Formula(shown.SelectMany(a => Items(a) ?? new[] { a }), () => $"{name}({string.Join(", ", shown.Select(Text))})");
        return text.Length <= LongestText ? text : $"{name}(…)";
    }

    /// <summary>Layers one after the other, which are called 0, 1, 2, … as PyTorch's are.</summary>
    private LayerSequence Sequential(Dictionary<string, object?> arguments, IrNode node, Frame frame)
    {
        var layers = arguments.TryGetValue("layers", out var given) && Items(given) is { } items ? items
            : throw Fail("MG1005", "Sequential needs layers known at compile time", node, frame);
        for (var i = 0; i < layers.Length; i++)
            if (layers[i] is not (LayerValue or FunctionValue or LayerSequence or ModuleValue))
                throw Fail("MG1005", $"Sequential needs layers, but its element {i} is {Arithmetic.Describe(layers[i])}", node, frame);
        return new(layers);
    }

    private static string PathOf(Frame frame, string name) => frame.This?.Path is { Length: > 0 } path ? path + "." + name : name;
}
