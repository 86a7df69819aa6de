using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Ir;

/// <summary>A module as text, to travel in an attribute of its assembly: a table of strings, then numbers.</summary>
/// <remarks>Positions stay behind. The text is read by the version that wrote it and by no other: <see cref="Version"/> rises with each change
/// of <see cref="IrKind"/> or of the records.</remarks>
internal static class IrText
{
    public const int Version = 3;

    private const int Deepest = 1000;

    public static string Write(ModuleIr module)
    {
        var writer = new Writer();
        writer.Module(module);
        return writer.ToString();
    }

    /// <summary>The module of a text, or null where it is not one.</summary>
    public static ModuleIr? Read(string text)
    {
        try
        {
            return new Reader(text).Module() is var module && IrNames.AreNames(module) ? module : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException or InsufficientExecutionStackException)
        {
            return null;
        }
    }

    private sealed class Writer
    {
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly StringBuilder _table = new();
        private readonly StringBuilder _body = new();

        public void Module(ModuleIr m)
        {
            Text(m.Id);
            Text(m.Namespace);
            Text(m.Name);
            Number(m.IsModel ? 1 : 0);
            List(m.Constructor, Parameter);
            Node(m.ConstructorBody);
            List(m.Fields, Field);
            List(m.Methods, Method);
            List(m.Statics, Field);
            List(m.Uses, Text);
        }

        public override string ToString() => _numbers.Count.ToString(CultureInfo.InvariantCulture) + ";" + _table + _body;

        private void Method(MethodIr m)
        {
            Text(m.Id);
            Text(m.Name);
            List(m.Parameters, Parameter);
            Node(m.Body);
            List(m.ResultNames, Text);
        }

        private void Parameter(ParameterIr p)
        {
            Text(p.Name);
            Number((int)p.Type);
            List(p.Sizes, Number);
            Number(p.HasShape ? 1 : 0);
            Number(p.Classes);
            Node(p.Default);
            Number(p.IsInferred ? 1 : 0);
        }

        private void Field(FieldIr f)
        {
            Text(f.Name);
            Node(f.Initializer);
        }

        private void Node(IrNode? node)
        {
            Cancellation.Check();
            Number(node is null ? -1 : (int)node.Kind);
            if (node is null) return;
            Text(node.Text);
            List(node.Children, Node);
        }

        private void List<T>(EquatableArray<T> items, Action<T> write)
        {
            Number(items.Count);
            foreach (var item in items) write(item);
        }

        private void Number(int value) => _body.Append(value.ToString(CultureInfo.InvariantCulture)).Append(' ');

        private void Text(string text)
        {
            if (!_numbers.TryGetValue(text, out var number))
            {
                _numbers[text] = number = _numbers.Count;
                _table.Append(text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);
            }
            Number(number);
        }
    }

    private sealed class Reader
    {
        private readonly string _text;
        private readonly string[] _table;
        private int _at;
        private int _depth;

        public Reader(string text)
        {
            _text = text;
            _table = new string[Count(Number(';'))];
            for (var i = 0; i < _table.Length; i++)
            {
                var length = Count(Number(':'));
                _table[i] = _text.Substring(_at, length);
                _at += length;
            }
        }

        public ModuleIr Module()
        {
            var module = new ModuleIr(Text(), Text(), Text(), Number() == 1, List(Parameter), Node(), List(Field), List(Method), List(Field), List(Text),
                default, false, -1);
            return _at == _text.Length ? module : throw new FormatException("More text than a module.");
        }

        private MethodIr Method() => new(Text(), Text(), List(Parameter), Required(), -1, List(Text));

        private ParameterIr Parameter() =>
            new(Text(), (ParameterTypeIr)Number(), List(() => Number()), Number() == 1, Number(), Node(), -1) { IsInferred = Number() == 1 };

        private FieldIr Field() => new(Text(), Node(), -1);

        private IrNode Required() => Node() ?? throw new FormatException("A node is missing.");

        private IrNode? Node()
        {
            var kind = Number();
            if (kind == -1) return null;
            if (!Enum.IsDefined(typeof(IrKind), kind)) throw new FormatException("Unknown kind.");
            Cancellation.Check();
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (++_depth > Deepest) throw new FormatException("Too deep.");
            var node = new IrNode((IrKind)kind, Text(), List(Required));
            _depth--;
            return node;
        }

        private EquatableArray<T> List<T>(Func<T> read) => Enumerable.Repeat(0, Count(Number())).Select(_ => read()).ToEquatableArray();

        private string Text() => Number() is var number && number >= 0
            && number < _table.Length ? _table[number] : throw new FormatException("No such string.");

        // A count cannot exceed what is left to read: a damaged text must not ask for memory.
        private int Count(int value) => value >= 0 && value <= _text.Length - _at ? value : throw new FormatException("Not a count.");

        private int Number(char end = ' ')
        {
            var stop = _text.IndexOf(end, _at);
            if (stop < 0 || stop - _at > 11) throw new FormatException("A number is missing.");
            var value = int.Parse(_text.Substring(_at, stop - _at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            _at = stop + 1;
            return value;
        }
    }
}
