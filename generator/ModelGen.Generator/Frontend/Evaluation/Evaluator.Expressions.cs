using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Ops;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Evaluation;

internal sealed partial class Evaluator
{
    // Enough for D3 or 0.000.
    private const int LongestFormat = 5;

    private object? Evaluate(IrNode node, Scope scope, Frame frame)
    {
        Step(node, frame);
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node.Kind)
        {
            case IrKind.Constant:
                if (node.Text[0] == 's') Write(node.Text.Length, node, frame);
                return IrConstant.Read(node.Text);
            case IrKind.Variable:
                return scope.TryGet(node.Text, out var local) ? local : throw Fail("MG1005", $"'{node.Text}' has no value at compile time", node, frame);
            case IrKind.ConstructorParameter:
                return frame.This is { } self
                    && self.Constructor.TryGetValue(node.Text, out var parameter) ? parameter
                    : throw Fail("MG1005", $"'{node.Text}' has no value at compile time", node, frame);
            case IrKind.This: return frame.This ?? throw Fail("MG1003", "'this' has no meaning here at compile time", node, frame);
            case IrKind.Member: return Member(node, scope, frame);
            case IrKind.Static: return Static(node, frame);
            case IrKind.Property: return Property(node, Evaluate(node[0], scope, frame), frame);
            case IrKind.Tuple: return Values(node, scope, frame);
            case IrKind.Array: return Elements(node, scope, frame).ToArray();
            case IrKind.NewArray: return NewArray(node, Evaluate(node[0], scope, frame), frame);
            case IrKind.Item:
                return (Evaluate(node[0], scope, frame) is var whole && whole is RecordValue record ? record.Values : whole) is object?[] tuple
                    && int.Parse(node.Text, CultureInfo.InvariantCulture) is var item
                    && item < tuple.Length
                    ? tuple[item] : throw Fail("MG1005", "This tuple has no value at compile time", node, frame);
            case IrKind.Index: return Index(node, Evaluate(node[0], scope, frame), Evaluate(node[1], scope, frame), frame);
            case IrKind.FromEnd: return new FromEnd(Integer(node[0], scope, frame));
            case IrKind.Range: return new RangeValue(Evaluate(node[0], scope, frame), Evaluate(node[1], scope, frame));
            case IrKind.Binary: return Binary(node, Evaluate(node[0], scope, frame), Evaluate(node[1], scope, frame), frame);
            case IrKind.Unary: return Unary(node, Evaluate(node[0], scope, frame), frame);
            case IrKind.Chain: return Chain(node, scope, frame);
            case IrKind.And: return AllAre(true, node, scope, frame);
            case IrKind.Or: return !AllAre(false, node, scope, frame);
            case IrKind.Convert: return Convert(node, Evaluate(node[0], scope, frame), frame);
            case IrKind.Conditional: return Condition(node[0], scope, frame) ? Evaluate(node[1], scope, frame) : Evaluate(node[2], scope, frame);
            case IrKind.Coalesce: return Evaluate(node[0], scope, frame) ?? Evaluate(node[1], scope, frame);
            case IrKind.ConditionalAccess: return ConditionalAccess(node, scope, frame);
            case IrKind.Receiver: return _receivers[_receivers.Count - 1];
            case IrKind.SwitchExpression: return SwitchExpression(node, scope, frame);
            case IrKind.Is: return Matches(node[1], Evaluate(node[0], scope, frame), scope, frame);
            case IrKind.Assign:
                var value = Evaluate(node[1], scope, frame);
                Assign(node[0], value, scope, frame, isNamed: node.Text.Length == 0);
                return value;
            case IrKind.PreIncrement or IrKind.PostIncrement:
                return Increment(node, Evaluate(node[0], scope, frame), scope, frame);
            case IrKind.Lambda: return new FunctionValue(node, "", null, scope, frame);
            case IrKind.MethodGroup:
                var module = node.Children.Count > 0 ? Evaluate(node[0], scope, frame) as ModuleValue : null;
                return new FunctionValue(null, node.Text, module, scope, frame);
            case IrKind.Op: return Op(node, scope, frame);
            case IrKind.Collection: return Collection(node, scope, frame);
            case IrKind.Record:
                var colon = node.Text.IndexOf(':');
                return new RecordValue(node.Text.Substring(0, colon), node.Text.Substring(colon + 1).Split(','), Values(node, scope, frame));
            case IrKind.With: return With(node, scope, frame);
            case IrKind.CallValue: return CallValue(node, scope, frame);
            case IrKind.Pure: return Pure(node, Values(node, scope, frame), frame);
            case IrKind.Invoke: return Invoke(node, scope, frame);
            case IrKind.CallStatic:
                var helper = frame.Ir.Method(node.Text) ?? throw Fail("MG1003", "This method has no body at compile time", node, frame);
                return Call(helper, Arguments(node.Children, scope, frame), null, frame.Ir, node, frame, Outs(node.Children, scope));
            case IrKind.Call: return CallModule(node, scope, frame);
            case IrKind.New: return New(node, scope, frame);
            case IrKind.Interpolation: return Interpolate(node, scope, frame);
            case IrKind.Throw:
                throw Fail("MG1011", Evaluate(node[0], scope, frame) is string { Length: > 0 } text
                    ? $"{frame.Function} rejects its arguments: {Arithmetic.Short(text)}" : $"{frame.Function} throws {node.Text}", node, frame);
            case IrKind.Unsupported:
                throw Fail("MG1003", Unsupported(node.Text), node, frame);
            default:
                throw Fail("MG1003", Unsupported(node.Kind.ToString()), node, frame);
        }
    }

    /// <summary>The message of a construct without a meaning at compile time.</summary>
    public static string Unsupported(string what) =>
        $"The compiler of models cannot evaluate {what}; a declaration is built from layers, modules, constants and control flow over them";

    private object? Increment(IrNode node, object? before, Scope scope, Frame frame)
    {
        var after = Guard(node, frame, () => Arithmetic.Binary("+", before, node.Text == "+1" ? 1 : -1));
        Assign(node[0], after, scope, frame);
        return node.Kind == IrKind.PreIncrement ? after : before;
    }

    private object? Member(IrNode node, Scope scope, Frame frame)
    {
        if (Evaluate(node[0], scope, frame) is not ModuleValue module) throw Fail("MG1005", $"'{node.Text}' is read from null", node, frame);
        if (module.Fields.TryGetValue(node.Text, out var value)) return value;
        throw Fail("MG1005", $"'{module.Ir.Name}.{node.Text}' has no value at compile time", node, frame);
    }

    private object? Static(IrNode node, Frame frame)
    {
        if (KnownConstants.Find(node.Text) is { } known) return known;
        var field = frame.Ir.Statics.FirstOrDefault(s => s.Name == node.Text);
        if (field?.Initializer is null) throw Fail("MG1005", "This static field has no initializer", node, frame);
        return Evaluate(field.Initializer, new Scope(), new Frame(frame.Ir, null, frame.Function, frame, node));
    }

    private object? Property(IrNode node, object? value, Frame frame)
    {
        if (value is ParameterValue) value = AsTensor(value);
        switch (node.Text, value)
        {
            case ("Weight" or "Bias", LayerValue layer): return OwnTensor(layer, node.Text.ToLowerInvariant(), node, frame);
            case (_, RecordValue record) when record.TryGet(node.Text, out var named): return named;
            case ("Count", ListValue list): return list.Items.Count;
            case ("Count", DictionaryValue dictionary): return dictionary.Count;
            case ("Keys", DictionaryValue dictionary): return Counted(dictionary.Entries.Select(e => e.Key).ToArray(), node, frame);
            case ("Values", DictionaryValue dictionary): return Counted(dictionary.Entries.Select(e => e.Value).ToArray(), node, frame);
            case ("Rank", TensorValue t): return _builder[t.Node].Shape.Rank;
            case ("Shape", TensorValue t):
                return _builder[t.Node].Shape.Axes.Select(a => a.PerSample ? (object?)BatchSize.Instance : a.Factor).ToArray();
            case ("Length" or "Count", object?[] items): return items.Length;
            case ("Length", string s): return s.Length;
            case ("Height", SizesValue s): return s.Sizes[s.Sizes.Count - 2];
            case ("Width", SizesValue s): return s.Sizes[s.Sizes.Count - 1];
            case ("Depth", SizesValue s): return s.Sizes[0];
            case ("Height" or "Width" or "Depth", int side): return side;
            case ("HasValue", _): return value is not null;
            case ("Value", not null): return value;
            default: throw Fail("MG1005", $"'{node.Text}' of {Arithmetic.Describe(value)} has no value at compile time", node, frame);
        }
    }

    private object?[] Values(IrNode node, Scope scope, Frame frame)
    {
        Make(node.Children.Count, node, frame);
        return node.Children.Select(c => Evaluate(c, scope, frame)).ToArray();
    }

    private IEnumerable<object?> Elements(IrNode node, Scope scope, Frame frame)
    {
        foreach (var child in node.Children)
        {
            if (child.Kind != IrKind.Spread)
            {
                Make(1, node, frame);
                yield return Evaluate(child, scope, frame);
                continue;
            }
            foreach (var item in Counted(Sequence(child[0], scope, frame), node, frame)) yield return item;
        }
    }

    private object?[] NewArray(IrNode node, object? length, Frame frame)
    {
        if (length is not int count
            || count < 0) throw Fail("MG1005", $"An array of length {Arithmetic.Describe(length)} cannot be made at compile time", node, frame);
        Make(count, node, frame);
        object? element = node.Text switch { "" => null, "bool" => false, var number => Arithmetic.Convert(number, 0) };
        return Enumerable.Repeat(element, count).ToArray();
    }

    private object? Index(IrNode node, object? value, object? index, Frame frame)
    {
        if (AsTensor(value) is { } tensor) return Part(tensor, Items(index) ?? new[] { index }, node, frame);
        if (value is DictionaryValue dictionary)
        {
            if (dictionary.TryGet(index, out var entry)) return entry;
            var keys = Arithmetic.Short(string.Join(", ", dictionary.Entries.Select(e => Arithmetic.Text(e.Key))));
            throw Fail("MG1005", $"The dictionary has no key {Arithmetic.Describe(index)}; its keys are {keys}", node, frame);
        }
        if (value is string text) value = text.Select(c => (object?)c).ToArray();
        if (Items(value) is not { } items) throw Fail("MG1005", $"{Arithmetic.Describe(value)} has no elements at compile time", node, frame);
        if (index is RangeValue range)
        {
            int start = Position(range.Start, items.Length, 0), end = Position(range.End, items.Length, items.Length);
            if (start < 0 || end > items.Length
                || start > end) throw Fail("MG1005", $"The range {start}..{end} lies outside a sequence of {items.Length}", node, frame);
            Make(end - start, node, frame);
            return items.Skip(start).Take(end - start).ToArray();
        }
        var i = Position(index, items.Length, -1);
        if (i < 0 || i >= items.Length) throw Fail("MG1005", $"The index {i} lies outside a sequence of {items.Length}", node, frame);
        return items[i] is BatchSize
            ? throw Fail("MG1005", "The batch size is not known at compile time; the code of a model may not depend on it", node, frame) : items[i];
    }

    private static int Position(object? index, int length, int open) => index switch
    {
        int i => i,
        FromEnd e => length - e.Distance,
        long l when l == (int)l => (int)l,
        _ => open,
    };

    private object? Binary(IrNode node, object? a, object? b, Frame frame)
    {
        if (node.Text == "+" && (a is string || b is string)) Write((long)Arithmetic.Text(a).Length + Arithmetic.Text(b).Length, node, frame);
        if (AsTensor(a) is null && AsTensor(b) is null) return Guard(node, frame, () => Arithmetic.Binary(node.Text, a, b));
        if (node.Text is "==" or "!=") return (a is null || b is null || !ReferenceEquals(a, b)) == (node.Text == "!=");
        var op = OpCatalog.OfOperator(node.Text, 2) ?? throw Fail("MG1003", $"The operator '{node.Text}' has no meaning for tensors", node, frame);
        return Operator(op, node, frame, a, b);
    }

    private bool AllAre(bool wanted, IrNode node, Scope scope, Frame frame)
    {
        foreach (var operand in node.Children)
            if (Condition(operand, scope, frame) != wanted) return false;
        return true;
    }

    private object? Chain(IrNode node, Scope scope, Frame frame)
    {
        var value = Evaluate(node[0], scope, frame);
        foreach (var operand in node.Children.Skip(1))
        {
            Step(operand, frame);
            value = Binary(operand, value, Evaluate(operand[0], scope, frame), frame);
        }
        return value;
    }

    private object? Unary(IrNode node, object? x, Frame frame) => AsTensor(x) is { } tensor
        ? Operator(OpCatalog.OfOperator(node.Text, 1) ?? throw Fail("MG1003", $"The operator '{node.Text}' has no meaning for tensors", node, frame), node,
            frame,
            tensor)
        : Guard(node, frame, () => Arithmetic.Unary(node.Text, x));

    private object? Convert(IrNode node, object? value, Frame frame)
    {
        if (node.Text != "size") return Guard(node, frame, () => Arithmetic.Convert(node.Text, value));
        return value switch
        {
            null => null,
            object?[] sizes when sizes.All(s => s is int) => new SizesValue(sizes.Select(s => (int)s!).ToEquatableArray()),
            int or SizesValue => value,
            _ => throw Fail("MG1005", $"{Arithmetic.Describe(value)} is not a size known at compile time", node, frame),
        };
    }

    private object? ConditionalAccess(IrNode node, Scope scope, Frame frame)
    {
        var receiver = Evaluate(node[0], scope, frame);
        if (receiver is null) return null;
        _receivers.Add(receiver);
        var value = Evaluate(node[1], scope, frame);
        _receivers.RemoveAt(_receivers.Count - 1);
        return value;
    }

    private object? SwitchExpression(IrNode node, Scope scope, Frame frame)
    {
        var value = Evaluate(node[0], scope, frame);
        foreach (var arm in node.Children.Skip(1))
        {
            var inner = new Scope(scope);
            if (Matches(arm[0], value, inner, frame) && Condition(arm[1], inner, frame)) return Evaluate(arm[2], inner, frame);
        }
        throw Fail("MG1011", $"No arm of the switch fits {Arithmetic.Describe(value)}", node, frame);
    }

    private bool Matches(IrNode pattern, object? value, Scope scope, Frame frame)
    {
        Step(pattern, frame);
        switch (pattern.Kind)
        {
            case IrKind.ConstantPattern: return Arithmetic.AreEqual(value, Evaluate(pattern[0], scope, frame));
            case IrKind.RelationalPattern:
                var bound = Evaluate(pattern[0], scope, frame);
                return Arithmetic.IsNumber(value) && Guard(pattern, frame, () => Arithmetic.Binary(pattern.Text, value, bound)) is true;
            case IrKind.NotPattern: return !Matches(pattern[0], value, scope, frame);
            case IrKind.AndPattern: return pattern.Children.All(p => Matches(p, value, scope, frame));
            case IrKind.OrPattern: return pattern.Children.Any(p => Matches(p, value, scope, frame));
            case IrKind.NotNullPattern or IrKind.AnyPattern:
                if (pattern.Kind == IrKind.NotNullPattern && value is null) return false;
                if (pattern.Text.Length > 0) scope.Declare(pattern.Text, value);
                return true;
            case IrKind.PropertyPattern:
                return Matches(pattern[0], Property(pattern, value, frame), scope, frame);
            case IrKind.TuplePattern:
                return (value is RecordValue record ? record.Values : Items(value)) is { } items && items.Length == pattern.Children.Count
                    && pattern.Children.Select((p, i) => (p, i)).All(e => Matches(e.p, items[e.i], scope, frame));
            default:
                throw Fail("MG1003", Unsupported(pattern.Text), pattern, frame);
        }
    }

    private void Assign(IrNode target, object? value, Scope scope, Frame frame, bool isNamed = true)
    {
        switch (target.Kind)
        {
            case IrKind.NewVariable or IrKind.Variable:
                if (value is TensorValue tensor && isNamed) _names.Name(tensor, PathOf(frame, target.Text), IsAssignedOnce(frame, target.Text));
                if (target.Kind == IrKind.NewVariable || !scope.TrySet(target.Text, value)) scope.Declare(target.Text, value);
                break;
            case IrKind.Tuple when (value is RecordValue record ? record.Values : Items(value)) is { } items && items.Length == target.Children.Count:
                for (var i = 0; i < items.Length; i++) Assign(target[i], items[i], scope, frame);
                break;
            case IrKind.Discard: break;
            case IrKind.Member when Evaluate(target[0], scope, frame) is ModuleValue module:
                if (_isRunning) throw Fail("MG1003", $"'{target.Text}' is assigned while the model runs; a declaration keeps no state between calls", target,
                    frame);
                module.Fields[target.Text] = value;
                break;
            case IrKind.ConstructorParameter when frame.This is { } self:
                self.Constructor[target.Text] = value;
                break;
            case IrKind.Index when Evaluate(target[0], scope, frame) is DictionaryValue dictionary:
                Make(1, target, frame);
                dictionary.Set(Evaluate(target[1], scope, frame), value);
                break;
            case IrKind.Index when Evaluate(target[0], scope, frame) is ListValue list
                && Position(Evaluate(target[1], scope, frame), list.Items.Count, -1) is var at
                && at >= 0 && at < list.Items.Count:
                list.Items[at] = value;
                break;
            case IrKind.Index when Evaluate(target[0], scope, frame) is object?[] array && Evaluate(target[1], scope, frame) is int i && i >= 0
                && i < array.Length:
                if (value is TensorValue element && isNamed
                    && target[0].Text.Length > 0) _names.Name(element, PathOf(frame, target[0].Text + "." + i.ToString(CultureInfo.InvariantCulture)));
                array[i] = value;
                break;
            default:
                throw Fail("MG1003", "The compiler of models cannot assign to this", target, frame);
        }
    }

    // A variable that holds one value after the other names none of them.
    private bool IsAssignedOnce(Frame frame, string variable)
    {
        if (frame.Method is not { } method) return true;
        var key = (frame.Ir.Id, method.Id);
        if (!_reassigned.TryGetValue(key, out var variables)) _reassigned[key] = variables = IrWalk.Reassigned(method);
        return !variables.Contains(variable);
    }

    private string Interpolate(IrNode node, Scope scope, Frame frame)
    {
        var text = new StringBuilder();
        foreach (var part in node.Children)
        {
            var value = Evaluate(part.Kind == IrKind.Hole ? part[0] : part, scope, frame);
            // A format may ask for as many digits as it likes.
            if (part.Kind == IrKind.Hole
                && part.Text.Length > LongestFormat) throw Fail("MG1005", $"The format '{Arithmetic.Short(part.Text)}' is not evaluated at compile time", part,
                frame);
            var next = value is IFormattable f && part.Kind == IrKind.Hole
                && part.Text.Length > 0 ? f.ToString(part.Text, CultureInfo.InvariantCulture) : Arithmetic.Text(value);
            Write(next.Length, node, frame);
            text.Append(next);
        }
        return text.ToString();
    }

    private object?[] Sequence(IrNode node, Scope scope, Frame frame) => ItemsOrChars(Evaluate(node, scope, frame))
        ?? throw Fail("MG1005", "This sequence has no elements known at compile time", node, frame);

    private int Integer(IrNode node, Scope scope, Frame frame) => Evaluate(node, scope, frame) as int?
        ?? throw Fail("MG1005", "This number is not known at compile time", node, frame);

    private object? Guard(IrNode node, Frame frame, Func<object?> compute)
    {
        try
        {
            return compute();
        }
        catch (ValueException e)
        {
            throw Fail(e.Id, e.Message, node, frame);
        }
        catch (OverflowException)
        {
            throw Fail("MG1005", "The number overflows", node, frame);
        }
    }

    // The model's own code is blamed; what happened inside a module is named beside it.
    private EvaluationException Fail(string id, string message, IrNode node, Frame frame)
    {
        var (site, inner, function) = Blame(node, frame);
        return new(new(id, site, inner is null ? message : $"{message} (in {function})", inner));
    }

    private (Site Site, Site? Inner, string Function) Blame(IrNode node, Frame frame)
    {
        var (at, where) = (node, (Frame?)frame);
        while (where is not null && where.Ir.Id != _model.Id) (at, where) = (where.CallSite!, where.Caller);
        if (where is null) return (new(_model.Id, _model.Ordinal), new(frame.Ir.Id, node.Ordinal), frame.Function);
        return ReferenceEquals(at, node) ? (new(_model.Id, node.Ordinal), null, "")
            : (new(_model.Id, at.Ordinal), new(frame.Ir.Id, node.Ordinal), frame.Function);
    }
}
