using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using static ModelGen.Generator.Expressions.Expr;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints scalar expressions as C# of an instruction set; what occurs twice becomes a named value.</summary>
internal sealed class ExpressionWriter
{
    private readonly Isa _isa;
    private readonly Scope _scope;
    private readonly LoopStage _stage;
    private readonly int _vectorVariable;
    private readonly CodeWriter _writer;
    private readonly string _prefix;
    private readonly Dictionary<Expr, string> _named = new();
    private Occurrences _expected = null!, _stages = null!;

    /// <param name="vectorVariable">The iteration variable that runs over the lanes, or -1.</param>
    /// <param name="prefix">Begins the names of intermediate values.</param>
    public ExpressionWriter(Isa isa, Scope scope, LoopStage stage, int vectorVariable, CodeWriter writer, string prefix)
    {
        (_isa, _scope, _stage, _vectorVariable, _writer, _prefix) = (isa, scope, stage, vectorVariable, writer, prefix);
        _scope.Lookup = l =>
        {
            var access = Read(l);
            var (pointer, index) = _scope.Address(access);
            return $"{pointer}[{(index.Length == 0 ? "0" : index)}]";
        };
    }

    /// <summary>The stages whose reads occur, where several share a loop.</summary>
    public IReadOnlyList<LoopStage>? Stages { get; set; }

    /// <summary>True where values of earlier stages are single numbers and this expression is a vector.</summary>
    public bool LocalsAreScalar { get; set; }

    /// <summary>How many lanes count, as C#, where that is known only at run time; empty for all of them. Only those are read.</summary>
    public string Lanes { get; set; } = "";

    /// <summary>Writes the named intermediate values and returns the expressions themselves.</summary>
    public IReadOnlyList<string> Write(IReadOnlyList<Expr> roots)
    {
        Expect(roots);
        return roots.Select(Next).ToList();
    }

    /// <summary>Says which expressions will be written one after the other, so that what several of them contain is named at its first use.</summary>
    public void Expect(IEnumerable<Expr> roots)
    {
        _expected = new(roots, _scope.Values);
        // What is one instruction must not depend on what has a name at this place, or tiles of other sizes would round otherwise.
        _stages = new((Stages ?? new[] { _stage }).Select(s => s.Stage.Expression));
    }

    /// <summary>Writes the next of the expected expressions.</summary>
    public string Next(Expr root) => Print(root);

    public string Write(Expr root) => Write(new[] { root })[0];

    /// <summary>Writes each expression as a named value, which from here on stands for it in the scope.</summary>
    public void NameAll(IReadOnlyList<Expr> roots)
    {
        Expect(roots);
        foreach (var root in roots.Where(r => !_scope.Values.ContainsKey(r)))
        {
            var text = Print(root);
            _scope.Values[root] = _named.TryGetValue(root, out var known) ? known : Name(root, text);
        }
    }

    private string Print(Expr e)
    {
        if (_named.TryGetValue(e, out var known) || _scope.Values.TryGetValue(e, out known)) return known;
        var text = Form(e);
        return _expected.IsShared(e) ? Name(e, text) : text;
    }

    private string Name(Expr e, string text)
    {
        var name = _prefix + _named.Count.ToString(CultureInfo.InvariantCulture);
        _writer.Line($"var {name} = {text};");
        return _named[e] = name;
    }

    private string Form(Expr e)
    {
        switch (e)
        {
            case Const c: return _isa.Constant(c.Value);
            case SizeOf s: return _isa.Broadcast($"({_isa.Element}){Scope.Size(s.Axis)}");
            case Local l: return LocalsAreScalar ? _isa.Broadcast(_scope.Locals[l.Id]) : _scope.Locals[l.Id];
            case IndexOf i:
                {
                    var index = _stage.Reindex(i.Index);
                    var step = _vectorVariable >= 0 ? index.Coefficients[_vectorVariable] : 0;
                    var position = _scope.Index(index);
                    return step == 0 || _isa.IsScalar ? _isa.Broadcast($"({_isa.Element})({position})") : _isa.Sequence(position, step);
                }
            case Expr.Random r:
                {
                    var counter = _stage.Reindex(r.Counter);
                    var step = _vectorVariable >= 0 ? counter.Coefficients[_vectorVariable] : 0;
                    return _isa.Random(_scope.Index(counter), step, $"a->Seed * 0x9E3779B1u + {r.Stream.ToString(CultureInfo.InvariantCulture)}u");
                }
            case Load l: return OfLoad(l);
            case UnaryNode u: return _isa.Unary(u.Kind, Print(u.X));
            case BinaryNode a when _stages.Fused(a) is { } m: return _isa.MultiplyAdd(Print(m.A), Print(m.B), Print(ReferenceEquals(m, a.A) ? a.B : a.A));
            case BinaryNode b: return _isa.Binary(b.Kind, Print(b.A), Print(b.B), bIsNumber: b.B is Const { Value: not double.NaN });
            case SelectNode s:
                {
                    var scalar = IsScalarCondition(s.Condition);
                    var condition = scalar ? ScalarCondition(s.Condition) : Condition(s.Condition);
                    return scalar ? $"({condition} ? {Print(s.Then)} : {Print(s.Else)})" : _isa.Select(condition, Print(s.Then), Print(s.Else));
                }
            default: throw new InvalidOperationException("Cannot print " + e.GetType().Name);
        }
    }

    private Access Read(Load load)
    {
        if (_stage.Reads.TryGetValue(load, out var access)) return access;
        return Stages!.First(s => s.Reads.ContainsKey(load)).Reads[load];
    }

    private string OfLoad(Load load)
    {
        var access = Read(load);
        var (pointer, index) = _scope.Address(access);
        var stride = _vectorVariable < 0 ? 0 : access.Strides[_vectorVariable];
        string value;
        if (_isa.IsScalar || stride == 0)
        {
            var element = $"{pointer}[{(index.Length == 0 ? "0" : index)}]";
            value = _isa.Broadcast(_scope.IsInteger(access.Argument) ? $"({_isa.Element}){element}" : element);
        }
        else if (stride == 2) value = $"Lanes.Even{_isa.Suffix}({pointer}{(index.Length == 0 ? "" : " + " + index)})";
        else if (_scope.IsInteger(access.Argument)) value = _isa.LoadInteger(pointer, index);
        else value = Lanes.Length == 0 ? _isa.Load(pointer, index)
            : $"Simd.LoadPartial{_isa.Suffix}({pointer}{(index.Length == 0 ? "" : " + " + index)}, {Lanes})";
        return access.Guards.Count == 0 ? value : $"({_scope.Condition(access)} ? {value} : {_isa.Constant(load.Fill)})";
    }

    // A condition that is the same for all lanes: where a read lies inside.
    private bool IsScalarCondition(Expr e) => e is Valid || e is Both b && IsScalarCondition(b.A) && IsScalarCondition(b.B) || _isa.IsScalar;

    private string ScalarCondition(Expr e) => e switch
    {
        Valid v => _scope.Condition(Read(v.Of)),
        Both b => ScalarCondition(b.A) + " && " + ScalarCondition(b.B),
        Compare c => _isa.Compare(c.Kind, Print(c.A), Print(c.B)),
        _ => throw new InvalidOperationException("Not a truth value: " + e),
    };

    private string Condition(Expr e) => e switch
    {
        Compare c => _isa.Compare(c.Kind, Print(c.A), Print(c.B)),
        Both b => _isa.And(Condition(b.A), Condition(b.B)),
        Valid v => $"({_scope.Condition(Read(v.Of))} ? {_isa.Type}.AllBitsSet : {_isa.Type}.Zero)",
        _ => throw new InvalidOperationException("Not a truth value: " + e),
    };
}
