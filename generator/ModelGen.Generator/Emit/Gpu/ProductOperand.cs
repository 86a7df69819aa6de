using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One factor of a product as rows of elements along k: which of a step's elements a thread copies from memory to the tile in shared memory, and
/// the text that does it.</summary>
/// <remarks>Neighbouring threads copy neighbouring elements, four at a time where the rows of memory allow it. A thread keeps to one place along k and
/// takes several rows, so what depends on k is computed once a step and what depends on a row once in all.</remarks>
internal sealed partial class ProductOperand
{
    private readonly GpuScope _scope;
    private readonly OperandCopy _copy;
    private readonly IReadOnlyList<int> _batch;
    private readonly string _name;
    private readonly List<LoadedRow> _rows = new();
    private PositionWalk? _walk;

    // The other factor, where its place along k is this one's too.
    private ProductOperand? _leader;
    private string _at = "", _position = "", _limit = "";

    /// <param name="copy">What is copied by which thread.</param>
    /// <param name="batch">The outer variables that number whole products.</param>
    /// <param name="name">Begins the names of what belongs to it.</param>
    public ProductOperand(GpuScope scope, OperandCopy copy, IReadOnlyList<int> batch, string name) =>
        (_scope, _copy, _batch, _name) = (scope, copy, batch, name);

    /// <summary>What is copied by which thread.</summary>
    public OperandCopy Copy => _copy;

    /// <summary>The thread's first row in the tile, in rows or copies; a name from <see cref="Prepare"/> on.</summary>
    public string InTile { get; private set; } = "";

    /// <summary>Its place along k in a step, in copies or one by one.</summary>
    public string Along { get; private set; } = "";

    /// <summary>Where the thread's rows start in memory, in copies: one for each, or one for all where they lie at even distances.</summary>
    public IReadOnlyList<string> Starts => _rows.Select(r => r.Start).ToList();

    private LoopKernel Loop => _copy.Loop;

    private Access Access => _copy.Access;

    private IReadOnlyList<(Axis Axis, int Variable)> Runs => _copy.Runs;

    private IEnumerable<int> OuterVariables => Enumerable.Range(0, Loop.StepAxes).Concat(_copy.Rows).Concat(_batch);

    /// <summary>Before the loop: the rows and the place along k that this thread copies.</summary>
    /// <param name="origin">The first row of the tile.</param>
    /// <param name="batch">A name for each batch variable.</param>
    /// <param name="range">What of k the group goes through.</param>
    /// <param name="leader">The other factor, where that is prepared already.</param>
    public void Prepare(CodeWriter writer, string origin, IReadOnlyList<string> batch, StepRange range, ProductOperand? leader = null)
    {
        if (leader is { _copy.IsLinear: false, _copy.IsUniform: true } && !_copy.IsLinear && _copy.IsUniform
            && leader.Runs.Select(w => w.Variable).SequenceEqual(Runs.Select(w => w.Variable))) _leader = leader;
        (InTile, Along) = (Fresh("Row"), Fresh("K"));
        var (fast, slow) = (GpuScope.Remainder("thread", _copy.Lanes), GpuScope.Quotient("thread", _copy.Lanes));
        writer.Line($"var {InTile} = {(_copy.RowsFast ? fast : slow)};");
        writer.Line($"var {Along} = {(_copy.RowsFast ? slow : fast)};");
        var start = range.First == "0" ? "" : _copy.KWidth == 1 ? range.First : GpuScope.Quotient(range.First, _copy.KWidth);
        var own = start.Length == 0 ? Along : $"{start} + {Along}";
        if (!range.IsWhole) _limit = Limit(writer, range.Last);
        for (var q = 0; q < (_copy.RowsAreEven ? 1 : _copy.RowsPerThread); q++) _rows.Add(Row(writer, origin, batch, q));
        var variable = Runs[Runs.Count - 1].Variable;
        if (_copy.IsLinear)
        {
            _at = Fresh("At");
            var stride = Stride(variable);
            var from = _copy.IsUniform ? (start.Length == 0 ? "0" : Times(start, stride)) : Times(own, stride);
            writer.Line($"var {_at} = {from};");
        }
        else if (_leader is null)
        {
            _walk = PositionWalk.Start(writer, _scope, _copy.IsUniform ? (start.Length == 0 ? "0" : start)
                : own, Runs.Select(w => w.Axis).ToList(), _copy.DepthInCopies, _name + "At");
        }
        if (_limit.Length > 0 && _copy.IsLinear && !_copy.IsUniform && Stride(variable) == 1)
        {
            _position = _at;
        }
        else if (_limit.Length > 0)
        {
            _position = Fresh("At");
            writer.Line($"var {_position} = {own};");
        }
    }

    /// <summary>In the loop: moves on by one step of k.</summary>
    /// <param name="isNext">C# that is true while there is a further step; empty where what is behind the last is not read.</param>
    public void Advance(CodeWriter writer, string isNext)
    {
        if (_copy.IsLinear)
        {
            var amount = Literals.Int((long)_copy.DepthInCopies * Stride(Runs[0].Variable));
            // Without a limit the last step is copied again, which costs no branch.
            writer.Line(_limit.Length > 0 || isNext.Length == 0 ? $"{_at} += {amount};" : $"{_at} += Utilities.Select({isNext}, {amount}, 0);");
        }
        else
        {
            _walk?.Advance(writer);
        }
        if (_limit.Length > 0 && _position != _at) writer.Line($"{_position} += {Literals.Int(_copy.DepthInCopies)};");
    }

    /// <summary>In the loop: where in memory the thread's copies of the step lie, in copies behind <see cref="Starts"/>, and what must hold for each.</summary>
    /// <param name="isNext">What must hold for there to be such a step; empty where there is one.</param>
    public IReadOnlyList<LocatedCopy> Locate(CodeWriter writer, string isNext) => Located(writer, StepOf(writer, isNext)).ToList();

    /// <summary>Variables of a kernel for a row.</summary>
    public string[] Named(IReadOnlyList<string> batch, IReadOnlyList<string> rows)
    {
        // What the operand does not depend on has no stride: any name will do.
        var variables = Enumerable.Repeat("0", Loop.Outer.Count + _copy.KVariables.Count).ToArray();
        if (Loop.StepAxes > 0) variables[0] = _scope.Step;
        for (var v = 0; v < batch.Count; v++) variables[_batch[v]] = batch[v];
        for (var v = 0; v < rows.Count; v++) variables[_copy.Rows[v]] = rows[v];
        return variables;
    }

    // The position along one of the walked axes, in copies.
    private string Digit(int axis)
    {
        if (_leader is null) return _walk!.Variables[axis];
        var (own, its) = (_copy.IsInCopies(axis), _leader._copy.IsInCopies(axis));
        var digit = _leader.Digit(axis);
        return own == its ? digit : own ? GpuScope.Quotient(digit, 4) : digit + " * 4";
    }

    // The rows of a tile that the thread copies, clamped to the operand: what a row past the end contributes is not stored.
    private LoadedRow Row(CodeWriter writer, string origin, IReadOnlyList<string> batch, int q)
    {
        var row = Fresh("Row");
        var from = _copy.RowWidth == 1 || origin == "0" ? origin : GpuScope.Quotient(origin, _copy.RowWidth);
        var text = Sum(from, q == 0 ? InTile : $"{InTile} + {Literals.Int(q * _copy.RowStep)}");
        var axes = _copy.Rows.Select(j => _copy.InCopiesOf(j, Loop.Outer[j])).ToList();
        var extent = Extent.Of(axes);
        writer.Line(_copy.Extent.IsMultipleOf(_copy.Tile) ? $"var {row} = {text};" : $"var {row} = IntrinsicMath.Min({text}, {_scope.Text(extent)} - 1);");
        var variables = Named(batch, _scope.Split(writer, row, axes, _name + "Row"));
        var index = new GpuIndex(_scope, variables, NoLookup);
        var address = index.Part(_copy.InCopies, OuterVariables);
        if (_copy.InCopies.Offset is not 0 and var offset) address += offset < 0 ? " - " + Literals.Int(-offset) : " + " + Literals.Int(offset);
        if (_copy.IsUniform) address = Sum(address, Times(Along, Stride(Runs[Runs.Count - 1].Variable)));
        if (_scope.Based.Contains(Access.Argument)) address = Sum(address, _scope.BaseOf(Access.Argument));
        var guards = new List<string>();
        var inside = new List<string>();
        foreach (var guard in Access.Guards)
        {
            var part = OfRow(writer, index, guard.Index);
            guards.Add(part);
            if (!DependsOnK(guard.Index)) inside.Add(index.Condition(guard, part));
        }
        var special = new List<string>();
        foreach (var term in Access.Special)
        {
            var part = OfRow(writer, index, term.Index);
            special.Add(part);
            if (!DependsOnK(term.Index)) address += " + " + Times(Parenthesised(GpuIndex.Quotient(part, term.Index.Divisor)), term.Stride / _copy.Width);
        }
        var start = Fresh("From");
        writer.Line($"var {start} = {address};");
        var isInside = "";
        if (inside.Count > 0)
        {
            isInside = _scope.Fresh("c");
            writer.Line($"var {isInside} = {string.Join(" & ", inside)};");
        }
        return new(start, isInside, guards, special);
    }

    private string Limit(CodeWriter writer, string last)
    {
        if (int.TryParse(last, out var count)) return Literals.Int(count / _copy.KWidth);
        if (_copy.KWidth == 1 && !last.Contains(" ")) return last;
        var name = Fresh("Last");
        writer.Line($"var {name} = {(_copy.KWidth == 1 ? last : GpuScope.Quotient(Parenthesised(last), _copy.KWidth))};");
        return name;
    }

    private string OfRow(CodeWriter writer, GpuIndex index, AffineIndex of)
    {
        var text = index.Part(of, OuterVariables, of.Offset);
        if (!text.Contains(" ")) return text;
        var name = Fresh("In");
        writer.Line($"var {name} = {text};");
        return name;
    }

    // What k contributes to a numerator; null where it has no part in it.
    private string? OfK(CodeWriter writer, GpuIndex index, AffineIndex of, int uses)
    {
        if (!DependsOnK(of)) return null;
        var text = index.Part(of, _copy.KVariables, 0);
        if (uses == 1 || !text.Contains(" ")) return text;
        var name = Fresh("Step");
        writer.Line($"var {name} = {text};");
        return name;
    }

    private string Numerator(CodeWriter writer, string row, string k, int divisor)
    {
        var sum = Sum(row, k);
        if (divisor == 1) return sum;
        var name = Fresh("In");
        writer.Line($"var {name} = {sum};");
        return name;
    }

    private bool DependsOnK(AffineIndex index) => _copy.KVariables.Any(index.DependsOn);

    private int Stride(int variable) => _copy.InCopies.Strides[variable];

    private string Fresh(string what) => _scope.Fresh(_name + what);

    private static string NoLookup(Expr.Load load) => throw new InvalidOperationException("A factor of a contraction is not gathered.");

    private static string Parenthesised(string text) => text.Contains(" ") ? "(" + text + ")" : text;

    private static string Times(string text, int stride) => stride == 1 ? text : stride == 0 ? "0" : $"{Parenthesised(text)} * {Literals.Int(stride)}";

    private static string Sum(string a, string b) => a == "0" ? b : b == "0" ? a : a + " + " + b;

    // What a step has in common for all rows.
    private StepOfK StepOf(CodeWriter writer, string isNext)
    {
        var known = new string[Loop.Outer.Count + _copy.KVariables.Count];
        for (var j = 0; j < known.Length; j++) known[j] = "0";
        if (!_copy.IsLinear)
            for (var w = 0; w < Runs.Count; w++) known[Runs[w].Variable] = Digit(w);
        var index = new GpuIndex(_scope, known, NoLookup);
        var inK = _at;
        if (!_copy.IsLinear)
        {
            inK = index.Part(_copy.InCopies, _copy.KVariables);
            if (_rows.Count > 1 && inK.Contains(" "))
            {
                var name = Fresh("Step");
                writer.Line($"var {name} = {inK};");
                inK = name;
            }
        }
        var condition = "";
        if (_limit.Length > 0) condition = $"({_position} < {_limit})";
        else if (isNext.Length > 0 && !_copy.IsLinear && _rows.All(r => r.IsInside.Length == 0) && Access.Guards.Count == 0 && Access.Special.Count == 0)
        {
            // Behind the last step the first is copied again, which costs no branch.
            var name = Fresh("Step");
            writer.Line($"var {name} = Utilities.Select({isNext}, {inK}, 0);");
            inK = name;
        }
        else if (isNext.Length > 0 && !_copy.IsLinear) condition = isNext;
        var guards = Access.Guards.Select(g => OfK(writer, index, g.Index, _rows.Count)).ToList();
        return new(index, inK, condition, guards, Access.Special.Select(s => OfK(writer, index, s.Index, _rows.Count)).ToList());
    }

    private IEnumerable<LocatedCopy> Located(CodeWriter writer, StepOfK step)
    {
        for (var q = 0; q < _copy.RowsPerThread; q++)
        {
            var row = _rows[_copy.RowsAreEven ? 0 : q];
            var conditions = new List<string>();
            if (step.Condition.Length > 0) conditions.Add(step.Condition);
            if (row.IsInside.Length > 0) conditions.Add(row.IsInside);
            for (var g = 0; g < Access.Guards.Count; g++)
            {
                if (step.Guards[g] is not { } part) continue;
                var numerator = Numerator(writer, row.Guards[g], part, Access.Guards[g].Index.Divisor);
                conditions.Add(step.Index.Condition(Access.Guards[g], numerator));
            }
            var offset = step.InK;
            for (var s = 0; s < Access.Special.Count; s++)
            {
                if (step.Special[s] is not { } part) continue;
                var special = Access.Special[s];
                var numerator = Numerator(writer, row.Special[s], part, special.Index.Divisor);
                offset = Sum(offset, Times(Parenthesised(GpuIndex.Quotient(numerator, special.Index.Divisor)), special.Stride / _copy.Width));
            }
            var condition = string.Join(" & ", conditions);
            if (conditions.Count > 1 || conditions.Count == 1 && condition[0] != '(') condition = "(" + condition + ")";
            yield return new(row.Start, offset, _copy.RowsAreEven ? q * _copy.RowDistance : 0, condition);
        }
    }

    /// <summary>A row that a thread copies: where it starts, what must hold for all of it, and its part of the numerators of guards and quotients.</summary>
    private sealed record LoadedRow(string Start, string IsInside, IReadOnlyList<string> Guards, IReadOnlyList<string> Special);

    /// <summary>What the rows of a step have in common: its part of the address, what must hold for it, and its part of the numerators of guards and
    /// quotients.</summary>
    private sealed record StepOfK(GpuIndex Index, string InK, string Condition, IReadOnlyList<string?> Guards, IReadOnlyList<string?> Special);
}

/// <summary>One copy of a thread.</summary>
/// <param name="Start">Where its row starts, in copies.</param>
/// <param name="Offset">What the step adds.</param>
/// <param name="Distance">What the row adds, where rows lie at even distances and have one start.</param>
/// <param name="Condition">C# that must hold for it to be read, in parentheses; empty where it always is.</param>
internal sealed record LocatedCopy(string Start, string Offset, long Distance, string Condition);
