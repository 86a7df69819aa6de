using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Programs;

/// <summary>Size of a workspace: <c>PerSample·N + Fixed</c> floats.</summary>
internal readonly record struct WorkspaceSize(long PerSample, long Fixed);

/// <summary>The scheduled form of one graph: kernel calls in order and a place for every tensor. Both emitters print it.</summary>
internal sealed class Program
{
    public Program(Graph graph, CallOrder schedule, IReadOnlyDictionary<int, Place> places, WorkspaceSize workspace, IReadOnlyList<Slot> slots,
        long derivedFloats = 0)
    {
        (Graph, Calls, Loops, BatchLoops, Storage) = (graph, schedule.Calls, schedule.Loops, schedule.BatchLoops, schedule.Storage);
        (Places, Workspace, Slots) = (places, workspace, slots);
        (Derived, DerivedFloats) = (schedule.Derived, derivedFloats);
    }

    public Graph Graph { get; }

    public IReadOnlyList<KernelCall> Calls { get; }

    /// <summary>As many of the first calls depend on parameters, buffers and constants alone and run only when those change.</summary>
    public int Derived { get; }

    /// <summary>Room for what those calls compute.</summary>
    public long DerivedFloats { get; }

    /// <summary>The calls that are repeated for each step of a recurrence, in order.</summary>
    public IReadOnlyList<StepLoop> Loops { get; }

    /// <summary>The calls that are made for some samples after the other, in order.</summary>
    public IReadOnlyList<BatchLoop> BatchLoops { get; }

    /// <summary>True where a call is made for some samples of the batch after the other.</summary>
    public bool IsForSomeSamples(int call) => BatchLoops.Any(l => l.First <= call && call < l.End);

    public Storage Storage { get; }

    public IReadOnlyDictionary<int, Place> Places { get; }

    public WorkspaceSize Workspace { get; }

    /// <summary>The memory plan, for the table in the generated file.</summary>
    public IReadOnlyList<Slot> Slots { get; }

    /// <summary>Calls up to here compute forward values.</summary>
    public int ForwardCalls => Calls.TakeWhile(c => c.Nodes.Any(n => n < Graph.ForwardCount)).Count();

    /// <summary>Calls in ranges of limited length, for methods of it; what is repeated stays in one.</summary>
    public IReadOnlyList<(int From, int To)> Ranges(int from, int to, int most)
    {
        var ranges = new List<(int From, int To)>();
        for (var start = from; start < to; start = ranges[ranges.Count - 1].To)
        {
            var end = Math.Min(to, start + most);
            var loop = CallOrder.Repeated(Loops, BatchLoops, end);
            if (loop.First < end) end = loop.First > start ? loop.First : loop.End;
            ranges.Add((start, end));
        }
        return ranges;
    }
}

/// <summary>A tensor's stay in the workspace: from the call that writes it to the last that reads it.</summary>
internal sealed record Slot(int Node, int First, int Last, Place Place, long LengthInFloats);
