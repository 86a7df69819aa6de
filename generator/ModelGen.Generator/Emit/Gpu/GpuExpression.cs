using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints scalar expressions without a branch: both sides of a choice are computed, a read outside goes to element 0. What
/// occurs more than once becomes a named value.</summary>
internal sealed class GpuExpression
{
    private readonly GpuScope _scope;
    private readonly CodeWriter _writer;
    private readonly IReadOnlyList<LoopStage> _stages;
    private readonly GpuIndex _index;
    private readonly Dictionary<Expr, string> _named = new();
    private readonly Dictionary<string, string> _conditions = new();
    private readonly Dictionary<Expr, int> _uses = new();
    private readonly IDictionary<Access, string>? _loaded;

    /// <param name="stages">Whose reads occur.</param>
    /// <param name="variables">A name or literal for each iteration variable, outer ones first.</param>
    /// <param name="loaded">Names of elements that were loaded before.</param>
    public GpuExpression(
        GpuScope scope, CodeWriter writer, IReadOnlyList<LoopStage> stages, IReadOnlyList<string> variables, IDictionary<Access, string>? loaded = null)
    {
        (_scope, _writer, _stages, _loaded) = (scope, writer, stages, loaded);
        _index = new GpuIndex(scope, variables, Element);
    }

    /// <summary>Writes the named values and returns the expression itself.</summary>
    public string Write(Expr root) => Write(new[] { root })[0];

    /// <summary>The same for several; what occurs in more than one is computed once.</summary>
    public IReadOnlyList<string> Write(IReadOnlyList<Expr> roots)
    {
        foreach (var root in roots) Count(root);
        return roots.Select(Print).ToList();
    }

    /// <summary>The address of a store.</summary>
    public string Address(Access access) => _index.Address(access);

    /// <summary>Loads the element of a read without a condition ahead of its use.</summary>
    /// <param name="named">Gives an expression a name, the one it has if it has one.</param>
    public void Load(Access access, Func<string, string> named) => _loaded![access] = named($"{_scope.Arguments[access.Argument]}[{_index.Address(access)}]");

    private void Count(Expr e)
    {
        if (e is Const or Local or SizeOf) return;
        _uses[e] = _uses.TryGetValue(e, out var count) ? count + 1 : 1;
        // The parts of what is named are printed once.
        if (_uses[e] > 1 && e is not (Stop or Surrogate)) return;
        foreach (var child in e.Children) Count(child);
    }

    private string Print(Expr e)
    {
        switch (e)
        {
            case Stop s: return Print(s.X);
            case Surrogate s: return Print(s.Value);
        }
        if (_named.TryGetValue(e, out var name)) return name;
        var text = Text(e);
        if (!_uses.TryGetValue(e, out var uses) || uses < 2 || e is IndexOf) return text;
        name = _scope.Fresh(IsTruth(e) ? "c" : "t");
        _writer.Line($"var {name} = {text};");
        return _named[e] = name;
    }

    private static bool IsTruth(Expr e) => e is Compare or Both or Valid;

    private string Text(Expr e)
    {
        switch (e)
        {
            case Const c: return Number(c.Value);
            case SizeOf or IndexOf: return $"(float)({Integer(e)})";
            case Expr.Random r: return $"KernelMath.Uniform((uint)({_index.Of(Reindexed(r))}), {_scope.Key(r.Stream)})";
            case Local l: return _scope.Locals[l.Id];
            case Load l: return Read(l);
            case UnaryNode u: return Unary(u.Kind, Print(u.X));
            case BinaryNode b: return Binary(b);
            case SelectNode s: return $"Utilities.Select({Print(s.Condition)}, {Print(s.Then)}, {Print(s.Else)})";
            case Compare c:
                return IsInteger(c.A)
                && IsInteger(c.B) ? $"({Integer(c.A)} {Sign(c.Kind)} {Integer(c.B)})" : $"({Print(c.A)} {Sign(c.Kind)} {Print(c.B)})";
            case Both b: return $"({Print(b.A)} & {Print(b.B)})";
            case Valid v: return AccessOf(v.Of) is { Guards.Count: > 0 } access ? Inside(access) : "true";
            default: throw new InvalidOperationException("Cannot print " + e.GetType().Name);
        }
    }

    private string Read(Load load)
    {
        var access = AccessOf(load);
        var argument = _scope.Arguments[access.Argument];
        var cast = _scope.IsInteger(access.Argument) ? "(float)" : "";
        if (_loaded is not null && _loaded.TryGetValue(access, out var loaded)) return cast + loaded;
        var address = _index.Address(access);
        if (access.Guards.Count == 0) return $"{cast}{argument}[{address}]";
        var inside = Inside(access);
        var outside = _scope.Based.Contains(access.Argument) ? _scope.BaseOf(access.Argument) : "0";
        return $"Utilities.Select({inside}, {cast}{argument}[Utilities.Select({inside}, {address}, {outside})], {Number(load.Fill)})";
    }

    // An element as an integer, where it serves as a position.
    private string Element(Load load)
    {
        var access = AccessOf(load);
        var element = _loaded is not null && _loaded.TryGetValue(access, out var loaded) ? loaded
            : $"{_scope.Arguments[access.Argument]}[{_index.Address(access)}]";
        return _scope.IsInteger(access.Argument) ? element : "(int)" + element;
    }

    private string Inside(Access access)
    {
        var text = _index.Condition(access);
        if (_conditions.TryGetValue(text, out var name)) return name;
        name = _scope.Fresh("c");
        _writer.Line($"var {name} = {text};");
        return _conditions[text] = name;
    }

    private Access AccessOf(Load load) => _stages.First(s => s.Reads.ContainsKey(load)).Reads[load];

    private AffineIndex Reindexed(Expr.Random random) => _stages[0].Reindex(random.Counter);

    // Positions and sizes compare as integers: exactly, whatever their size.
    private bool IsInteger(Expr e) => e is IndexOf or SizeOf || e is Const c && c.Value == Math.Floor(c.Value) && Math.Abs(c.Value) < int.MaxValue
        || e is Load l && AccessOf(l) is { Guards.Count: 0 } access && _scope.IsInteger(access.Argument);

    private string Integer(Expr e) => e switch
    {
        IndexOf i => _index.Of(_stages[0].Reindex(i.Index)),
        SizeOf s => _scope.Size(s.Axis),
        Const c => Literals.Int((long)c.Value),
        Load l => Element(l),
        _ => throw new InvalidOperationException("Not an integer: " + e),
    };

    private static string Unary(UnaryKind kind, string x) => kind switch
    {
        UnaryKind.Neg => "-" + (x.StartsWith("-", StringComparison.Ordinal) ? "(" + x + ")" : x),
        UnaryKind.Abs => $"IntrinsicMath.Abs({x})",
        UnaryKind.Exp or UnaryKind.Log or UnaryKind.Sqrt or UnaryKind.Sin or UnaryKind.Cos or UnaryKind.Floor => $"XMath.{kind}({x})",
        _ => $"KernelMath.{kind}({x})",
    };

    private string Binary(BinaryNode b)
    {
        // Against a number, which is the second of the two, one comparison is enough to pass NaN on.
        if (b is { Kind: BinaryKind.Max or BinaryKind.Min, A: not Const, B: Const { Value: not double.NaN } })
        {
            if (b.A is not Local && !_named.ContainsKey(b.A)) Name(b.A);
            string x = Print(b.A), bound = Print(b.B);
            return $"Utilities.Select({x} {(b.Kind == BinaryKind.Max ? "<=" : ">=")} {bound}, {bound}, {x})";
        }
        string a = Print(b.A), c = Print(b.B);
        return b.Kind switch
        {
            BinaryKind.Add => $"({a} + {c})",
            BinaryKind.Sub => $"({a} - {c})",
            BinaryKind.Mul => $"({a} * {c})",
            BinaryKind.Div => $"({a} / {c})",
            BinaryKind.Pow => $"XMath.Pow({a}, {c})",
            _ => $"KernelMath.{b.Kind}({a}, {c})",
        };
    }

    private void Name(Expr e)
    {
        while (e is Stop or Surrogate) e = e is Stop s ? s.X : ((Surrogate)e).Value;
        if (e is Const or Local || _named.ContainsKey(e)) return;
        var text = Text(e);
        var name = _scope.Fresh("t");
        _writer.Line($"var {name} = {text};");
        _named[e] = name;
    }

    private static string Sign(CompareKind kind) => kind switch
    {
        CompareKind.Greater => ">",
        CompareKind.GreaterOrEqual => ">=",
        CompareKind.Less => "<",
        CompareKind.LessOrEqual => "<=",
        _ => "==",
    };

    public static string Number(double value)
    {
        if (double.IsNaN(value)) return "float.NaN";
        if (value > float.MaxValue) return "float.PositiveInfinity";
        if (value < float.MinValue) return "float.NegativeInfinity";
        return ((float)value).ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "f";
    }
}
