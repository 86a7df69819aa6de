using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints what is computed at an outer point of a kernel: its values, sums and stores. The inner loops run in one thread, or in several that combine
/// their parts in shared memory in a fixed order.</summary>
internal class PointStages
{
    private readonly IReadOnlyList<LoopStage> _stages;
    private readonly LoopMapping _mapping;

    // The first outer axis numbers so many parts of the inner loops; 1 where they are whole.
    private readonly int _parts;
    private IReadOnlyList<string> _outer = new string[0];
    private CodeWriter _writer = new();

    // The condition under which the threads of a point store; empty where they always do.
    private string _live = "";

    // Whether the shared arrays hold parts of a former sum that a slow thread may still read.
    private bool _isShared;

    public PointStages(GpuScope scope, IReadOnlyList<LoopStage> stages, LoopMapping mapping, int parts = 1) =>
        (Scope, _stages, _mapping, _parts) = (scope, stages, mapping, parts);

    /// <summary>The shared arrays that the sums of a phase need at most, one element for each thread of the group.</summary>
    public (int Floats, int Integers) SharedCount => SharedCountOf(_stages, _mapping);

    protected GpuScope Scope { get; }

    private bool IsShared => _mapping.Parts > 1;

    /// <inheritdoc cref="SharedCount"/>
    public static (int Floats, int Integers) SharedCountOf(IReadOnlyList<LoopStage> stages, LoopMapping mapping)
    {
        if (mapping.Parts == 1) return (0, 0);
        var sums = Phases(stages).Where(p => p[0].Stage is ReduceStage && p[0].Inner.Count > 0).ToList();
        var positions = sums.Select(p => p.Count(s => Monoid.Of(((ReduceStage)s.Stage).Combine).KeepsPosition));
        return (sums.Select(p => p.Count).DefaultIfEmpty().Max(), positions.DefaultIfEmpty().Max());
    }

    /// <summary>Declares shared arrays for the sums.</summary>
    public static void SharedArrays(CodeWriter writer, (int Floats, int Integers) count, int threads)
    {
        for (var k = 0; k < count.Floats; k++) writer.Line($"var shared{Extent.Number(k)} = SharedMemory.Allocate<float>({Extent.Number(threads)});");
        for (var k = 0; k < count.Integers; k++) writer.Line($"var sharedIndex{Extent.Number(k)} = SharedMemory.Allocate<int>({Extent.Number(threads)});");
    }

    /// <summary>Writes the statements of a point.</summary>
    /// <param name="outer">A name or literal for each outer variable.</param>
    /// <param name="live">The condition under which the threads of the point store; empty where they always do.</param>
    /// <param name="isAgain">Whether the shared arrays may still be read by a slow thread.</param>
    public void Write(CodeWriter writer, IReadOnlyList<string> outer, string live, bool isAgain = false)
    {
        (_writer, _outer, _live, _isShared) = (writer, outer, live, isAgain);
        var written = new HashSet<int>();
        var read = new HashSet<int>();
        foreach (var phase in Phases(_stages))
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
                written.UnionWith(Written(stage));
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
    }

    /// <summary>The arguments, or what stands for them, that a stage stores to.</summary>
    protected virtual IEnumerable<int> Written(LoopStage stage) => stage.Store is { } store ? new[] { store.Argument } : Array.Empty<int>();

    /// <summary>True where a store to one may overwrite elements of the other.</summary>
    protected virtual bool MayOverwrite(int read, int written) =>
        read != written && Scope.Kernel.Arguments[read].Shape.Length == Scope.Kernel.Arguments[written].Shape.Length;

    /// <summary>What prints the expressions of stages.</summary>
    protected virtual GpuExpression Expression(CodeWriter writer, IReadOnlyList<LoopStage> stages, IReadOnlyList<string> variables) =>
        new(Scope, writer, stages, variables);

    /// <summary>Writes the store of an element.</summary>
    protected virtual void StoreAt(CodeWriter writer, LoopStage stage, StoreStage store, IReadOnlyList<string> variables)
    {
        var expression = Expression(writer, new[] { stage }, variables);
        var value = expression.Write(store.Value);
        writer.Line($"{Scope.Arguments[store.Argument]}[{expression.Address(stage.Store!)}] = {value};");
    }

    // What a former stage stored may be read by other threads of the point; and a value written in place of an operand must not
    // overtake a thread that has still to read it.
    private bool NeedsBarrier(IReadOnlyList<LoopStage> phase, HashSet<int> written, HashSet<int> read) =>
        phase.Any(s => s.Reads.Values.Any(a => written.Contains(a.Argument)))
        || phase.Any(s => s.Inner.Count == 0 && Written(s).Any(w => read.Any(r => MayOverwrite(r, w))));

    // Neighbouring reductions over the same axes share a loop; every other stage stands alone.
    private static IEnumerable<IReadOnlyList<LoopStage>> Phases(IReadOnlyList<LoopStage> stages)
    {
        var phase = new List<LoopStage>();
        foreach (var stage in stages)
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

    private void Let(LoopStage stage, LetStage let)
    {
        var value = Expression(_writer, new[] { stage }, _outer).Write(let.Value);
        var name = Scope.Locals[let.Local] = Scope.Fresh("v");
        _writer.Line($"var {name} = {value};");
    }

    private void Store(LoopStage stage, StoreStage store)
    {
        if (stage.Inner.Count == 0 && IsShared)
        {
            // One thread of each point.
            _writer.Open($"if ({(_live.Length > 0 ? _live + " & " : "")}(part == 0))");
            StoreAt(_writer, stage, store, _outer);
            _writer.Close();
            return;
        }
        if (stage.Inner.Count > 0 && IsShared && _live.Length > 0) _writer.Open($"if ({_live})");
        Loop(new[] { stage }, (variables, _) => StoreAt(_writer, stage, store, variables));
        if (stage.Inner.Count > 0 && IsShared && _live.Length > 0) _writer.Close();
    }

    private void Reduce(IReadOnlyList<LoopStage> phase)
    {
        var blocks = IsWrittenOut(phase) ? null : SumBlocks.Of(phase[0].Inner, IsShared ? _mapping.Parts * _parts : 1, asOne: IsShared);
        var accumulators = phase.Select(s => Accumulator.Of((ReduceStage)s.Stage, Scope, blocks is not null)).ToList();
        foreach (var a in accumulators) a.Start(_writer);
        Loop(phase, (variables, position) =>
        {
            var terms = Expression(_writer, phase, variables).Write(accumulators.Select(a => a.Stage.Body).ToList());
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
        var places = accumulators
            .Select((a, k) => (Value: "shared" + Extent.Number(k), Index: a.HasIndex ? "sharedIndex" + Extent.Number(integers++) : "")).ToList();
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
        return !IsShared && rounds.IsLiteral && rounds.Factor <= GpuTarget.Large.UnrolledRounds && rounds.Factor * size <= GpuTarget.Large.UnrolledOperations;
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

}
