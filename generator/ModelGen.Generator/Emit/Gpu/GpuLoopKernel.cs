using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints maps, reductions and row kernels: the outer points are shared out to threads, the inner loops of a point run in
/// one thread, or in several that combine their parts in shared memory in a fixed order.</summary>
internal sealed class GpuLoopKernel : GpuKernelText
{
    /// <summary>Inner loops up to so many rounds, and statements, are written out: ILGPU unrolls nothing.</summary>
    private const int UnrolledRounds = 32, UnrolledSize = 640;

    private readonly LoopKernel _loop;
    private readonly LoopMapping _mapping;
    private readonly Extent _points;
    private IReadOnlyList<string> _outer = new string[0];
    private CodeWriter _writer = new();

    // Whether the shared arrays hold parts of a former sum that a slow thread may still read.
    private bool _isShared;

    // The first outer axis numbers so many parts of the inner loops; 1 where they are whole.
    private readonly int _parts;

    /// <param name="isPart">True where the first outer axis numbers parts of the inner loops (see <see cref="SplitKernel"/>).</param>
    public GpuLoopKernel(KernelEntry entry, IReadOnlyCollection<int> based, bool isPart = false) : base(entry, based)
    {
        _loop = LoopKernel.Of(entry.Kernel);
        _parts = isPart ? entry.Kernel.Outer[0].Factor : 1;
        _mapping = LoopMapping.Of(_loop, _parts);
        _points = Extent.Of(_loop.Outer.Skip(_loop.StepAxes));
    }

    public override int Threads => _mapping.Threads;

    public override int MinGroups => Threads >= 1024 ? 1 : 2;

    public override string Groups => _points.Groups(_mapping.Points);

    public override string Remark => (_parts == 1 ? "" : $"Over {Extent.Number(_parts)} parts of the sums. ") + (_mapping.Parts == 1
        ? $"One thread for each of {PointsText} points."
        : FormattableString($"{_mapping.Parts} threads for each of {PointsText} points, {_mapping.Points} points in a group; the threads of a point combine their parts in shared memory."));

    public override int SharedBytes => IsShared ? 4 * Threads * (SharedCount.Floats + SharedCount.Integers) : 0;

    private bool IsShared => _mapping.Parts > 1;

    private string PointsText => _points.IsLiteral ? _points.Text : _points.Text.Replace("n", "N");

    public override void Body(CodeWriter writer)
    {
        _writer = writer;
        if (IsShared) SharedHeader();
        else AloneHeader();
        var phases = Phases().ToList();
        if (IsShared) SharedArrays();
        var written = new HashSet<int>();
        var read = new HashSet<int>();
        foreach (var phase in phases)
        {
            if (IsShared && NeedsBarrier(phase, written, read))
            {
                _writer.Line("Group.Barrier();");
                written.Clear();
                read.Clear();
            }
            foreach (var stage in phase)
            {
                foreach (var access in stage.Reads.Values) read.Add(access.Argument);
                if (stage.Store is { } store) written.Add(store.Argument);
            }
            if (phase[0].Stage is ReduceStage) Reduce(phase);
            else if (phase[0].Stage is LetStage let) Let(phase[0], let);
            else Store(phase[0], (StoreStage)phase[0].Stage);
            // The combination of parts has waited for all threads.
            if (IsShared && phase[0].Stage is ReduceStage)
            {
                written.Clear();
                read.Clear();
            }
        }
        if (!IsShared) _writer.Close();
    }

    // What a former stage stored may be read by other threads of the point; and a value written in place of an operand must not
    // overtake a thread that has still to read it.
    private bool NeedsBarrier(IReadOnlyList<LoopStage> phase, HashSet<int> written, HashSet<int> read)
    {
        var arguments = Entry.Kernel.Arguments;
        if (phase.Any(s => s.Reads.Values.Any(a => written.Contains(a.Argument)))) return true;
        return phase.Any(s => s.Store is { } store && s.Inner.Count == 0
            && read.Any(r => r != store.Argument && arguments[r].Shape.Length == arguments[store.Argument].Shape.Length));
    }

    // Neighbouring reductions over the same axes share a loop; every other stage stands alone.
    private IEnumerable<IReadOnlyList<LoopStage>> Phases()
    {
        var phase = new List<LoopStage>();
        foreach (var stage in _loop.Stages)
        {
            if (phase.Count > 0 && !Joins(phase, stage))
            {
                yield return phase;
                phase = new List<LoopStage>();
            }
            phase.Add(stage);
        }
        if (phase.Count > 0) yield return phase;
    }

    private static bool Joins(List<LoopStage> phase, LoopStage stage)
    {
        if (phase[0].Stage is not ReduceStage first || stage.Stage is not ReduceStage next) return false;
        if (first.Inner != next.Inner || !phase[0].Inner.SequenceEqual(stage.Inner)) return false;
        return !phase.Any(s => next.Body.Contains(new Expr.Local(((ReduceStage)s.Stage).Local)));
    }

    private void AloneHeader()
    {
        _writer.Line($"var i = group * {Extent.Number(Threads)} + Group.IdxX;");
        _writer.Open($"if (i < {Scope.Text(_points)})");
        _outer = Outer();
    }

    private void SharedHeader()
    {
        var points = Extent.Number(_mapping.Points);
        _writer.Line("var thread = Group.IdxX;");
        if (_mapping.Points == 1)
        {
            _writer.Line("var part = thread;");
            _writer.Line("var i = group;");
        }
        else
        {
            _writer.Line(_mapping.PartsAdjacent ? $"var part = {GpuScope.Remainder("thread", _mapping.Parts)};" : $"var part = {GpuScope.Quotient("thread", _mapping.Points)};");
            _writer.Line($"var i = group * {points} + " + (_mapping.PartsAdjacent ? GpuScope.Quotient("thread", _mapping.Parts) : GpuScope.Remainder("thread", _mapping.Points)) + ";");
            if (!_points.IsMultipleOf(_mapping.Points))
            {
                // All threads must come by every barrier: those past the end repeat the last point and store nothing.
                _writer.Line($"var isPoint = i < {Scope.Text(_points)};");
                _writer.Line($"i = IntrinsicMath.Min(i, {Scope.Text(_points)} - 1);");
            }
        }
        _outer = Outer();
    }

    // The step is given; the other outer variables follow from the point.
    private IReadOnlyList<string> Outer()
    {
        var points = Scope.Split(_writer, "i", _loop.Outer.Skip(_loop.StepAxes).ToList(), "o");
        return _loop.StepAxes == 0 ? points : points.Prepend(Scope.Step).ToList();
    }

    private string Live => _mapping.Points > 1 && !_points.IsMultipleOf(_mapping.Points) ? "isPoint" : "";

    // The shared arrays that the sums of a phase need at most.
    private (int Floats, int Integers) SharedCount
    {
        get
        {
            var sums = Phases().Where(p => p[0].Stage is ReduceStage && p[0].Inner.Count > 0).ToList();
            return (sums.Select(p => p.Count).DefaultIfEmpty().Max(), sums.Select(p => p.Count(s => ((ReduceStage)s.Stage).Combine == Combine.ArgMax)).DefaultIfEmpty().Max());
        }
    }

    private void SharedArrays()
    {
        var (floats, integers) = SharedCount;
        for (var k = 0; k < floats; k++) _writer.Line($"var shared{Extent.Number(k)} = SharedMemory.Allocate<float>({Extent.Number(Threads)});");
        for (var k = 0; k < integers; k++) _writer.Line($"var sharedIndex{Extent.Number(k)} = SharedMemory.Allocate<int>({Extent.Number(Threads)});");
    }

    private void Let(LoopStage stage, LetStage let)
    {
        var value = new GpuExpression(Scope, _writer, new[] { stage }, _outer).Write(let.Value);
        var name = Scope.Locals[let.Local] = Scope.Fresh("v");
        _writer.Line($"var {name} = {value};");
    }

    private void Store(LoopStage stage, StoreStage store)
    {
        if (stage.Inner.Count == 0 && IsShared)
        {
            // One thread of each point.
            _writer.Open($"if ({(Live.Length > 0 ? "isPoint & " : "")}(part == 0))");
            StoreAt(stage, store, _outer);
            _writer.Close();
            return;
        }
        if (stage.Inner.Count > 0 && IsShared && Live.Length > 0) _writer.Open("if (isPoint)");
        Loop(new[] { stage }, (variables, _) => StoreAt(stage, store, variables));
        if (stage.Inner.Count > 0 && IsShared && Live.Length > 0) _writer.Close();
    }

    private void StoreAt(LoopStage stage, StoreStage store, IReadOnlyList<string> variables)
    {
        var expression = new GpuExpression(Scope, _writer, new[] { stage }, variables);
        var value = expression.Write(store.Value);
        _writer.Line($"{Scope.Arguments[store.Argument]}[{expression.Address(stage.Store!)}] = {value};");
    }

    private void Reduce(IReadOnlyList<LoopStage> phase)
    {
        var blocks = IsWrittenOut(phase) ? null : SumBlocks.Of(phase[0].Inner, IsShared ? _mapping.Parts * _parts : 1, asOne: IsShared);
        var accumulators = phase.Select(s => Accumulator.Of((ReduceStage)s.Stage, Scope, blocks is not null)).ToList();
        foreach (var a in accumulators) a.Start(_writer);
        Loop(phase, (variables, position) =>
        {
            var terms = new GpuExpression(Scope, _writer, phase, variables).Write(accumulators.Select(a => a.Stage.Body).ToList());
            for (var k = 0; k < accumulators.Count; k++) accumulators[k].Add(_writer, terms[k], position);
        }, blocks is { } cut ? (cut, terms => Accumulator.Block(_writer, accumulators, terms)) : null);
        foreach (var a in accumulators) a.End(_writer);
        if (IsShared && phase[0].Inner.Count > 0) CombineParts(accumulators);
        foreach (var a in accumulators) a.Finish(_writer);
    }

    // A tree of fixed form: the same bits in every run.
    private void CombineParts(IReadOnlyList<Accumulator> accumulators)
    {
        var step = _mapping.PartsAdjacent ? "" : " * " + Extent.Number(_mapping.Points);
        var integers = 0;
        var places = accumulators.Select((a, k) => (Value: "shared" + Extent.Number(k), Index: a.HasIndex ? "sharedIndex" + Extent.Number(integers++) : "")).ToList();
        // A barrier stands before what it protects, in the same block: one that ends a block does not hold back ILGPU's optimiser.
        if (_isShared) _writer.Line("Group.Barrier();");
        _isShared = true;
        for (var k = 0; k < accumulators.Count; k++) accumulators[k].Publish(_writer, places[k].Value, places[k].Index);
        _writer.Open($"for (var d = {Extent.Number(_mapping.Parts / 2)}; d > 0; d >>= 1)");
        _writer.Line("Group.Barrier();");
        _writer.Open("if (part < d)");
        for (var k = 0; k < accumulators.Count; k++) accumulators[k].Merge(_writer, places[k].Value, places[k].Index, "thread + d" + step);
        _writer.Close();
        _writer.Close();
        _writer.Line("Group.Barrier();");
        var first = _mapping.Points == 1 ? "0" : _mapping.PartsAdjacent ? "thread - part" : GpuScope.Remainder("thread", _mapping.Points);
        for (var k = 0; k < accumulators.Count; k++) accumulators[k].Collect(_writer, places[k].Value, places[k].Index, first);
    }

    private delegate void Round(IReadOnlyList<string> variables, string position);

    private bool IsWrittenOut(IReadOnlyList<LoopStage> phase)
    {
        var rounds = Extent.Of(phase[0].Inner);
        var size = phase.Sum(s => s.Stage.Expression.SelfAndDescendants().Count() + 4 * s.Reads.Values.Sum(a => a.Guards.Count));
        return !IsShared && rounds.IsLiteral && rounds.Factor <= UnrolledRounds && rounds.Factor * size <= UnrolledSize;
    }

    // The inner loops of a stage: written out, nested, or shared by the threads of a point. Where they are cut into blocks, what stands around the loops
    // of a block is given too.
    private void Loop(IReadOnlyList<LoopStage> phase, Round round, (SumBlocks Cut, Action<Action> Around)? blocks = null)
    {
        var axes = phase[0].Inner;
        var rounds = Extent.Of(axes);
        if (axes.Count == 0)
        {
            round(_outer, "0");
            return;
        }
        if (IsShared)
        {
            string e = Scope.Fresh("e"), from = "part", to = Scope.Text(rounds);
            if (_parts > 1)
            {
                string length = Scope.Fresh("e"), last = Scope.Fresh("e");
                _writer.Line($"var {length} = {GpuScope.Quotient($"({to} + {Extent.Number(_parts - 1)})", _parts)};");
                _writer.Line($"var {last} = IntrinsicMath.Min({_outer[0]} * {length} + {length}, {to});");
                (from, to) = ($"{_outer[0]} * {length} + part", last);
            }
            var walk = axes.Count > 1 ? PositionWalk.Start(_writer, Scope, from, axes, _mapping.Parts, "r") : null;
            void Rounds(string start, string end)
            {
                _writer.Open($"for (var {e} = {start}; {e} < {end}; {e} += {Extent.Number(_mapping.Parts)})");
                round(_outer.Concat(walk?.Variables ?? new[] { e }).ToList(), e);
                walk?.Advance(_writer);
                _writer.Close();
            }
            if (blocks is not var (shared, aroundShared))
            {
                Rounds(from, to);
                return;
            }
            string block = Scope.Fresh("e"), step = Extent.Number((long)shared.Turns * _mapping.Parts);
            _writer.Open($"for (var {block} = {from}; {block} < {to}; {block} += {step})");
            var end = Scope.Fresh("e");
            _writer.Line($"var {end} = IntrinsicMath.Min({block} + {step}, {to});");
            aroundShared(() => Rounds(block, end));
            _writer.Close();
            return;
        }
        if (IsWrittenOut(phase))
        {
            for (var p = 0; p < rounds.Factor; p++)
            {
                var digits = new string[axes.Count];
                var rest = p;
                for (var k = axes.Count - 1; k >= 0; k--)
                {
                    digits[k] = Extent.Number(rest % axes[k].Factor);
                    rest /= axes[k].Factor;
                }
                round(_outer.Concat(digits).ToList(), Extent.Number(p));
            }
            return;
        }
        var names = axes.Select(_ => Scope.Fresh("r")).ToList();
        void Level(int level)
        {
            if (level == axes.Count)
            {
                round(_outer.Concat(names).ToList(), Position(names, axes));
                return;
            }
            void Turns(string start, string end)
            {
                _writer.Open($"for (var {names[level]} = {start}; {names[level]} < {end}; {names[level]}++)");
                Level(level + 1);
                _writer.Close();
            }
            if (blocks is not var (cut, around) || cut.Level != level)
            {
                Turns("0", Scope.Size(axes[level]));
                return;
            }
            string block = Scope.Fresh("r"), step = Extent.Number(cut.Turns);
            _writer.Open($"for (var {block} = 0; {block} < {Scope.Size(axes[level])}; {block} += {step})");
            var end = Scope.Fresh("r");
            _writer.Line($"var {end} = IntrinsicMath.Min({block} + {step}, {Scope.Size(axes[level])});");
            around(() => Turns(block, end));
            _writer.Close();
        }
        Level(0);
    }

    private string Position(IReadOnlyList<string> names, IReadOnlyList<Axis> axes) => string.Join(" + ", names.Select((name, k) =>
    {
        var below = Extent.Of(axes.Skip(k + 1));
        return below.IsOne ? name : name + " * " + Scope.Atom(below);
    }));

    private static string FormattableString(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
