using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Prints all steps of a recurrence as one kernel: a group computes some samples from the first step to the last and keeps their states in shared
/// memory.</summary>
/// <remarks>A barrier stands before a statement that reads or overwrites what other threads have touched since the last one.</remarks>
internal sealed class StepLoopKernel : GpuKernelText
{
    // Stands for the sums of products among what barriers protect.
    private const int SumsResource = -1;

    private readonly StepBody _body;
    private readonly StepLoopSchedule _schedule;
    private readonly StepNames _names;

    public StepLoopKernel(KernelEntry entry, IReadOnlyCollection<int> based, StepBody body, StepLoopSchedule schedule)
        : this(entry, based, body, schedule, entry.Arguments.Concat(body.Held.SelectMany((_, h) => new[] { StepNames.Held(h), StepNames.Held(h) })).ToList())
    {
    }

    private StepLoopKernel(KernelEntry entry, IReadOnlyCollection<int> based, StepBody body, StepLoopSchedule schedule, List<string> names)
        : base(entry, based, names)
    {
        (_body, _schedule) = (body, schedule);
        _names = new(body, schedule, Scope, names);
    }

    public override int Threads => StepLoopSchedule.Threads;

    public override int MinGroups => 2;

    public override string Groups => Extent.Of(new[] { _body.Samples }).Groups(_schedule.Samples);

    public override int SharedBytes => 4 * (SumFloats + _schedule.Samples * _body.Held.Sum(h => h.Floats) + Threads * (RowArrays.Floats + RowArrays.Integers));

    public override string Remark => $"All {Extent.Number(_body.Steps)} steps: a group of {Extent.Number(Threads)} threads computes "
        + (_schedule.Samples == 1 ? "a sample and keeps its" : Extent.Number(_schedule.Samples) + " samples and keeps their") + " states in shared memory.";

    private int SumFloats => (StepLoopSchedule.SumFloats(_body.Statements, _schedule.Samples, _schedule.Parts.ToArray()) + 3) / 4 * 4;

    private (int Floats, int Integers) RowArrays => _body.Statements
        .Select(s => PointStages.SharedCountOf(s.AtPoint.Select(p => p.Stage).ToList(), StepLoopSchedule.Mapping(s, _schedule.Samples)))
        .Aggregate((a, b) => (Math.Max(a.Floats, b.Floats), Math.Max(a.Integers, b.Integers)));

    public override void Body(CodeWriter writer)
    {
        if (SumFloats > 0)
        {
            writer.Line($"var {StepNames.WideSums} = SharedMemory.Allocate<Float4>({Extent.Number(SumFloats / 4)});");
            writer.Line($"var {StepNames.Sums} = {StepNames.WideSums}.Cast<float>();");
        }
        for (var h = 0; h < _body.Held.Count; h++)
        {
            writer.Line($"var {StepNames.WideHeld(h)} = SharedMemory.Allocate<Float4>({Extent.Number(_schedule.Samples * _body.Held[h].Floats / 4)});");
            writer.Line($"var {StepNames.Held(h)} = {StepNames.WideHeld(h)}.Cast<float>();");
        }
        PointStages.SharedArrays(writer, RowArrays, Threads);
        writer.Line("var thread = Group.IdxX;");
        writer.Line($"var {StepNames.First} = group{(_schedule.Samples == 1 ? "" : " * " + Extent.Number(_schedule.Samples))};");
        for (var h = 0; h < _body.Held.Count; h++)
            if (_body.Held[h].IsCarried) Initial(writer, h);
        var isDouble = _body.Held.Any(h => h.IsDouble);
        if (isDouble) writer.Line($"var {StepNames.Side} = 0;");
        writer.Open(CallList.Head(_body.Steps, _body.FromEnd));
        var barriers = Barriers();
        var phase = 0;
        for (var s = 0; s < _body.Statements.Count; s++)
        {
            var statement = _body.Statements[s];
            var points = new StepPoints(_names, statement, _schedule.Parts[s]);
            if (statement.Product is { } product)
            {
                points.LoadAhead(writer);
                Barrier();
                new StepSums(_names, statement, product, _schedule.Parts[s]).Write(writer);
            }
            Barrier();
            points.Write(writer);
        }
        if (isDouble) writer.Line($"{StepNames.Side} ^= 1;");
        writer.Close();

        void Barrier()
        {
            if (barriers[phase++]) writer.Line("Group.Barrier();");
        }
    }

    // The states before the first step.
    private void Initial(CodeWriter writer, int h)
    {
        var held = _body.Held[h];
        string e = Scope.Fresh("e"), points = Extent.Number(_schedule.Samples * held.Length);
        writer.Open($"for (var {e} = thread; {e} < {points}; {e} += {Extent.Number(Threads)})");
        string row = "0", place = e, sample = StepNames.First;
        if (_schedule.Samples > 1)
        {
            var split = Scope.Split(writer, e, new Expressions.Axis[] { _schedule.Samples, held.Length }, "o");
            (row, place, sample) = (split[0], split[1], $"IntrinsicMath.Min({StepNames.First} + {split[0]}, {_names.Count} - 1)");
        }
        var start = held.StepStride * ((_body.FromEnd ? _body.Steps - 1 : 0) + held.Before);
        string side = held.IsDouble ? Extent.Number(_schedule.Samples * held.Line) : "", line = row == "0" ? "" : $"{row} * {Extent.Number(held.Line)}";
        var to = string.Join(" + ", new[] { side, line, place }.Where(t => t.Length > 0));
        var from = $"{sample} * {Extent.Number(held.SampleStride)} + {place}{(start == 0 ? "" : " + " + Extent.Number(start))}";
        writer.Line($"{StepNames.Held(h)}[{to}] = {Scope.Arguments[held.Argument]}[{from}];");
        writer.Close();
    }

    // Before which phases all threads wait: the sums of a product are one, the points of a statement another. What a step leaves meets the next one too.
    private IReadOnlyList<bool> Barriers()
    {
        var phases = new List<(HashSet<int> Read, HashSet<int> Written)>();
        foreach (var statement in _body.Statements)
        {
            var read = Resources(statement.AtPoint.SelectMany(s => s.Stage.Reads.Values.Select(a => a.Argument)));
            if (statement.Product is { } product)
            {
                phases.Add((Resources(new[] { product.Rows.Argument }), new() { SumsResource }));
                read.Add(SumsResource);
            }
            phases.Add((read, Resources(statement.AtPoint.Where(s => s.Held is not null).Select(s => s.Held!.Argument))));
        }
        var barriers = new bool[phases.Count];
        HashSet<int> pendingReads = new(), pendingWrites = new(Enumerable.Range(0, _body.Held.Count).Where(h => _body.Held[h].IsCarried));
        const int untilNothingChanges = 3;
        for (var p = 0; p < untilNothingChanges * phases.Count; p++)
        {
            var (reads, writes) = phases[p % phases.Count];
            if (reads.Overlaps(pendingWrites) || writes.Overlaps(pendingWrites) || writes.Overlaps(pendingReads)) barriers[p % phases.Count] = true;
            if (barriers[p % phases.Count])
            {
                pendingReads.Clear();
                pendingWrites.Clear();
            }
            pendingReads.UnionWith(reads);
            pendingWrites.UnionWith(writes);
        }
        return barriers;

        HashSet<int> Resources(IEnumerable<int> numbers) => new(numbers.Select(_body.HeldOf).Where(h => h >= 0));
    }
}
