using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints a kernel as plain loops: maps, reductions, rows. One tile method for an instruction set; a tile is a range of the first outer axis.</summary>
internal sealed class LoopEmitter
{
    // Scalar operations that make a tile worth handing to another thread: some microseconds.
    private const long WorkPerTile = 60_000;

    // Each such read becomes some instructions, and the JIT inlines only so many.
    private const int MostPartial = 6;

    // Positions of a window that are written out one after the other: a loop over so few costs more than what is done in it.
    private const int MostWrittenOut = 4;

    private readonly LoopKernel _loop;
    private readonly Isa _isa;
    private readonly LoopForm _form;
    private readonly CodeWriter _writer;
    private readonly IReadOnlyList<string> _arguments;
    private readonly string[] _outer;
    private int _names;

    private LoopEmitter(LoopKernel loop, Isa isa, LoopForm form, CodeWriter writer, IReadOnlyList<string> arguments)
    {
        (_loop, _isa, _form, _writer, _arguments) = (loop, isa, form, writer, arguments);
        _outer = Enumerable.Range(0, loop.Outer.Count).Select(j => "i" + j.ToString(CultureInfo.InvariantCulture)).ToArray();
    }

    /// <summary>Points of the first outer axis in one tile.</summary>
    public static int Chunk(LoopKernel loop)
    {
        if (loop.Outer.Count == loop.StepAxes) return 1;
        long work = 0;
        foreach (var stage in loop.Stages)
            work += stage.Inner.Aggregate(1L, (p, a) => p * a.Typical) * Math.Max(1, stage.Stage.Expression.SelfAndDescendants().Count());
        work *= loop.Outer.Skip(1 + loop.StepAxes).Aggregate(1L, (p, a) => p * a.Typical);
        var chunk = Math.Max(1, WorkPerTile / Math.Max(1, work));
        // Lanes run over this axis: a tile is whole vectors of them.
        if (CopyEmitter.Layouts(loop) is var (row, column) && (row == 0 || column == 0)) return (int)Math.Min((chunk + 15) / 16 * 16, int.MaxValue / 2);
        if (loop.Outer.Count == 1 + loop.StepAxes && (chunk >= 64 || LoopForms.Choose(loop, Isa.Avx512.Width) == LoopForm.Outer)) chunk = Math.Max(chunk / 64 * 64, StripForm.LeastLanes(loop, loop.StepAxes));
        return (int)Math.Min(chunk, int.MaxValue / 2);
    }

    /// <summary>The body of a tile method, from <c>first</c> (inclusive) to <c>last</c> (exclusive) of the first outer axis.</summary>
    public static void EmitTile(CodeWriter writer, LoopKernel loop, Isa isa, IReadOnlyList<string> arguments)
    {
        // In double precision the loops say what the formula says and no more.
        var form = isa == Isa.Double ? LoopForm.Scalar : LoopForms.Choose(loop, isa.Width);
        if (form == LoopForm.Copy) CopyEmitter.EmitTile(writer, loop, arguments);
        else new LoopEmitter(loop, isa, form, writer, arguments).Outer(0);
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
            Point(_isa, -1, ScopeAt(), "");
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
        var strip = StripForm.Vectors(_loop, _isa, level);
        (int Vectors, Action Body)? several = _isa.Pairs is { } pairs && PairForm.Fits(_loop, _loop.Stages, level) ? (2, () => Point(pairs, level, scope.Copy(), ""))
            : strip > 1 ? (strip, () => Strip(strip, level, scope)) : null;
        Lanes(variable, from, to, _loop.Outer[level], level == _loop.StepAxes, count => Point(_isa, level, scope.Copy(), count), several);
    }

    // An axis cut into vectors: several of them where there is a form for those, whole ones, then one of which only the first lanes count.
    private void Lanes(string variable, string from, string to, Axis extent, bool ranged, Action<string> body, (int Vectors, Action Body)? several = null)
    {
        var isKnown = !ranged && !extent.PerSample;
        // Where there is one range, what of it is left; else what all ranges are multiples of.
        var left = extent.PerSample || !isKnown && Chunk(_loop) < extent.Factor ? -1 : extent.Factor;
        var multiple = extent.PerSample ? 1 : left >= 0 ? left : AffineIndex.GreatestCommonDivisor(Chunk(_loop), extent.Factor);
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

    private Scope ScopeAt(int inner = 0, IEnumerable<string>? outer = null) => new((outer ?? _outer).Concat(Enumerable.Range(0, inner).Select(j => "j" + j.ToString(CultureInfo.InvariantCulture))).ToArray(), _arguments,
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

    // All stages for one point of the outer iteration, or for a vector of neighbouring points.
    private void Point(Isa isa, int lanes, Scope outer, string count)
    {
        for (var s = 0; s < _loop.Stages.Count; s++)
        {
            var stage = _loop.Stages[s];
            if (stage.Stage is ReduceStage)
            {
                var together = new List<LoopStage> { stage };
                while (s + 1 < _loop.Stages.Count && CanShareLoop(together, _loop.Stages[s + 1])) together.Add(_loop.Stages[++s]);
                Reduce(together, isa, lanes, new[] { outer });
            }
            else if (stage.Inner.Count > 0) Rows(stage, isa, lanes, outer, count);
            else
            {
                var run = new List<LoopStage> { stage };
                while (s + 1 < _loop.Stages.Count && _loop.Stages[s + 1] is { Stage: not ReduceStage, Inner.Count: 0 }) run.Add(_loop.Stages[++s]);
                Singles(run, _form == LoopForm.Inner ? Isa.Scalar : isa, lanes, outer, count);
            }
        }
    }

    // Several vectors side by side: their sums over the same rows, then what is made of each.
    private void Strip(int vectors, int lanes, Scope outer)
    {
        var strip = Enumerable.Range(0, vectors).Select(v => outer.Copy(_outer.Select((name, j) => j == lanes && v > 0 ? $"{name} + {Text(v * _isa.Width)}" : name).ToArray())).ToList();
        var sums = _loop.Stages.TakeWhile(s => s.Stage is ReduceStage).ToList();
        Reduce(sums, _isa, lanes, strip);
        foreach (var scope in strip) Singles(_loop.Stages.Skip(sums.Count).ToList(), _isa, lanes, scope, "");
    }

    private static bool CanShareLoop(List<LoopStage> together, LoopStage next) => next.Stage is ReduceStage && next.Inner.SequenceEqual(together[0].Inner)
        && !together.Any(t => next.Stage.Expression.Contains(new Expr.Local(((ReduceStage)t.Stage).Local)));

    // Values of one point: what several contain, and what several read, is written once. None reads by address what another stores.
    private void Singles(IReadOnlyList<LoopStage> stages, Isa isa, int lanes, Scope outer, string count)
    {
        var expressions = new ExpressionWriter(isa, outer, stages[0], lanes, _writer, "t" + Next() + "_") { Stages = stages, Lanes = Partial(count) };
        expressions.Expect(stages.Select(s => s.Stage.Expression));
        foreach (var stage in stages)
        {
            var value = expressions.Next(stage.Stage.Expression);
            if (stage.Stage is LetStage let)
            {
                var name = "v" + Next();
                _writer.Line($"{isa.Type} {name} = {value};");
                outer.Locals[let.Local] = name;
            }
            else Store(outer, stage, isa, value, count);
        }
    }

    // What a batch leaves over is read with care where there is little to read: of a small batch it is all there is, just written by the kernel before.
    // Not in a loop inside, where it would be read again and again.
    private string Partial(string count) => count.Length == 0 || int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out _) || _loop.Stages.SelectMany(s => s.Accesses).Distinct().Count() > MostPartial ? "" : count;

    // All lanes, or the first ones.
    private void Store(Scope scope, LoopStage stage, Isa isa, string value, string count)
    {
        var (pointer, index) = scope.Address(stage.Store!);
        _writer.Line(count.Length == 0 || isa.IsScalar ? isa.Store(pointer, index, value) : $"Simd.StorePartial({value}, {pointer}{(index.Length == 0 ? "" : " + " + index)}, {count});");
    }

    // The sums and the like of a point; of several points side by side in the same loops.
    private void Reduce(IReadOnlyList<LoopStage> stages, Isa isa, int lanes, IReadOnlyList<Scope> points)
    {
        var rows = _form == LoopForm.Inner;
        var accumulators = points.Select(_ => stages.Select(s => new Accumulator((ReduceStage)s.Stage, "r" + Next())).ToList()).ToList();
        foreach (var a in accumulators.SelectMany(a => a))
        {
            _writer.Line($"{isa.Type} {a.Name} = {isa.Constant(a.Start)};");
            if (a.Stage.Combine == Combine.ArgMax) _writer.Line($"{isa.Type} {a.Name}At = {isa.Constant(0)};");
        }
        Loops(stages, isa, lanes, points, (point, scope, lane, count) =>
        {
            var values = Expressions(stages, isa, scope, lane, count).Write(stages.Select(s => s.Stage.Expression).ToList());
            for (var k = 0; k < stages.Count; k++) Update(accumulators[point][k], values[k], isa, stages[k], scope, count);
        });
        for (var point = 0; point < points.Count; point++)
            foreach (var a in accumulators[point])
            {
                var name = a.Name;
                if (rows && !isa.IsScalar)
                {
                    name += "All";
                    _writer.Line($"float {name} = {(a.Stage.Combine == Combine.Sum ? $"Simd.Sum({a.Name})" : $"Lanes.Max({a.Name})")};");
                }
                else if (a.Stage.Combine == Combine.ArgMax) name += "At";
                points[point].Locals[a.Stage.Local] = name;
            }
    }

    private void Update(Accumulator a, string value, Isa isa, LoopStage stage, Scope scope, string count)
    {
        var name = a.Name;
        // Lanes beyond the end leave the sum, or the maximum, as it is.
        if (count.Length > 0) value = isa.Select($"Lanes.First{isa.Suffix}({count})", value, isa.Constant(a.Start));
        switch (a.Stage.Combine)
        {
            case Combine.Sum:
                _writer.Line($"{name} += {value};");
                break;
            case Combine.ArgMax:
                {
                    var candidate = "c" + Next();
                    _writer.Line($"var {candidate} = {value};");
                    var position = Position(stage, scope);
                    if (isa.IsScalar) _writer.Line($"if ({candidate} > {name}) ({name}, {name}At) = ({candidate}, ({_isa.Element})({position}));");
                    else
                    {
                        _writer.Line($"var {candidate}Is = {isa.Compare(CompareKind.Greater, candidate, name)};");
                        _writer.Line($"{name} = {isa.Select(candidate + "Is", candidate, name)};");
                        _writer.Line($"{name}At = {isa.Select(candidate + "Is", isa.Broadcast($"(float)({position})"), name + "At")};");
                    }
                    break;
                }
            default:
                _writer.Line($"{name} = {isa.Greatest(name, value)};");
                break;
        }
    }

    // Row-major position over the reduced axes (merged or not: the same number).
    private string Position(LoopStage stage, Scope scope)
    {
        var index = AffineIndex.Constant(scope.Variables.Count, 0);
        var weight = 1;
        for (var j = stage.Inner.Count - 1; j >= 0; j--)
        {
            index = index.Plus(AffineIndex.Variable(scope.Variables.Count, _outer.Length + j, weight));
            weight *= stage.Inner[j].Factor;
        }
        return scope.Index(index);
    }

    private void Rows(LoopStage stage, Isa isa, int lanes, Scope outer, string outerCount) => Loops(new[] { stage }, isa, lanes, new[] { outer }, (_, scope, lane, count) =>
    {
        var value = Expressions(new[] { stage }, isa, scope, lane, count).Write(stage.Stage.Expression);
        Store(scope, stage, isa, value, count.Length > 0 ? count : outerCount);
    });

    private ExpressionWriter Expressions(IReadOnlyList<LoopStage> stages, Isa isa, Scope scope, int lane, string count) => new(isa, scope, stages[0], lane, _writer, "t" + Next() + "_")
    {
        Stages = stages,
        LocalsAreScalar = _form == LoopForm.Inner && !isa.IsScalar,
        Lanes = Partial(count),
    };

    // Names what all turns of a loop would compute anew.
    private void NameInvariants(IReadOnlyList<LoopStage> stages, Isa isa, Scope scope, int lane, int variable)
    {
        var invariants = LoopInvariants.Along(stages, variable);
        if (invariants.Count == 0) return;
        var expressions = Expressions(stages, isa, scope, lane, "");
        expressions.Expect(invariants);
        foreach (var invariant in invariants) scope.Values[invariant] = expressions.Name(invariant);
    }

    // The inner loops; the last one over lanes in the inner form. The body is printed for each of the points given, one after the other: it gets the number
    // of the point, the scope, the variable that runs over the lanes and how many of them count.
    private void Loops(IReadOnlyList<LoopStage> stages, Isa isa, int lanes, IReadOnlyList<Scope> points, Action<int, Scope, int, string> each)
    {
        var inner = stages[0].Inner;
        var scopes = points.Select(outer =>
        {
            var scope = ScopeAt(inner.Count, outer.Variables);
            foreach (var local in outer.Locals) scope.Locals[local.Key] = local.Value;
            return scope;
        }).ToList();
        var last = inner.Count - 1;
        void Body(int lane, string count)
        {
            for (var p = 0; p < scopes.Count; p++) each(p, scopes[p], lane, count);
        }

        void Level(int level)
        {
            if (level == last || inner.Count == 0)
            {
                foreach (var scope in scopes)
                {
                    foreach (var access in stages.SelectMany(s => s.Accesses).Distinct()) Fold(scope, access, Enumerable.Range(0, _outer.Length + Math.Max(0, last)));
                    if (level == last) NameInvariants(stages, isa, scope, _form == LoopForm.Inner ? _outer.Length + last : lanes, _outer.Length + last);
                }
            }
            if (level == inner.Count)
            {
                Body(lanes, "");
                return;
            }
            var j = "j" + level.ToString(CultureInfo.InvariantCulture);
            var size = Scope.Size(inner[level]);
            if (level < last || _form != LoopForm.Inner)
            {
                _writer.Block($"for (int {j} = 0; {j} < {size}; {j}++)", () => Level(level + 1));
                return;
            }
            Lanes(j, "0", size, inner[level], false, count => Body(_outer.Length + level, count));
        }

        // The loop variables and pointers of neighbouring stages have the same names: each set of loops is a block of its own.
        _writer.Open();
        if (points.Count == 1 && _form != LoopForm.Inner && inner.Count > 0 && inner.All(a => !a.PerSample) && inner.Aggregate(1L, (p, a) => p * a.Factor) <= MostWrittenOut) WrittenOut(stages, scopes[0], lanes, (scope, lane, count) => each(0, scope, lane, count));
        else Level(0);
        _writer.Close();
    }

    // The body once for each position of a small window.
    private void WrittenOut(IReadOnlyList<LoopStage> stages, Scope scope, int lanes, Action<Scope, int, string> body)
    {
        var inner = stages[0].Inner;
        _writer.Line($"// {string.Join(" × ", inner.Select(Scope.Size))} positions, one after the other.");
        foreach (var access in stages.SelectMany(s => s.Accesses).Distinct()) Fold(scope, access, Enumerable.Range(0, _outer.Length));
        for (var position = 0; position < inner.Aggregate(1, (p, a) => p * a.Factor); position++)
        {
            var at = new string[inner.Count];
            for (int j = inner.Count - 1, rest = position; j >= 0; rest /= inner[j].Factor, j--) at[j] = Text(rest % inner[j].Factor);
            body(scope.Copy(_outer.Concat(at).ToArray()), lanes, "");
        }
    }

    private sealed class Accumulator
    {
        public Accumulator(ReduceStage stage, string name) => (Stage, Name) = (stage, name);

        public ReduceStage Stage { get; }

        public string Name { get; }

        public double Start => Stage.Combine == Combine.Sum ? 0 : double.NegativeInfinity;
    }
}
