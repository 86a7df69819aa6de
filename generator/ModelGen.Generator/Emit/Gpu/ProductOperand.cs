using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
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
    private readonly LoopKernel _loop;
    private readonly IReadOnlyList<Axis> _inner;
    private readonly IReadOnlyList<int> _batch, _kVariables;
    private readonly Access _access;
    private readonly Expr.Load _load;
    private readonly TileSchedule _schedule;
    private readonly string _name;
    private readonly List<LoadedRow> _rows = new();

    // Elements of memory that a copy moves at once, one or four; the variable along which they are neighbours; positions along it count copies.
    private readonly int _width;
    private readonly int _wideVariable;

    // The axes of k that are not one run of memory, and for each the last variable of the kernel in it.
    private readonly IReadOnlyList<(Axis Axis, int Variable)> _walked;

    private PositionWalk? _walk;

    // The other factor, where its place along k is this one's too.
    private ProductOperand? _leader;
    private string _at = "", _position = "", _limit = "";

    /// <param name="rows">The outer variables that number the rows.</param>
    /// <param name="batch">The outer variables that number whole products.</param>
    /// <param name="isA">Whether its rows are those of the result; else they are its columns.</param>
    public ProductOperand(GpuScope scope, LoopKernel loop, Expr.Load load, IReadOnlyList<int> rows, IReadOnlyList<int> batch, Extent extent,
        TileSchedule schedule, bool isA)
    {
        (_scope, _loop, _load, _batch, _schedule) = (scope, loop, load, batch, schedule);
        (Variables, Extent, Tile, _name) = (rows, extent, isA ? schedule.TileM : schedule.TileN, isA ? "a" : "b");
        _inner = loop.Stages[0].Inner;
        _access = loop.Stages[0].Reads[load];
        _kVariables = Enumerable.Range(loop.Outer.Count, _inner.Count).ToList();
        int lastRow = rows[rows.Count - 1], lastK = _kVariables[_kVariables.Count - 1];
        bool rowsWide = IsWide(lastRow), kWide = IsWide(lastK);
        RowsFast = rowsWide != kWide ? rowsWide : IsRowsFast(lastRow, lastK);
        _width = rowsWide || kWide ? 4 : 1;
        _wideVariable = RowsFast ? lastRow : lastK;
        _walked = Runs();
    }

    /// <summary>The outer variables that number its rows.</summary>
    public IReadOnlyList<int> Variables { get; }

    public Extent Extent { get; }

    /// <summary>Rows of a tile.</summary>
    public int Tile { get; }

    /// <summary>True where neighbouring threads copy neighbouring rows, false where they copy neighbouring k.</summary>
    public bool RowsFast { get; }

    /// <summary>True where it is copied four floats at a time.</summary>
    public bool IsInFours => _width == 4;

    /// <summary>The argument of the kernel.</summary>
    public int Argument => _access.Argument;

    /// <summary>From a row that a thread copies to the next, in rows of memory or, along the fast direction, in copies.</summary>
    public int RowStep => RowsFast ? Lanes : _schedule.Threads / Lanes;

    /// <summary>Rows that a thread copies in each step.</summary>
    public int RowsPerThread => Tile * Depth / _schedule.Threads / _width;

    /// <summary>The thread's first row in the tile, in rows or copies; a name from <see cref="Prepare"/> on.</summary>
    public string InTile { get; private set; } = "";

    /// <summary>Its place along k in a step, in copies or one by one.</summary>
    public string Along { get; private set; } = "";

    /// <summary>Where the thread's rows start in memory, in copies: one for each, or one for all where they lie at even distances.</summary>
    public IReadOnlyList<string> Starts => _rows.Select(r => r.Start).ToList();

    private int Depth => _schedule.Depth;

    // Copies along the fast direction that threads share, before the next of the other.
    private int Lanes => RowsFast ? _schedule.Threads / Depth : Depth / _width;

    private int RowWidth => RowsFast ? _width : 1;

    private int KWidth => RowsFast ? 1 : _width;

    // Copies of a step along k.
    private int DepthInCopies => Depth / KWidth;

    private bool IsLinear => _walked.Count == 1 && _access.IsPlainAlong(_walked[0].Variable);

    // True where all threads turn to the next run of k in the same step: then each adds its own place to its rows, once.
    private bool IsUniform => _walked[_walked.Count - 1] is var (axis, variable) && axis.Factor % DepthInCopies == 0 && _access.IsPlainAlong(variable);

    // True where the thread's rows lie one after the other at the same distance: then they are numbers behind the first.
    private bool RowsAreEven => Variables.Count == 1 && Extent.IsMultipleOf(Tile) && _access.Guards.Count == 0 && _access.Special.Count == 0
        && _access.Strides[Variables[0]] > 0;

    private IEnumerable<int> OuterVariables => Enumerable.Range(0, _loop.StepAxes).Concat(Variables).Concat(_batch);

    /// <summary>Before the loop: the rows and the place along k that this thread copies.</summary>
    /// <param name="origin">The first row of the tile.</param>
    /// <param name="batch">A name for each batch variable.</param>
    /// <param name="range">What of k the group goes through.</param>
    /// <param name="leader">The other factor, where that is prepared already.</param>
    public void Prepare(CodeWriter writer, string origin, IReadOnlyList<string> batch, StepRange range, ProductOperand? leader = null)
    {
        if (leader is { IsLinear: false, IsUniform: true } && !IsLinear && IsUniform
            && leader._walked.Select(w => w.Variable).SequenceEqual(_walked.Select(w => w.Variable))) _leader = leader;
        (InTile, Along) = (Fresh("Row"), Fresh("K"));
        var (fast, slow) = (GpuScope.Remainder("thread", Lanes), GpuScope.Quotient("thread", Lanes));
        writer.Line($"var {InTile} = {(RowsFast ? fast : slow)};");
        writer.Line($"var {Along} = {(RowsFast ? slow : fast)};");
        var start = range.First == "0" ? "" : KWidth == 1 ? range.First : GpuScope.Quotient(range.First, KWidth);
        var own = start.Length == 0 ? Along : $"{start} + {Along}";
        if (!range.IsWhole) _limit = Limit(writer, range.Last);
        for (var q = 0; q < (RowsAreEven ? 1 : RowsPerThread); q++) _rows.Add(Row(writer, origin, batch, q));
        var variable = _walked[_walked.Count - 1].Variable;
        if (IsLinear)
        {
            _at = Fresh("At");
            var stride = Stride(variable);
            var from = IsUniform ? (start.Length == 0 ? "0" : Times(start, stride)) : Times(own, stride);
            writer.Line($"var {_at} = {from};");
        }
        else if (_leader is null)
        {
            _walk = PositionWalk.Start(writer, _scope, IsUniform ? (start.Length == 0 ? "0" : start)
                : own, _walked.Select(w => w.Axis).ToList(), DepthInCopies, _name + "At");
        }
        if (_limit.Length > 0 && IsLinear && !IsUniform && Stride(variable) == 1)
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
        if (IsLinear)
        {
            var amount = Extent.Number((long)DepthInCopies * Stride(_walked[0].Variable));
            // Without a limit the last step is copied again, which costs no branch.
            writer.Line(_limit.Length > 0 || isNext.Length == 0 ? $"{_at} += {amount};" : $"{_at} += Utilities.Select({isNext}, {amount}, 0);");
        }
        else
        {
            _walk?.Advance(writer);
        }
        if (_limit.Length > 0 && _position != _at) writer.Line($"{_position} += {Extent.Number(DepthInCopies)};");
    }

    /// <summary>In the loop: where in memory the thread's copies of the step lie, in copies behind <see cref="Starts"/>, and what must hold for each.</summary>
    /// <param name="isNext">What must hold for there to be such a step; empty where there is one.</param>
    public IReadOnlyList<LocatedCopy> Locate(CodeWriter writer, string isNext) => Located(writer, StepOf(writer, isNext)).ToList();

    /// <summary>Variables of a kernel for a row.</summary>
    public string[] Named(IReadOnlyList<string> batch, IReadOnlyList<string> rows)
    {
        // What the operand does not depend on has no stride: any name will do.
        var variables = Enumerable.Repeat("0", _loop.Outer.Count + _inner.Count).ToArray();
        if (_loop.StepAxes > 0) variables[0] = _scope.Step;
        for (var v = 0; v < batch.Count; v++) variables[_batch[v]] = batch[v];
        for (var v = 0; v < rows.Count; v++) variables[Variables[v]] = rows[v];
        return variables;
    }

    // The position along one of the walked axes, in copies.
    private string Digit(int axis)
    {
        if (_leader is null) return _walk!.Variables[axis];
        var (own, its) = (IsCopies(axis), _leader.IsCopies(axis));
        var digit = _leader.Digit(axis);
        return own == its ? digit : own ? GpuScope.Quotient(digit, 4) : digit + " * 4";
    }

    private bool IsCopies(int axis) => _width == 4 && _walked[axis].Variable == _wideVariable;

    // The rows of a tile that the thread copies, clamped to the operand: what a row past the end contributes is not stored.
    private LoadedRow Row(CodeWriter writer, string origin, IReadOnlyList<string> batch, int q)
    {
        var row = Fresh("Row");
        var from = RowWidth == 1 || origin == "0" ? origin : GpuScope.Quotient(origin, RowWidth);
        var text = Sum(from, q == 0 ? InTile : $"{InTile} + {Extent.Number(q * RowStep)}");
        var axes = Variables.Select(j => InCopiesOf(j, _loop.Outer[j])).ToList();
        var extent = Extent.Of(axes);
        writer.Line(Extent.IsMultipleOf(Tile) ? $"var {row} = {text};" : $"var {row} = IntrinsicMath.Min({text}, {_scope.Text(extent)} - 1);");
        var variables = Named(batch, _scope.Split(writer, row, axes, _name + "Row"));
        var index = new GpuIndex(_scope, variables, NoLookup);
        var address = index.Part(InCopies, OuterVariables);
        if (InCopies.Offset != 0) address += InCopies.Offset < 0 ? " - " + Extent.Number(-InCopies.Offset) : " + " + Extent.Number(InCopies.Offset);
        if (IsUniform) address = Sum(address, Times(Along, Stride(_walked[_walked.Count - 1].Variable)));
        if (_scope.Based.Contains(_access.Argument)) address = Sum(address, _scope.BaseOf(_access.Argument));
        var guards = new List<string>();
        var inside = new List<string>();
        foreach (var guard in _access.Guards)
        {
            var part = OfRow(writer, index, guard.Index);
            guards.Add(part);
            if (!DependsOnK(guard.Index)) inside.Add(index.Condition(guard, part));
        }
        var special = new List<string>();
        foreach (var term in _access.Special)
        {
            var part = OfRow(writer, index, term.Index);
            special.Add(part);
            if (!DependsOnK(term.Index)) address += " + " + Times(Parenthesised(GpuIndex.Quotient(part, term.Index.Divisor)), term.Stride / _width);
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
        if (int.TryParse(last, out var count)) return Extent.Number(count / KWidth);
        if (KWidth == 1 && !last.Contains(" ")) return last;
        var name = Fresh("Last");
        writer.Line($"var {name} = {(KWidth == 1 ? last : GpuScope.Quotient(Parenthesised(last), KWidth))};");
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
        var text = index.Part(of, _kVariables, 0);
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

    private bool DependsOnK(AffineIndex index) => _kVariables.Any(index.DependsOn);

    // Neighbours along the variable can be copied four at a time: they lie together, no border passes between them, and every other way leads to a multiple of
    // four.
    private bool IsWide(int variable)
    {
        var axis = variable < _loop.Outer.Count ? _loop.Outer[variable] : _inner[variable - _loop.Outer.Count];
        return _access.Strides[variable] == 1 && axis.Factor % 4 == 0 && _access.IsPlainAlong(variable) && _load.Fill == 0
            && Enumerable.Range(0, _access.Strides.Count).All(j => j == variable || _access.Strides[j] % 4 == 0)
            && _access.Offset % 4 == 0 && _access.Special.All(s => s.Stride % 4 == 0)
            && !_scope.Based.Contains(_access.Argument) && !_scope.IsInteger(_access.Argument)
            && Tile * Depth >= 4 * _schedule.Threads;
    }

    // Where both directions are contiguous, the longer one.
    private bool IsRowsFast(int lastRow, int lastK)
    {
        if (_access.Strides[lastK] != 1) return true;
        return _access.Strides[lastRow] == 1 && Extent.Of(new[] { _loop.Outer[lastRow] }).Typical > Extent.Of(new[] { _inner[_inner.Count - 1] }).Typical;
    }

    // Neighbouring axes of k along which the operand lies in one run are one.
    private IReadOnlyList<(Axis, int)> Runs()
    {
        var runs = new List<(Axis Axis, int Variable)>();
        for (var k = 0; k < _inner.Count; k++)
        {
            var variable = _kVariables[k];
            var axis = _inner[k];
            if (runs.Count > 0 && runs[runs.Count - 1] is var (before, at) && !axis.PerSample && _access.IsPlainAlong(at) && _access.IsPlainAlong(variable)
                && _access.Strides[at] == (long)_access.Strides[variable] * axis.Factor && (long)before.Factor * axis.Factor <= int.MaxValue)
            {
                runs[runs.Count - 1] = (new Axis(before.Factor * axis.Factor, before.PerSample), variable);
                continue;
            }
            runs.Add((axis, variable));
        }
        return runs.Select(r => (InCopiesOf(r.Variable, r.Axis), r.Variable)).ToList();
    }

    private Axis InCopiesOf(int variable, Axis axis) => _width == 4 && variable == _wideVariable ? new Axis(axis.Factor / 4, axis.PerSample) : axis;

    private int Stride(int variable) => InCopies.Strides[variable];

    // Addresses in copies instead of floats.
    private Access InCopies => _width == 1 ? _access : _access with
    {
        Offset = _access.Offset / 4,
        Strides = _access.Strides.Select((s, j) => j == _wideVariable ? 1 : s / 4).ToEquatableArray(),
    };

    private string Fresh(string what) => _scope.Fresh(_name + what);

    private static string NoLookup(Expr.Load load) => throw new InvalidOperationException("A factor of a contraction is not gathered.");

    private static string Parenthesised(string text) => text.Contains(" ") ? "(" + text + ")" : text;

    private static string Times(string text, int stride) => stride == 1 ? text : stride == 0 ? "0" : $"{Parenthesised(text)} * {Extent.Number(stride)}";

    private static string Sum(string a, string b) => a == "0" ? b : b == "0" ? a : a + " + " + b;

    // What a step has in common for all rows.
    private StepOfK StepOf(CodeWriter writer, string isNext)
    {
        var known = new string[_loop.Outer.Count + _inner.Count];
        for (var j = 0; j < known.Length; j++) known[j] = "0";
        if (!IsLinear)
            for (var w = 0; w < _walked.Count; w++) known[_walked[w].Variable] = Digit(w);
        var index = new GpuIndex(_scope, known, NoLookup);
        var inK = _at;
        if (!IsLinear)
        {
            inK = index.Part(InCopies, _kVariables);
            if (_rows.Count > 1 && inK.Contains(" "))
            {
                var name = Fresh("Step");
                writer.Line($"var {name} = {inK};");
                inK = name;
            }
        }
        var condition = "";
        if (_limit.Length > 0) condition = $"({_position} < {_limit})";
        else if (isNext.Length > 0 && !IsLinear && _rows.All(r => r.IsInside.Length == 0) && _access.Guards.Count == 0 && _access.Special.Count == 0)
        {
            // Behind the last step the first is copied again, which costs no branch.
            var name = Fresh("Step");
            writer.Line($"var {name} = Utilities.Select({isNext}, {inK}, 0);");
            inK = name;
        }
        else if (isNext.Length > 0 && !IsLinear) condition = isNext;
        var guards = _access.Guards.Select(g => OfK(writer, index, g.Index, _rows.Count)).ToList();
        return new(index, inK, condition, guards, _access.Special.Select(s => OfK(writer, index, s.Index, _rows.Count)).ToList());
    }

    private IEnumerable<LocatedCopy> Located(CodeWriter writer, StepOfK step)
    {
        for (var q = 0; q < RowsPerThread; q++)
        {
            var row = _rows[RowsAreEven ? 0 : q];
            var conditions = new List<string>();
            if (step.Condition.Length > 0) conditions.Add(step.Condition);
            if (row.IsInside.Length > 0) conditions.Add(row.IsInside);
            for (var g = 0; g < _access.Guards.Count; g++)
            {
                if (step.Guards[g] is not { } part) continue;
                var numerator = Numerator(writer, row.Guards[g], part, _access.Guards[g].Index.Divisor);
                conditions.Add(step.Index.Condition(_access.Guards[g], numerator));
            }
            var offset = step.InK;
            for (var s = 0; s < _access.Special.Count; s++)
            {
                if (step.Special[s] is not { } part) continue;
                var special = _access.Special[s];
                var numerator = Numerator(writer, row.Special[s], part, special.Index.Divisor);
                offset = Sum(offset, Times(Parenthesised(GpuIndex.Quotient(numerator, special.Index.Divisor)), special.Stride / _width));
            }
            var condition = string.Join(" & ", conditions);
            if (conditions.Count > 1 || conditions.Count == 1 && condition[0] != '(') condition = "(" + condition + ")";
            yield return new(row.Start, offset, RowsAreEven ? q * RowDistance : 0, condition);
        }
    }

    // From a row that a thread copies to the next, where they lie at even distances.
    private long RowDistance => (long)RowStep * InCopies.Strides[Variables[Variables.Count - 1]];

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
