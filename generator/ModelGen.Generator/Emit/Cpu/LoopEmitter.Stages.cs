using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Cpu;

/// <content>What is done at a point: values, sums over inner loops, rows.</content>
internal sealed partial class LoopEmitter
{
    // All stages for one point of the outer iteration, or for a vector of neighbouring points, or several vectors side by side.
    private void Point(Isa isa, int lanes, IReadOnlyList<Scope> points, string count)
    {
        for (var s = 0; s < _loop.Stages.Count; s++)
        {
            var stage = _loop.Stages[s];
            if (stage.Stage is ReduceStage)
            {
                var together = new List<LoopStage> { stage };
                while (s + 1 < _loop.Stages.Count && CanShareLoop(together, _loop.Stages[s + 1])) together.Add(_loop.Stages[++s]);
                Reduce(together, isa, lanes, points);
            }
            else if (stage.Inner.Count > 0) Rows(stage, isa, lanes, points, count);
            else
            {
                var run = new List<LoopStage> { stage };
                while (s + 1 < _loop.Stages.Count && _loop.Stages[s + 1] is { Stage: not ReduceStage, Inner.Count: 0 }) run.Add(_loop.Stages[++s]);
                foreach (var point in points) Singles(run, _form == LoopForm.Inner ? Isa.Scalar : isa, lanes, point, count);
            }
        }
    }

    // Vectors side by side.
    private IReadOnlyList<Scope> Strip(int vectors, int lanes, Scope outer) =>
        Enumerable.Range(0, vectors)
            .Select(v => outer.Copy(_outer.Select((name, j) => j == lanes && v > 0 ? $"{name} + {Text(v * _isa.Width)}" : name).ToArray())).ToList();

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

    // Not in a loop inside, where it would be read again and again.
    private string Partial(string count) => count.Length == 0 || int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        || !_schedule.ReadsPartially ? "" : count;

    // All lanes, or the first ones.
    private void Store(Scope scope, LoopStage stage, Isa isa, string value, string count)
    {
        var (pointer, index) = scope.Address(stage.Store!);
        _writer.Line(count.Length == 0
            || isa.IsScalar ? isa.Store(pointer, index, value) : $"Simd.StorePartial({value}, {pointer}{(index.Length == 0 ? "" : " + " + index)}, {count});");
    }

    // The sums and the like of a point; of several points side by side in the same loops.
    private void Reduce(IReadOnlyList<LoopStage> stages, Isa isa, int lanes, IReadOnlyList<Scope> points)
    {
        var rows = _form == LoopForm.Inner;
        var accumulators = points.Select(_ => stages.Select(s => new Accumulator((ReduceStage)s.Stage, "r" + Next())).ToList()).ToList();
        var sums = accumulators.SelectMany(a => a).Where(a => a.Monoid.IsSum).ToList();
        var blocks = sums.Count == 0 ? null : _schedule.BlocksOf(stages[0]);
        foreach (var a in accumulators.SelectMany(a => a))
        {
            if (blocks is not null && sums.Contains(a)) _writer.Line($"{isa.Type} {a.Name}Sum = {isa.Constant(0)}, {a.Name}Rest = {isa.Constant(0)};");
            else _writer.Line($"{isa.Type} {a.Name} = {isa.Constant(a.Monoid.Identity)};");
            if (a.Monoid.KeepsPosition) _writer.Line($"{isa.Type} {a.Name}At = {isa.Constant(0)};");
        }
        void Block(Action terms)
        {
            foreach (var a in sums) _writer.Line($"{isa.Type} {a.Name} = {isa.Constant(0)};");
            terms();
            foreach (var a in sums) _writer.Line($"Lanes.Add({a.Name}, ref {a.Name}Sum, ref {a.Name}Rest);");
        }
        Loops(stages, isa, lanes, points, (point, scope, lane, count) =>
        {
            var values = Expressions(stages, isa, scope, lane, count).Write(stages.Select(s => s.Stage.Expression).ToList());
            for (var k = 0; k < stages.Count; k++) Update(accumulators[point][k], values[k], isa, stages[k], scope, count);
        }, blocks is { } cut ? (cut, Block) : null);
        for (var point = 0; point < points.Count; point++)
            foreach (var a in accumulators[point])
            {
                var name = a.Name;
                var (isCut, isRow) = (blocks is not null && sums.Contains(a), rows && !isa.IsScalar);
                if (isCut || isRow)
                {
                    name += "All";
                    var value = isCut ? isRow ? $"Lanes.Total(Simd.Sum({a.Name}Sum), Simd.Sum({a.Name}Rest))" : $"Lanes.Total({a.Name}Sum, {a.Name}Rest)"
                        : a.Monoid.IsSum ? $"Simd.Sum({a.Name})" : $"Lanes.Max({a.Name})";
                    _writer.Line($"{(isRow ? "float" : isa.Type)} {name} = {value};");
                }
                else if (a.Monoid.KeepsPosition) name += "At";
                points[point].Locals[a.Stage.Local] = name;
            }
    }

    private void Update(Accumulator a, string value, Isa isa, LoopStage stage, Scope scope, string count)
    {
        var name = a.Name;
        // Lanes beyond the end leave the sum, or the maximum, as it is.
        if (count.Length > 0) value = isa.Select($"Lanes.First{isa.Suffix}({count})", value, isa.Constant(a.Monoid.Identity));
        if (!a.Monoid.KeepsPosition)
        {
            _writer.Line(a.Monoid.IsSum ? $"{name} += {value};" : $"{name} = {isa.Binary(a.Monoid.Step, name, value)};");
            return;
        }
        var candidate = "c" + Next();
        _writer.Line($"var {candidate} = {value};");
        var position = Position(stage, scope);
        if (isa.IsScalar)
        {
            _writer.Line($"if ({candidate} > {name}) ({name}, {name}At) = ({candidate}, ({_isa.Element})({position}));");
            return;
        }
        _writer.Line($"var {candidate}Is = {isa.Compare(CompareKind.Greater, candidate, name)};");
        _writer.Line($"{name} = {isa.Select(candidate + "Is", candidate, name)};");
        _writer.Line($"{name}At = {isa.Select(candidate + "Is", isa.Broadcast($"(float)({position})"), name + "At")};");
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

    private void Rows(LoopStage stage, Isa isa, int lanes, IReadOnlyList<Scope> points, string outerCount) =>
        Loops(new[] { stage }, isa, lanes, points, (_, scope, lane, count) =>
    {
        var value = Expressions(new[] { stage }, isa, scope, lane, count).Write(stage.Stage.Expression);
        Store(scope, stage, isa, value, count.Length > 0 ? count : outerCount);
    });

    private ExpressionWriter Expressions(IReadOnlyList<LoopStage> stages, Isa isa, Scope scope, int lane, string count) =>
        new(isa, scope, stages[0], lane, _writer, "t" + Next() + "_")
        {
            Stages = stages,
            LocalsAreScalar = _form == LoopForm.Inner && !isa.IsScalar,
            Lanes = Partial(count),
        };

    // Names what all turns of the loops over some variables would compute anew.
    private void NameInvariants(IReadOnlyList<LoopStage> stages, Isa isa, Scope scope, int lane, IReadOnlyList<int> variables, bool keepsLocals)
    {
        var invariants = LoopInvariants.Along(stages, variables, keepsLocals);
        if (invariants.Count > 0) Expressions(stages, isa, scope, lane, "").NameAll(invariants);
    }

    // The inner loops; the last one over lanes in the inner form. The body is printed for each of the points given, one after the other: it gets the number
    // of the point, the scope, the variable that runs over the lanes and how many of them count. Where they are cut into blocks, what stands around the
    // loops of a block is given too.
    private void Loops(IReadOnlyList<LoopStage> stages, Isa isa, int lanes, IReadOnlyList<Scope> points, Action<int, Scope, int, string> each,
        (SumBlocks Cut, Action<Action> Around)? blocks = null)
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
                    foreach (var access in stages.SelectMany(s => AccessesLeft(s, scope)).Distinct()) Fold(scope, access,
                        Enumerable.Range(0, _outer.Length + Math.Max(0, last)));
            }
            if (level == inner.Count)
            {
                Body(lanes, "");
                return;
            }
            var along = _form == LoopForm.Inner ? _outer.Length + last : lanes;
            var repeated = Enumerable.Range(_outer.Length + level, inner.Count - level).ToList();
            foreach (var scope in scopes) NameInvariants(stages, isa, scope, along, repeated, keepsLocals: true);
            var j = "j" + level.ToString(CultureInfo.InvariantCulture);
            var size = Scope.Size(inner[level]);
            var inLanes = level == last && _form == LoopForm.Inner;
            if (blocks is var (cut, around) && cut.Level == level) InBlocks(j, inner[level], cut.Turns, inLanes, around, count =>
            {
                if (inLanes) Body(_outer.Length + level, count);
                else Level(level + 1);
            });
            else if (inLanes) Lanes(j, "0", size, inner[level], false, count => Body(_outer.Length + level, count));
            else _writer.Block($"for (int {j} = 0; {j} < {size}; {j}++)", () => Level(level + 1));
        }

        // The loop variables and pointers of neighbouring stages have the same names: each set of loops is a block of its own.
        _writer.Open();
        if (points.Count == 1 && _schedule.IsUnrolled(inner)) WrittenOut(stages, scopes[0], lanes, (scope, lane, count) => each(0, scope, lane, count));
        else Level(0);
        _writer.Close();
    }

    // A loop some turns at a time; over lanes, what is left of them is a block of its own.
    private void InBlocks(string variable, Axis extent, int turns, bool inLanes, Action<Action> around, Action<string> body)
    {
        var width = inLanes ? _isa.Width : 1;
        var (isKnown, size, step) = (!extent.PerSample, Scope.Size(extent), turns * width);
        var whole = isKnown ? Text(extent.Factor / width * width) : width == 1 ? size : $"{size} / {Text(width)} * {Text(width)}";
        var block = variable + "Block";
        if (turns == 1) _writer.Block($"for (int {variable} = 0; {variable} < {whole}; {variable}{(width == 1 ? "++" : " += " + Text(width))})", () =>
            around(() => body("")));
        else if (!isKnown || extent.Factor >= width)
            _writer.Block($"for (int {block} = 0; {block} < {whole}; {block} += {Text(step)})", () => around(() =>
            {
                var end = isKnown && extent.Factor / width % turns == 0 ? $"{block} + {Text(step)}" : $"Math.Min({block} + {Text(step)}, {whole})";
                _writer.Line($"int {variable}To = {end};");
                _writer.Block($"for (int {variable} = {block}; {variable} < {variable}To; {variable}{(width == 1 ? "++" : " += " + Text(width))})", () =>
                    body(""));
            }));
        if (width == 1 || isKnown && extent.Factor % width == 0) return;
        _writer.Block(isKnown ? null : $"if ({size} % {Text(width)} != 0)", () =>
        {
            _writer.Line($"int {variable} = {whole};");
            around(() => body(isKnown ? Text(extent.Factor % width) : $"{size} - {variable}"));
        });
    }

    // What a stage reads for more than values that have a name already, and what it stores.
    private static IEnumerable<Access> AccessesLeft(LoopStage stage, Scope scope)
    {
        var loads = new HashSet<Expr.Load>(stage.Stage.Expression.Loads(scope.Values.ContainsKey));
        var reads = stage.Reads.Where(r => loads.Contains(r.Key)).Select(r => r.Value);
        return stage.Store is null ? reads : reads.Append(stage.Store);
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

    private sealed class Accumulator(ReduceStage stage, string name)
    {
        public ReduceStage Stage { get; } = stage;

        public string Name { get; } = name;

        public Monoid Monoid { get; } = Monoid.Of(stage.Combine);
    }
}
