using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints kernels that only move data: rows copied with a border around them, and changes of layout.</summary>
/// <remarks>Every guard of the one read is a range of one variable, so that what lies inside is a box: it is copied whole, and the rest filled.</remarks>
internal sealed class CopyEmitter
{
    private readonly CodeWriter _writer;
    private readonly LoopKernel _loop;
    private readonly IReadOnlyList<string> _arguments;
    private readonly Expr.Load _load;
    private readonly Access _read;
    private readonly Access _store;

    private CopyEmitter(CodeWriter writer, LoopKernel loop, IReadOnlyList<string> arguments)
    {
        (_writer, _loop, _arguments) = (writer, loop, arguments);
        _load = (Expr.Load)loop.Stages[0].Stage.Expression;
        (_read, _store) = (loop.Stages[0].Reads[_load], loop.Stages[0].Store!);
    }

    /// <summary>The tile method's body, from <c>first</c> to <c>last</c> of the first outer axis.</summary>
    public static void EmitTile(CodeWriter writer, LoopKernel loop, CopyForm form, IReadOnlyList<string> arguments)
    {
        var emitter = new CopyEmitter(writer, loop, arguments);
        if (form.IsTransposed) emitter.Transposed(form.Row, form.Column);
        else emitter.Bordered();
    }

    private void Bordered()
    {
        var row = _loop.Outer.Count - 1;
        var (from, to) = Inside(row);
        Loops(new[] { row }, scope =>
        {
            _writer.Line($"var row = new Span<float>({Start(scope, _store, 0)}, {Text(Length(row))});");
            Guarded(scope, new[] { row }, () =>
            {
                if (from > 0) _writer.Line($"row.Slice(0, {Text(from)}){Fill};");
                if (to > from) _writer.Line($"new ReadOnlySpan<float>({Start(scope, _read, from)}, {Text(to - from)}).CopyTo(row.Slice({Text(from)}));");
                if (to < Length(row)) _writer.Line($"row.Slice({Text(Math.Max(to, 0))}){Fill};");
            }, () => _writer.Line($"row{Fill};"));
        });
    }

    // A plane: along the row the store is contiguous, along the column the read.
    private void Transposed(int row, int column)
    {
        var (rowFrom, rowTo) = Inside(row);
        var (columnFrom, columnTo) = Inside(column);
        var isWhole = rowFrom == 0 && rowTo == Length(row) && columnFrom == 0 && columnTo == Length(column);
        Loops(new[] { row, column }, scope =>
        {
            var target = Start(scope, _store, 0);
            // A range of tasks may be a range of the plane.
            string Count(int axis, int from, int to) => axis == 0 ? "last - first" : Text(to - from);
            void Clear() => _writer.Line(
                $"for (int j = 0; j < {Count(column, 0, Length(column))}; j++) new Span<float>({target} + j * {Text(_store.Strides[column])}, "
                    + $"{Count(row, 0, Length(row))}){Fill};");
            Guarded(scope, new[] { row, column }, () =>
            {
                if (!isWhole) Clear();
                var (into, from) = (Start(scope, _store, (long)rowFrom + (long)columnFrom * _store.Strides[column]),
                    Start(scope, _read, (long)rowFrom * _read.Strides[row] + columnFrom));
                _writer.Line($"Transposition.Copy({from}, {Count(row, rowFrom, rowTo)}, {Text(_read.Strides[row])}, {Count(column, columnFrom, columnTo)}, "
                    + $"{into}, {Text(_store.Strides[column])});");
            }, Clear);
        });
    }

    private string Fill => _load.Fill == 0 ? ".Clear()" : $".Fill({Literals.Float(_load.Fill)})";

    private int Length(int variable) => _loop.Outer[variable].Factor;

    private (int From, int To) Inside(int variable)
    {
        int from = 0, to = Length(variable);
        foreach (var guard in _read.Guards.Where(g => g.Index.DependsOn(variable)))
        {
            from = Math.Max(from, -guard.Index.Offset);
            to = Math.Min(to, guard.Size.Factor - guard.Index.Offset);
        }
        from = Math.Min(from, Length(variable));
        return (from, Math.Max(from, to));
    }

    // Loops over all variables but some, which stand at their first position.
    private void Loops(IReadOnlyList<int> without, Action<Scope> body)
    {
        var names = Enumerable.Range(0, _loop.Outer.Count)
            .Select(j => without.Contains(j) ? j == 0 && without.Count > 1 ? "first" : "0" : "i" + Text(j)).ToArray();
        void Level(int level)
        {
            if (level == names.Length) body(new Scope(names, _arguments, _ => false));
            else if (without.Contains(level)) Level(level + 1);
            else
            {
                var (from, to) = level == 0 ? ("first", "last") : ("0", Scope.Size(_loop.Outer[level]));
                _writer.Block($"for (int {names[level]} = {from}; {names[level]} < {to}; {names[level]}++)", () => Level(level + 1));
            }
        }
        if (without.Count == 1 && without[0] == 0) _writer.Block("if (first == 0)", () => Level(0));
        else Level(0);
    }

    private void Guarded(Scope scope, IReadOnlyList<int> except, Action inside, Action outside)
    {
        var others = _read with { Guards = _read.Guards.Where(g => !except.Any(g.Index.DependsOn)).ToEquatableArray() };
        if (others.Guards.Count == 0)
        {
            inside();
            return;
        }
        _writer.Block($"if ({scope.Condition(others)})", inside);
        _writer.Block("else", outside);
    }

    private string Start(Scope scope, Access access, long offset)
    {
        var linear = scope.Linear(access with { Offset = access.Offset + offset }, Enumerable.Range(0, _loop.Outer.Count));
        return _arguments[access.Argument] + (linear.Length == 0 ? "" : " + (" + linear + ")");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
