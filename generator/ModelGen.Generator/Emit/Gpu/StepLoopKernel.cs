using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints all steps of a recurrence as one kernel: a group computes some samples from the first step to the last and keeps their states in shared
/// memory.</summary>
/// <remarks>A barrier stands before a statement that reads or overwrites what other threads have touched since the last one.</remarks>
internal sealed class StepLoopKernel : GpuKernelText
{
    private readonly StepBody _body;
    private readonly StepLoopSchedule _schedule;
    private readonly StepNames _names;

    public StepLoopKernel(KernelEntry entry, StepLoopSchedule schedule)
        : this(entry, schedule, entry.Arguments.Concat(schedule.Body.Held.SelectMany((_, h) => new[] { StepNames.Held(h), StepNames.Held(h) })).ToList())
    {
    }

    private StepLoopKernel(KernelEntry entry, StepLoopSchedule schedule, List<string> names) : base(entry, schedule, names)
    {
        (_body, _schedule) = (schedule.Body, schedule);
        _names = new(schedule, Scope, names);
    }

    public override string Groups => Extent.Of(new[] { _body.Samples }).Groups(_schedule.Samples);

    public override string Remark => $"All {Literals.Int(_body.Steps)} steps: a group of {Literals.Int(_schedule.Threads)} threads computes "
        + (_schedule.Samples == 1 ? "a sample and keeps its" : Literals.Int(_schedule.Samples) + " samples and keeps their") + " states in shared memory.";

    public override void Body(CodeWriter writer)
    {
        if (_schedule.SumFloats > 0)
        {
            writer.Line($"var {StepNames.WideSums} = SharedMemory.Allocate<Float4>({Literals.Int(_schedule.SumFloats / 4)});");
            writer.Line($"var {StepNames.Sums} = {StepNames.WideSums}.Cast<float>();");
        }
        for (var h = 0; h < _body.Held.Count; h++)
        {
            writer.Line($"var {StepNames.WideHeld(h)} = SharedMemory.Allocate<Float4>({Literals.Int(_schedule.Samples * _body.Held[h].Floats / 4)});");
            writer.Line($"var {StepNames.Held(h)} = {StepNames.WideHeld(h)}.Cast<float>();");
        }
        PointStages.SharedArrays(writer, _schedule.RowArrays.Floats, _schedule.RowArrays.Integers, _schedule.Threads);
        writer.Line("var thread = Group.IdxX;");
        writer.Line($"var {StepNames.First} = group{(_schedule.Samples == 1 ? "" : " * " + Literals.Int(_schedule.Samples))};");
        for (var h = 0; h < _body.Held.Count; h++)
            if (_body.Held[h].IsCarried) Initial(writer, h);
        var isDouble = _body.Held.Any(h => h.IsDouble);
        if (isDouble) writer.Line($"var {StepNames.Side} = 0;");
        writer.Open(CallList.Head(_body.Steps, _body.FromEnd));
        var phase = 0;
        foreach (var statement in _schedule.Statements)
        {
            var points = new StepPoints(_names, statement);
            if (statement.Sums is { } sums)
            {
                points.LoadAhead(writer);
                Barrier();
                new StepSums(_names, statement.Statement, sums).Write(writer);
            }
            Barrier();
            points.Write(writer);
        }
        if (isDouble) writer.Line($"{StepNames.Side} ^= 1;");
        writer.Close();

        void Barrier()
        {
            if (_schedule.Barriers[phase++]) writer.Line("Group.Barrier();");
        }
    }

    // The states before the first step.
    private void Initial(CodeWriter writer, int h)
    {
        var held = _body.Held[h];
        string e = Scope.Fresh("e"), points = Literals.Int(_schedule.Samples * held.Length);
        writer.Open($"for (var {e} = thread; {e} < {points}; {e} += {Literals.Int(_schedule.Threads)})");
        string row = "0", place = e, sample = StepNames.First;
        if (_schedule.Samples > 1)
        {
            var split = Scope.Split(writer, e, new Expressions.Axis[] { _schedule.Samples, held.Length }, "o");
            (row, place, sample) = (split[0], split[1], $"IntrinsicMath.Min({StepNames.First} + {split[0]}, {_names.Count} - 1)");
        }
        var start = held.StepStride * ((_body.FromEnd ? _body.Steps - 1 : 0) + held.Before);
        string side = held.IsDouble ? Literals.Int(_schedule.Samples * held.Line) : "", line = row == "0" ? "" : $"{row} * {Literals.Int(held.Line)}";
        var to = string.Join(" + ", new[] { side, line, place }.Where(t => t.Length > 0));
        var from = $"{sample} * {Literals.Int(held.SampleStride)} + {place}{(start == 0 ? "" : " + " + Literals.Int(start))}";
        writer.Line($"{StepNames.Held(h)}[{to}] = {Scope.Arguments[held.Argument]}[{from}];");
        writer.Close();
    }
}
