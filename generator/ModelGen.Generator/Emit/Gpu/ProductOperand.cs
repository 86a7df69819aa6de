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
internal sealed class ProductOperand
{
    private readonly GpuScope _scope;
    private readonly LoopKernel _loop;
    private readonly IReadOnlyList<Axis> _inner;
    private readonly IReadOnlyList<int> _batch, _kVariables;
    private readonly Access _access;
    private readonly Expr.Load _load;
    private readonly ProductSchedule _schedule;
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
    private string _copies = "", _at = "", _position = "", _limit = "", _write = "";

    /// <param name="rows">The outer variables that number the rows.</param>
    /// <param name="batch">The outer variables that number whole products.</param>
    /// <param name="isA">Whether its rows are those of the result; else they are its columns.</param>
    public ProductOperand(GpuScope scope, LoopKernel loop, Expr.Load load, IReadOnlyList<int> rows, IReadOnlyList<int> batch, Extent extent, ProductSchedule schedule, bool isA)
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

    /// <summary>Floats from one step of k to the next in shared memory: whole rows of a tile, and so many more that the stores of a warp fall into different banks.</summary>
    public int Line => Tile + (!RowsFast ? 4 : _width == 4 || Lanes == 32 ? 0 : 16);

    /// <summary>Floats of one of the two stages in shared memory.</summary>
    public int StageFloats => Depth * Line;

    private int Depth => _schedule.Depth;

    // Copies along the fast direction that threads share, before the next of the other.
    private int Lanes => RowsFast ? ProductSchedule.Threads / Depth : Depth / _width;

    // From a row that a thread copies to the next, in rows of memory or in copies.
    private int RowStep => RowsFast ? Lanes : ProductSchedule.Threads / Lanes;

    private int RowsPerThread => Tile * Depth / ProductSchedule.Threads / _width;

    private int RowWidth => RowsFast ? _width : 1;

    private int KWidth => RowsFast ? 1 : _width;

    // Copies of a step along k.
    private int DepthInCopies => Depth / KWidth;

    private bool IsLinear => _walked.Count == 1 && _access.IsPlainAlong(_walked[0].Variable);

    // True where all threads turn to the next run of k in the same step: then each adds its own place to its rows, once.
    private bool IsUniform => _walked[_walked.Count - 1] is var (axis, variable) && axis.Factor % DepthInCopies == 0 && _access.IsPlainAlong(variable);

    // True where the thread's rows lie one after the other at the same distance: then they are numbers behind the first.
    private bool RowsAreEven => Variables.Count == 1 && Extent.IsMultipleOf(Tile) && _access.Guards.Count == 0 && _access.Special.Count == 0 && _access.Strides[Variables[0]] > 0;

    private IEnumerable<int> OuterVariables => Enumerable.Range(0, _loop.StepAxes).Concat(Variables).Concat(_batch);

    /// <summary>Before the loop: the rows and the place along k that this thread copies.</summary>
    /// <param name="origin">The first row of the tile.</param>
    /// <param name="batch">A name for each batch variable.</param>
    /// <param name="first">The first k of this group, a multiple of the depth; "0" but for parts of k.</param>
    /// <param name="last">Behind the last k of this group.</param>
    /// <param name="isWhole">True where every step is whole and there is at least one.</param>
    /// <param name="leader">The other factor, where that is prepared already.</param>
    public void Prepare(CodeWriter writer, string origin, IReadOnlyList<string> batch, string first, string last, bool isWhole, ProductOperand? leader = null)
    {
        if (leader is { IsLinear: false, IsUniform: true } && !IsLinear && IsUniform && leader._walked.Select(w => w.Variable).SequenceEqual(_walked.Select(w => w.Variable))) _leader = leader;
        var view = _scope.Arguments[_access.Argument];
        _copies = view;
        if (_width == 4)
        {
            _copies = Named(view + "By4");
            // Both factors may be the same tensor.
            if (leader?._copies != _copies) writer.Line($"var {_copies} = {view}.Cast<Float4>();");
        }
        string inTile = Fresh("Row"), along = Fresh("K");
        var (fast, slow) = (GpuScope.Remainder("thread", Lanes), GpuScope.Quotient("thread", Lanes));
        writer.Line($"var {inTile} = {(RowsFast ? fast : slow)};");
        writer.Line($"var {along} = {(RowsFast ? slow : fast)};");
        var start = first == "0" ? "" : KWidth == 1 ? first : GpuScope.Quotient(first, KWidth);
        var own = start.Length == 0 ? along : $"{start} + {along}";
        if (!isWhole) _limit = Limit(writer, last);
        for (var q = 0; q < (RowsAreEven ? 1 : RowsPerThread); q++) _rows.Add(Row(writer, origin, batch, inTile, along, q));
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
            _walk = PositionWalk.Start(writer, _scope, IsUniform ? (start.Length == 0 ? "0" : start) : own, _walked.Select(w => w.Axis).ToList(), DepthInCopies, _name + "At");
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
        _write = Fresh("To");
        var place = RowsFast && _width == 4 ? $"{along} * {Extent.Number(Line / 4)} + {inTile}" : $"{along} * {Extent.Number(Line * KWidth)} + {inTile}";
        writer.Line($"var {_write} = {place};");
    }

    /// <summary>In the loop: moves on by one step of k.</summary>
    /// <param name="isNext">C# that is true while there is a further step.</param>
    public void Advance(CodeWriter writer, string isNext)
    {
        if (IsLinear)
        {
            var amount = Extent.Number((long)DepthInCopies * Stride(_walked[0].Variable));
            // Without a limit the last step is copied again, which costs no branch.
            writer.Line(_limit.Length > 0 ? $"{_at} += {amount};" : $"{_at} += Utilities.Select({isNext}, {amount}, 0);");
        }
        else
        {
            _walk?.Advance(writer);
        }
        if (_limit.Length > 0 && _position != _at) writer.Line($"{_position} += {Extent.Number(DepthInCopies)};");
    }

    /// <summary>Reads the thread's elements of the step into values.</summary>
    /// <param name="prefix">Begins their names.</param>
    /// <param name="isNext">What must hold for there to be such a step; empty where there is one.</param>
    public void Fetch(CodeWriter writer, string prefix, string isNext)
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
        var conditions = new List<string>();
        if (_limit.Length > 0) conditions.Add($"({_position} < {_limit})");
        else if (isNext.Length > 0 && !IsLinear && _rows.All(r => r.IsInside.Length == 0) && _access.Guards.Count == 0 && _access.Special.Count == 0)
        {
            // Behind the last step the first is copied again, which costs no branch.
            var name = Fresh("Step");
            writer.Line($"var {name} = Utilities.Select({isNext}, {inK}, 0);");
            inK = name;
        }
        else if (isNext.Length > 0 && !IsLinear) conditions.Add(isNext);
        var parts = _access.Guards.Select(g => OfK(writer, index, g.Index, _rows.Count)).ToList();
        var quotients = _access.Special.Select(s => OfK(writer, index, s.Index, _rows.Count)).ToList();
        var distance = (long)RowStep * InCopies.Strides[Variables[Variables.Count - 1]];
        if (RowsAreEven && conditions.Count == 0 && RowsPerThread > 1)
        {
            var from = prefix + "From" + _name.ToUpperInvariant();
            writer.Line($"var {from} = {_copies}.SubView({Sum(_rows[0].Start, inK)}, {Extent.Number((RowsPerThread - 1) * distance + 1)});");
            for (var q = 0; q < RowsPerThread; q++) writer.Line($"var {prefix}{_name.ToUpperInvariant()}{Extent.Number(q)} = {(_scope.IsInteger(_access.Argument) ? "(float)" : "")}{from}[{Extent.Number(q * distance)}];");
            return;
        }
        for (var q = 0; q < RowsPerThread; q++)
        {
            var row = _rows[RowsAreEven ? 0 : q];
            var all = conditions.ToList();
            if (row.IsInside.Length > 0) all.Add(row.IsInside);
            for (var g = 0; g < _access.Guards.Count; g++)
            {
                if (parts[g] is not { } part) continue;
                var numerator = Numerator(writer, row.Guards[g], part, _access.Guards[g].Index.Divisor);
                all.Add(index.Condition(_access.Guards[g], numerator));
            }
            var address = Sum(row.Start, inK);
            if (RowsAreEven && q > 0) address += " + " + Extent.Number(q * distance);
            for (var s = 0; s < _access.Special.Count; s++)
            {
                if (quotients[s] is not { } part) continue;
                var special = _access.Special[s];
                var numerator = Numerator(writer, row.Special[s], part, special.Index.Divisor);
                address += " + " + Times(Parenthesised(GpuIndex.Quotient(numerator, special.Index.Divisor)), special.Stride / _width);
            }
            var value = prefix + _name.ToUpperInvariant() + Extent.Number(q);
            var element = $"{_copies}[{address}]";
            if (_scope.IsInteger(_access.Argument)) element = "(float)" + element;
            if (all.Count == 0)
            {
                writer.Line($"var {value} = {element};");
                continue;
            }
            // One predicated load: what lies outside is not touched.
            var outside = GpuExpression.Number(_load.Fill);
            if (_load.Fill != 0 && conditions.Count > 0) outside = $"Utilities.Select({conditions[0]}, {outside}, 0f)";
            writer.Line(_width == 4 ? $"var {value} = default(Float4);" : $"var {value} = {outside};");
            writer.Line($"if {(all.Count == 1 && all[0][0] == '(' ? all[0] : "(" + string.Join(" & ", all) + ")")} {value} = {element};");
        }
    }

    /// <summary>Stores the values of a fetch to a stage in shared memory.</summary>
    /// <param name="stage">C# of the stage's number, 0 or 1.</param>
    public void Store(CodeWriter writer, string prefix, string stage)
    {
        var isFour = RowsFast && _width == 4;
        var unit = isFour ? 4 : 1;
        var start = stage == "0" ? _write : $"{_write} + {stage} * {Extent.Number(StageFloats / unit)}";
        var to = prefix + "To" + _name.ToUpperInvariant();
        var length = ((RowsPerThread - 1) * RowStep) + (KWidth - 1) * Line + 1;
        writer.Line($"var {to} = tile{_name.ToUpperInvariant()}{(isFour ? "4" : "")}.SubView({start}, {Extent.Number(length)});");
        for (var q = 0; q < RowsPerThread; q++)
        {
            var value = prefix + _name.ToUpperInvariant() + Extent.Number(q);
            for (var e = 0; e < KWidth; e++)
                writer.Line($"{to}[{Extent.Number(q * RowStep + e * Line)}] = {value}{(KWidth == 1 ? "" : "." + "XYZW"[e])};");
        }
    }

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
    private LoadedRow Row(CodeWriter writer, string origin, IReadOnlyList<string> batch, string inTile, string along, int q)
    {
        var row = Fresh("Row");
        var from = RowWidth == 1 || origin == "0" ? origin : GpuScope.Quotient(origin, RowWidth);
        var text = Sum(from, q == 0 ? inTile : $"{inTile} + {Extent.Number(q * RowStep)}");
        var axes = Variables.Select(j => InCopiesOf(j, _loop.Outer[j])).ToList();
        var extent = Extent.Of(axes);
        writer.Line(Extent.IsMultipleOf(Tile) ? $"var {row} = {text};" : $"var {row} = IntrinsicMath.Min({text}, {_scope.Text(extent)} - 1);");
        var variables = Named(batch, _scope.Split(writer, row, axes, _name + "Row"));
        var index = new GpuIndex(_scope, variables, NoLookup);
        var address = index.Part(InCopies, OuterVariables);
        if (InCopies.Offset != 0) address += InCopies.Offset < 0 ? " - " + Extent.Number(-InCopies.Offset) : " + " + Extent.Number(InCopies.Offset);
        if (IsUniform) address = Sum(address, Times(along, Stride(_walked[_walked.Count - 1].Variable)));
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

    // Neighbours along the variable can be copied four at a time: they lie together, no border passes between them, and every other way leads to a multiple of four.
    private bool IsWide(int variable)
    {
        var axis = variable < _loop.Outer.Count ? _loop.Outer[variable] : _inner[variable - _loop.Outer.Count];
        return _access.Strides[variable] == 1 && axis.Factor % 4 == 0 && _access.IsPlainAlong(variable) && _load.Fill == 0
            && Enumerable.Range(0, _access.Strides.Count).All(j => j == variable || _access.Strides[j] % 4 == 0)
            && _access.Offset % 4 == 0 && _access.Special.All(s => s.Stride % 4 == 0)
            && !_scope.Based.Contains(_access.Argument) && !_scope.IsInteger(_access.Argument)
            && Tile * Depth >= 4 * ProductSchedule.Threads;
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

    private string Named(string name)
    {
        while (_scope.Arguments.Contains(name)) name += "_";
        return name;
    }

    private static string NoLookup(Expr.Load load) => throw new InvalidOperationException("A factor of a contraction is not gathered.");

    private static string Parenthesised(string text) => text.Contains(" ") ? "(" + text + ")" : text;

    private static string Times(string text, int stride) => stride == 1 ? text : stride == 0 ? "0" : $"{Parenthesised(text)} * {Extent.Number(stride)}";

    private static string Sum(string a, string b) => a == "0" ? b : b == "0" ? a : a + " + " + b;

    /// <summary>A row that a thread copies: where it starts, what must hold for all of it, and its part of the numerators of guards and quotients.</summary>
    private sealed record LoadedRow(string Start, string IsInside, IReadOnlyList<string> Guards, IReadOnlyList<string> Special);
}
