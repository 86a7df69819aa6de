using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints a kernel as plain loops: maps, reductions, rows. One tile method for an instruction set; a tile is a range of the first outer
/// axis.</summary>
internal sealed partial class LoopEmitter
{
    private readonly LoopSchedule _schedule;
    private readonly LoopKernel _loop;
    private readonly Isa _isa;
    private readonly LoopForm _form;
    private readonly CodeWriter _writer;
    private readonly IReadOnlyList<string> _arguments;
    private readonly string[] _outer;
    private int _names;

    private LoopEmitter(LoopSchedule schedule, CodeWriter writer, IReadOnlyList<string> arguments)
    {
        (_schedule, _loop, _form, _writer, _arguments) = (schedule, schedule.Loop, schedule.Form, writer, arguments);
        _isa = schedule.IsDouble ? Isa.Double : Isa.Of(schedule.Target);
        _outer = Enumerable.Range(0, _loop.Outer.Count).Select(j => "i" + j.ToString(CultureInfo.InvariantCulture)).ToArray();
    }

    /// <summary>The body of a tile method, from <c>first</c> (inclusive) to <c>last</c> (exclusive) of the first outer axis.</summary>
    public static void EmitTile(CodeWriter writer, LoopSchedule schedule, IReadOnlyList<string> arguments)
    {
        if (schedule.Copy is { } copy) CopyEmitter.EmitTile(writer, schedule.Loop, copy, arguments);
        else new LoopEmitter(schedule, writer, arguments).Outer(0);
    }

    private void Outer(int level)
    {
        if (level < _loop.StepAxes)
        {
            _writer.Line($"int {_outer[level]} = a->Step;");
            Outer(level + 1);
            return;
        }
        if (level == _outer.Length)
        {
            Point(_isa, -1, new[] { ScopeAt() }, "");
            return;
        }
        if (_form == LoopForm.Pairs && level == _outer.Length - 2)
        {
            Pairs(level);
            return;
        }
        var variable = _outer[level];
        var (from, to) = level == _loop.StepAxes ? ("first", "last") : ("0", Scope.Size(_loop.Outer[level]));
        if (level < _outer.Length - 1 || _form != LoopForm.Outer)
        {
            _writer.Block($"for (int {variable} = {from}; {variable} < {to}; {variable}++)", () => Outer(level + 1));
            return;
        }
        var scope = ScopeAt();
        FoldOuter(scope, level);
        var strip = _schedule.VectorsAtOnce;
        var pairs = _schedule.IsInPairs ? _isa.Pairs : null;
        // Of one kind of vectors, those of most turns.
        if (_loop.Stages.All(s => s.Inner.Count == 0)) NameInvariants(_loop.Stages, pairs ?? _isa, scope, level, new[] { level }, keepsLocals: false);
        (int Vectors, Action Body)? several = pairs is not null ? (2, () => Point(pairs, level, new[] { scope.Copy() }, ""))
            : strip > 1 ? (strip, () => Point(_isa, level, Strip(strip, level, scope), "")) : null;
        Lanes(variable, from, to, _loop.Outer[level], level == _loop.StepAxes, count =>
            Point(_isa, level, new[] { pairs is null ? scope.Copy() : scope.WithoutValues() }, count), several);
    }

    // An axis cut into vectors: several of them where there is a form for those, whole ones, then one of which only the first lanes count.
    private void Lanes(string variable, string from, string to, Axis extent, bool ranged, Action<string> body, (int Vectors, Action Body)? several = null)
    {
        var isKnown = !ranged && !extent.PerSample;
        // Where there is one range, what of it is left; else what all ranges are multiples of.
        var left = extent.PerSample || !isKnown && _schedule.Chunk < extent.Factor ? -1 : extent.Factor;
        var multiple = extent.PerSample ? 1 : left >= 0 ? left : AffineIndex.GreatestCommonDivisor(_schedule.Chunk, extent.Factor);
        var isDeclared = false;
        bool LeavesSome(int lanes, Action vectors)
        {
            if (!extent.PerSample && extent.Factor < lanes || left >= 0 && left < lanes) return true;
            var isWhole = multiple % lanes == 0;
            if (isWhole && !isDeclared) _writer.Block($"for (int {variable} = {from}; {variable} < {to}; {variable} += {Text(lanes)})", vectors);
            else
            {
                if (!isDeclared) _writer.Line($"int {variable} = {from};");
                isDeclared = true;
                _writer.Block($"for (; {variable} <= {to} - {Text(lanes)}; {variable} += {Text(lanes)})", vectors);
            }
            if (left >= 0) left %= lanes;
            return !isWhole;
        }
        if (several is var (vectors, many) && !LeavesSome(vectors * _isa.Width, many)) return;
        if (!LeavesSome(_isa.Width, () => body("")) || left == 0) return;
        if (!isDeclared) _writer.Line($"int {variable} = {from};");
        if (isKnown) _writer.Block(null, () => body(Text(left)));
        else _writer.Block($"if ({variable} < {to})", () => body($"{to} - {variable}"));
    }

    private Scope ScopeAt(int inner = 0, IEnumerable<string>? outer = null) =>
        new((outer ?? _outer).Concat(Enumerable.Range(0, inner).Select(j => "j" + j.ToString(CultureInfo.InvariantCulture))).ToArray(), _arguments,
        a => _loop.Kernel.Arguments[a].Element == ElementType.I32);

    // Pointers that stand for everything but the outer axes from a level on.
    private void FoldOuter(Scope scope, int level)
    {
        if (level == 0) return;
        foreach (var access in _loop.Stages.Where(s => s.Inner.Count == 0).SelectMany(s => s.Accesses).Distinct())
            Fold(scope, access, Enumerable.Range(0, level));
    }

    // Two vectors of neighbours, stored element by element in turn.
    private void Pairs(int level)
    {
        var (variable, stage) = (_outer[level], _loop.Stages[0]);
        var folded = ScopeAt();
        FoldOuter(folded, level);
        var (from, to) = level == _loop.StepAxes ? ("first", "last") : ("0", Scope.Size(_loop.Outer[level]));
        Lanes(variable, from, to, _loop.Outer[level], level == _loop.StepAxes, count =>
        {
            var values = new List<string>();
            var pointer = "";
            for (var k = 1; k >= 0; k--)
            {
                var scope = folded.Copy(_outer.Take(level + 1).Append(Text(k)).ToArray());
                var value = new ExpressionWriter(_isa, scope, stage, level, _writer, "t" + Next() + "_").Write(stage.Stage.Expression);
                var name = "v" + Next();
                _writer.Line($"var {name} = {value};");
                values.Insert(0, name);
                var (start, index) = scope.Address(stage.Store!);
                pointer = start + (index.Length == 0 ? "" : " + " + index);
            }
            _writer.Line($"Lanes.StorePairs({values[0]}, {values[1]}, {pointer}, {(count.Length == 0 ? Text(_isa.Width) : count)});");
        });
    }

    private void Fold(Scope scope, Access access, IEnumerable<int> variables)
    {
        var over = variables.ToList();
        var linear = scope.Linear(access, over);
        if (linear.Length == 0 || over.All(j => access.Strides[j] == 0)) return;
        var name = _arguments[access.Argument] + "__" + Next();
        _writer.Line($"{(scope.IsInteger(access.Argument) ? "int" : _isa.Element)}* {name} = {_arguments[access.Argument]} + ({linear});");
        scope.Fold(access, name, over);
    }

    private string Next() => Text(_names++);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
