using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints what is computed at an outer point of a kernel: its values, sums and stores. The inner loops run in one thread, or in several that combine
/// their parts in shared memory in a fixed order.</summary>
internal class PointStages
{
    private readonly PointSchedule _schedule;
    private IReadOnlyList<string> _outer = new string[0];
    private CodeWriter _writer = new();

    // The condition under which the threads of a point store; empty where they always do.
    private string _live = "";

    // Whether the shared arrays hold parts of a former sum that a slow thread may still read.
    private bool _isShared;

    public PointStages(GpuScope scope, PointSchedule schedule) => (Scope, _schedule) = (scope, schedule);

    protected GpuScope Scope { get; }

    private LoopMapping Mapping => _schedule.Mapping;

    private bool IsShared => Mapping.IsShared;

    /// <summary>Declares shared arrays for the sums.</summary>
    public static void SharedArrays(CodeWriter writer, int floats, int integers, int threads)
    {
        for (var k = 0; k < floats; k++) writer.Line($"var shared{Literals.Int(k)} = SharedMemory.Allocate<float>({Literals.Int(threads)});");
        for (var k = 0; k < integers; k++) writer.Line($"var sharedIndex{Literals.Int(k)} = SharedMemory.Allocate<int>({Literals.Int(threads)});");
    }

    /// <summary>Writes the statements of a point.</summary>
    /// <param name="outer">A name or literal for each outer variable.</param>
    /// <param name="live">The condition under which the threads of the point store; empty where they always do.</param>
    /// <param name="isAgain">Whether the shared arrays may still be read by a slow thread.</param>
    public void Write(CodeWriter writer, IReadOnlyList<string> outer, string live, bool isAgain = false)
    {
        (_writer, _outer, _live, _isShared) = (writer, outer, live, isAgain);
        foreach (var phase in _schedule.Phases)
        {
            if (phase.HasBarrier) _writer.Line("Group.Barrier();");
            if (phase.IsReduction) Reduce(phase);
            else if (phase.Stages[0].Stage is LetStage let) Let(phase.Stages[0], let);
            else Store(phase, (StoreStage)phase.Stages[0].Stage);
        }
    }

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

    private void Let(LoopStage stage, LetStage let)
    {
        var value = Expression(_writer, new[] { stage }, _outer).Write(let.Value);
        var name = Scope.Locals[let.Local] = Scope.Fresh("v");
        _writer.Line($"var {name} = {value};");
    }

    private void Store(PointPhase phase, StoreStage store)
    {
        var stage = phase.Stages[0];
        if (stage.Inner.Count == 0 && IsShared)
        {
            // One thread of each point.
            _writer.Open($"if ({(_live.Length > 0 ? _live + " & " : "")}(part == 0))");
            StoreAt(_writer, stage, store, _outer);
            _writer.Close();
            return;
        }
        if (stage.Inner.Count > 0 && IsShared && _live.Length > 0) _writer.Open($"if ({_live})");
        Loop(phase, (variables, _) => StoreAt(_writer, stage, store, variables));
        if (stage.Inner.Count > 0 && IsShared && _live.Length > 0) _writer.Close();
    }

    private void Reduce(PointPhase phase)
    {
        var accumulators = phase.Stages.Select(s => Accumulator.Of((ReduceStage)s.Stage, Scope, phase.Blocks is not null)).ToList();
        foreach (var a in accumulators) a.Start(_writer);
        Loop(phase, (variables, position) =>
        {
            var terms = Expression(_writer, phase.Stages, variables).Write(accumulators.Select(a => a.Stage.Body).ToList());
            for (var k = 0; k < accumulators.Count; k++) accumulators[k].Add(_writer, terms[k], position);
        }, terms => Accumulator.Block(_writer, accumulators, terms));
        foreach (var a in accumulators) a.End(_writer);
        if (IsShared && phase.Inner.Count > 0) CombineParts(accumulators);
        foreach (var a in accumulators) a.Finish(_writer);
    }

    // A tree of fixed form: the same bits in every run.
    private void CombineParts(IReadOnlyList<Accumulator> accumulators)
    {
        var step = Mapping.PartsAdjacent ? "" : " * " + Literals.Int(Mapping.Points);
        var integers = 0;
        var places = accumulators
            .Select((a, k) => (Value: "shared" + Literals.Int(k), Index: a.HasIndex ? "sharedIndex" + Literals.Int(integers++) : "")).ToList();
        // A barrier stands before what it protects, in the same block: one that ends a block does not hold back ILGPU's optimiser.
        if (_isShared) _writer.Line("Group.Barrier();");
        _isShared = true;
        for (var k = 0; k < accumulators.Count; k++) accumulators[k].Publish(_writer, places[k].Value, places[k].Index);
        _writer.Open($"for (var d = {Literals.Int(Mapping.Parts / 2)}; d > 0; d >>= 1)");
        _writer.Line("Group.Barrier();");
        _writer.Open("if (part < d)");
        for (var k = 0; k < accumulators.Count; k++) accumulators[k].Merge(_writer, places[k].Value, places[k].Index, "thread + d" + step);
        _writer.Close();
        _writer.Close();
        _writer.Line("Group.Barrier();");
        var first = Mapping.Points == 1 ? "0" : Mapping.PartsAdjacent ? "thread - part" : GpuScope.Remainder("thread", Mapping.Points);
        for (var k = 0; k < accumulators.Count; k++) accumulators[k].Collect(_writer, places[k].Value, places[k].Index, first);
    }

    private delegate void Round(IReadOnlyList<string> variables, string position);

    // The inner loops of a stage: written out, nested, or shared by the threads of a point. Where they are cut into blocks, what stands around the loops
    // of a block is given too.
    private void Loop(PointPhase phase, Round round, Action<Action>? aroundBlock = null)
    {
        var axes = phase.Inner;
        var rounds = Extent.Of(axes);
        if (axes.Count == 0)
        {
            round(_outer, "0");
            return;
        }
        if (IsShared)
        {
            string e = Scope.Fresh("e"), from = "part", to = Scope.Text(rounds);
            if (_schedule.Parts > 1)
            {
                string length = Scope.Fresh("e"), last = Scope.Fresh("e");
                _writer.Line($"var {length} = {GpuScope.Quotient($"({to} + {Literals.Int(_schedule.Parts - 1)})", _schedule.Parts)};");
                _writer.Line($"var {last} = IntrinsicMath.Min({_outer[0]} * {length} + {length}, {to});");
                (from, to) = ($"{_outer[0]} * {length} + part", last);
            }
            var walk = axes.Count > 1 ? PositionWalk.Start(_writer, Scope, from, axes, Mapping.Parts, "r") : null;
            void Rounds(string start, string end)
            {
                _writer.Open($"for (var {e} = {start}; {e} < {end}; {e} += {Literals.Int(Mapping.Parts)})");
                round(_outer.Concat(walk?.Variables ?? new[] { e }).ToList(), e);
                walk?.Advance(_writer);
                _writer.Close();
            }
            if (phase.Blocks is not { } shared)
            {
                Rounds(from, to);
                return;
            }
            string block = Scope.Fresh("e"), step = Literals.Int((long)shared.Turns * Mapping.Parts);
            _writer.Open($"for (var {block} = {from}; {block} < {to}; {block} += {step})");
            var end = Scope.Fresh("e");
            _writer.Line($"var {end} = IntrinsicMath.Min({block} + {step}, {to});");
            aroundBlock!(() => Rounds(block, end));
            _writer.Close();
            return;
        }
        if (phase.IsUnrolled)
        {
            for (var p = 0; p < rounds.Factor; p++)
            {
                var digits = new string[axes.Count];
                var rest = p;
                for (var k = axes.Count - 1; k >= 0; k--)
                {
                    digits[k] = Literals.Int(rest % axes[k].Factor);
                    rest /= axes[k].Factor;
                }
                round(_outer.Concat(digits).ToList(), Literals.Int(p));
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
            if (phase.Blocks is not { } cut || cut.Level != level)
            {
                Turns("0", Scope.Size(axes[level]));
                return;
            }
            string block = Scope.Fresh("r"), step = Literals.Int(cut.Turns);
            _writer.Open($"for (var {block} = 0; {block} < {Scope.Size(axes[level])}; {block} += {step})");
            var end = Scope.Fresh("r");
            _writer.Line($"var {end} = IntrinsicMath.Min({block} + {step}, {Scope.Size(axes[level])});");
            aroundBlock!(() => Turns(block, end));
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
