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

/// <summary>Prints a transform: a driver that loops over tiles, and a method that multiplies a tile by the matrices, first along one axis, then along the
/// other, for a vector of the last axis at a time.</summary>
/// <remarks>Inputs outside the tensor are read at the nearest place inside and masked away, so that no tile needs a branch.</remarks>
internal sealed class TransformEmitter
{
    private readonly CodeWriter _writer;
    private readonly KernelEntry _entry;
    private readonly TransformPlan _plan;
    private readonly Isa _isa;

    private readonly TransformSchedule _schedule;

    private TransformEmitter(CodeWriter writer, KernelEntry entry, TransformSchedule schedule) =>
        (_writer, _entry, _schedule, _plan, _isa) = (writer, entry, schedule, schedule.Plan, Isa.Of(schedule.Target));

    public static void Emit(CpuText text, KernelEntry entry, string parameters, IReadOnlyList<TransformSchedule> schedules)
    {
        CpuEmitter.Wrapper(text.Steps, entry, parameters, schedules.Select(s => (Isa.Of(s.Target), Tasks(s))).ToList());
        foreach (var schedule in schedules) new TransformEmitter(text.Kernels(schedule.Target), entry, schedule).Emit();
    }

    private static string Tasks(TransformSchedule schedule)
    {
        var (points, chunk) = (schedule.Points, schedule.Chunk);
        return !points.PerSample ? Text((points.Factor + chunk - 1) / chunk) : chunk == 1 ? Scope.Size(points)
            : $"({Scope.Size(points)} + {Text(chunk - 1)}) / {Text(chunk)}";
    }

    private void Emit()
    {
        var whole = _plan.Lanes / _isa.Width * _isa.Width;
        var rest = _plan.Lanes - whole;
        _writer.Line();
        CpuEmitter.TileHeader(_writer, _entry, _schedule, Tasks(_schedule));
        var chunk = _schedule.Chunk;
        _writer.Line(chunk == 1 ? "int first = tile, last = tile + 1;"
            : $"int first = tile * {Text(chunk)}, last = Math.Min(first + {Text(chunk)}, {Scope.Size(_schedule.Points)});");
        _writer.Block("for (int t = first; t < last; t++)", () =>
        {
            // The second of the two loops changes fastest.
            var shared = _schedule.SharedLoops;
            string Start(int level, string index) =>
                $"int {Name(_plan.Loops[level])} = {index}{(_plan.StepOf(_plan.Loops[level]) == 1 ? "" : $" * {Text(_plan.StepOf(_plan.Loops[level]))}")};";
            if (shared == 1) _writer.Line(Start(0, "t"));
            else _writer.Line($"{Start(0, $"t / {Text(TransformSchedule.Groups(_plan, _plan.Loops[1]))}")} "
                + $"{Start(1, $"t % {Text(TransformSchedule.Groups(_plan, _plan.Loops[1]))}")}");
            Loop(shared);
        });
        _writer.Close();
        if (whole > 0) Tile("Tile", whole, _isa.Width);
        if (rest > 0) Tile("Rest", whole, rest);

        void Loop(int level)
        {
            if (level == _plan.Loops.Count)
            {
                if (whole > 0) _writer.Line($"{MethodName("Tile")}({Given(false)});");
                if (rest > 0) _writer.Line($"{MethodName("Rest")}({Given(false)});");
                return;
            }
            var variable = _plan.Loops[level];
            var step = _plan.StepOf(variable);
            var name = Name(variable);
            _writer.Block($"for (int {name} = 0; {name} < {Scope.Size(_plan.Kernel.Outer[variable])}; {(step == 1 ? name + "++" : $"{name} += {Text(step)}")})",
                () => Loop(level + 1));
        }
    }

    private string MethodName(string part) => $"{_entry.Name}_{_isa.Suffix}_{part}";

    private string Given(bool declared) =>
        string.Join(", ", _entry.Arguments
        .Select((a, k) => (declared ? _entry.Kernel.Arguments[k].Element == Graphs.ElementType.I32 ? "int* " : "float* " : "") + a)
        .Append((declared ? "int " : "") + "n").Concat(_plan.Loops.Select(v => (declared ? "int " : "") + Name(v)))
        .Concat(UsesRandom ? new[] { (declared ? "Arguments* " : "") + "a" } : Array.Empty<string>()));

    private bool UsesRandom => _plan.Epilogue.Any(s => s.Stage.Expression.Has(e => e is Expr.Random));

    // The vectors from 0 up to the whole ones, or the one of which only the first lanes count.
    private void Tile(string part, int whole, int lanes)
    {
        _writer.Line();
        _writer.Line("[@MethodImpl(MethodImplOptions.NoInlining)]");
        _writer.Open($"private static void {MethodName(part)}({Given(true)})");
        var corner = Enumerable.Range(0, _plan.Kernel.Outer.Count).Select(j => _plan.Loops.Contains(j) ? Name(j) : "0").ToArray();
        _writer.Line($"float* A = {_entry.Arguments[_plan.Data.Node]} + ({DataStart(corner)});");
        Guards(corner);
        var pointers = new Dictionary<Access, string>();
        var scope = new Scope(corner, _entry.Arguments, k => _entry.Kernel.Arguments[k].Element == Graphs.ElementType.I32);
        foreach (var access in _plan.Epilogue.SelectMany(s => s.Accesses).Distinct())
        {
            pointers[access] = "p" + Text(pointers.Count);
            var linear = scope.Linear(access, Enumerable.Range(0, corner.Length));
            _writer.Line($"{(scope.IsInteger(access.Argument) ? "int" : "float")}* {pointers[access]} = "
                + $"{_entry.Arguments[access.Argument]}{(linear.Length == 0 ? "" : " + (" + linear + ")")};");
        }
        if (lanes == _isa.Width) _writer.Block($"for (int c = 0; c < {Text(whole)}; c += {Text(_isa.Width)})", () => Vector(corner, pointers, lanes));
        else
        {
            _writer.Line($"const int c = {Text(whole)};");
            Vector(corner, pointers, lanes);
        }
        _writer.Close();
    }

    // Where the first input of the tile lies: all variables but the lanes, at the tile's corner.
    private string DataStart(string[] corner)
    {
        var argument = _entry.Kernel.Arguments[_plan.Data.Node];
        var terms = new List<string>();
        long offset = 0;
        for (var d = 0; d < _plan.Data.Index.Count; d++)
        {
            var (index, stride) = (_plan.Data.Index[d], argument.Strides[d]);
            if (index.Divisor != 1)
            {
                terms.Add($"({Position(index, corner)}) / {Text(index.Divisor)} * {Text(stride)}L");
                continue;
            }
            offset += (long)index.Offset * stride;
            for (var j = 0; j < corner.Length; j++)
                if (index.Coefficients[j] != 0 && corner[j] != "0") terms.Add($"{corner[j]} * {Text((long)index.Coefficients[j] * stride)}L");
        }
        if (offset != 0 || terms.Count == 0) terms.Add(Text(offset));
        return string.Join(" + ", terms).Replace("+ -", "- ");
    }

    private static string Position(AffineIndex index, string[] corner, int more = 0)
    {
        var terms = corner.Select((name, j) => (name, c: index.Coefficients[j])).Where(t => t.c != 0 && t.name != "0")
            .Select(t => t.c == 1 ? t.name : $"{t.name} * {Text(t.c)}").ToList();
        if (index.Offset + more != 0 || terms.Count == 0) terms.Add(Text(index.Offset + more));
        return string.Join(" + ", terms).Replace("+ -", "- ");
    }

    // For each input that may lie outside: whether it does, and the place inside it is read from instead.
    private void Guards(string[] corner)
    {
        var argument = _entry.Kernel.Arguments[_plan.Data.Node];
        foreach (var axis in _plan.Axes)
        {
            var (index, size) = (_plan.Data.Index[axis.Dimension], Scope.Size(argument.Shape[axis.Dimension]));
            for (var r = 0; r < axis.Inputs; r++)
            {
                if (!_plan.IsGuarded(axis, r)) continue;
                var position = Position(index, corner, index.Coefficients[axis.Inner] * r);
                var name = Guard(axis, r);
                _writer.Line($"int at{name} = (Math.Clamp({position}, 0, {size} - 1) - ({Position(index, corner)})) * "
                    + $"{Text(argument.Strides[axis.Dimension])};");
                var inside = $"(uint)({position}) < (uint){size}";
                _writer.Line(_isa.IsScalar ? $"bool in{name} = {inside};" : $"var in{name} = Vector{_isa.Suffix}.Create({inside} ? -1 : 0).AsSingle();");
            }
        }
    }

    private string Guard(TransformAxis axis, int input) => Text(axis.Inner) + "_" + Text(input);

    private string Input(IReadOnlyList<int> inputs)
    {
        var (moves, masks, offset) = (new List<string>(), new List<string>(), 0L);
        for (var t = 0; t < inputs.Count; t++)
        {
            var axis = _plan.Axes[t];
            if (!_plan.IsGuarded(axis, inputs[t])) offset += inputs[t] * _plan.InputStride(axis);
            else
            {
                moves.Add("at" + Guard(axis, inputs[t]));
                masks.Add("in" + Guard(axis, inputs[t]));
            }
        }
        var index = string.Join(" + ", moves.Append("c").Concat(offset == 0 ? Array.Empty<string>() : new[] { Text(offset) })).Replace("+ -", "- ");
        var load = _isa.Load("A", index);
        if (masks.Count == 0) return load;
        return _isa.IsScalar ? $"{string.Join(" && ", masks)} ? {load} : 0f" : $"{load} & {(masks.Count == 1 ? masks[0] : $"({string.Join(" & ", masks)})")}";
    }

    private void Vector(string[] corner, Dictionary<Access, string> pointers, int lanes)
    {
        var tile = ScopeAt(corner, pointers, new int[_plan.Axes.Count]);
        EpilogueWriter.Name(_writer, _isa, tile, _plan.Epilogue, _plan.LaneVariable,
            LoopInvariants.Along(_plan.Epilogue, _plan.Axes.Select(a => a.Outer).ToList(), keepsLocals: false), 0);
        if (_plan.Axes.Count == 1)
        {
            var axis = _plan.Axes[0];
            Inputs(axis, r => new[] { r }, "");
            MatrixProduct.Write(_writer, _isa, axis.Matrix, Names("d", axis.Inputs, ""), Names("r", axis.Group, ""), "e");
            for (var o = 0; o < axis.Group; o++) Result(tile, corner, pointers, lanes, new[] { o }, "r" + Text(o));
            return;
        }
        // Along the first axis for each position of the second, then along the second.
        var (first, second) = (_plan.Axes[0], _plan.Axes[1]);
        for (var j = 0; j < second.Inputs; j++)
        {
            var column = "_" + Text(j);
            Inputs(first, r => new[] { r, j }, column);
            MatrixProduct.Write(_writer, _isa, first.Matrix, Names("d", first.Inputs, column), Names("m", first.Group, column), $"e{Text(j)}_");
        }
        for (var o = 0; o < first.Group; o++)
        {
            var row = Text(o) + "_";
            MatrixProduct.Write(_writer, _isa, second.Matrix, Enumerable.Range(0, second.Inputs).Select(j => $"m{row}{Text(j)}").ToList(),
                Enumerable.Range(0, second.Group).Select(q => $"r{row}{Text(q)}").ToList(), $"o{row}");
            for (var q = 0; q < second.Group; q++) Result(tile, corner, pointers, lanes, new[] { o, q }, $"r{row}{Text(q)}");
        }
    }

    private static IReadOnlyList<string> Names(string letter, int count, string column) => Enumerable.Range(0, count)
        .Select(r => letter + Text(r) + column).ToList();

    private void Inputs(TransformAxis axis, Func<int, int[]> at, string column)
    {
        for (var r = 0; r < axis.Inputs; r++) _writer.Line($"var d{Text(r)}{column} = {Input(at(r))};");
    }

    // A place of the tile: how far it is from the corner along each axis of the transform.
    private Scope ScopeAt(string[] corner, Dictionary<Access, string> pointers, int[] place)
    {
        var offsets = corner.Select((_, j) => j == _plan.LaneVariable ? "c" : "0").ToArray();
        var positions = corner.ToArray();
        positions[_plan.LaneVariable] = "c";
        for (var t = 0; t < place.Length; t++)
        {
            var outer = _plan.Axes[t].Outer;
            if (place[t] == 0) continue;
            offsets[outer] = Text(place[t]);
            positions[outer] = corner[outer] == "0" ? Text(place[t]) : $"({corner[outer]} + {Text(place[t])})";
        }
        var scope = new Scope(offsets, _entry.Arguments, k => _entry.Kernel.Arguments[k].Element == Graphs.ElementType.I32) { Positions = positions };
        foreach (var p in pointers) scope.Fold(p.Key, p.Value, Enumerable.Range(0, corner.Length).Where(j => offsets[j] == "0"));
        return scope;
    }

    private void Result(Scope tile, string[] corner, Dictionary<Access, string> pointers, int lanes, int[] place, string value)
    {
        var scope = ScopeAt(corner, pointers, place);
        // The last group of an axis that is no multiple of it.
        var conditions = place.Select((at, t) => (At: at, _plan.Axes[t].Outer, _plan.Axes[t].Group, Size: _plan.Kernel.Outer[_plan.Axes[t].Outer].Factor))
            .Where(p => p.At >= (p.Size % p.Group == 0 ? p.Group : p.Size % p.Group)).Select(p => $"{scope.Positions[p.Outer]} < {Text(p.Size)}").ToList();
        if (conditions.Count > 0) _writer.Open($"if ({string.Join(" && ", conditions)})");
        scope.Take(tile.Values);
        scope.Locals[_plan.Local] = value;
        EpilogueWriter.Write(_writer, _isa, scope, _plan.Epilogue, _plan.LaneVariable, lanes, value);
        if (conditions.Count > 0) _writer.Close();
    }

    private static string Name(int variable) => "i" + Text(variable);

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
