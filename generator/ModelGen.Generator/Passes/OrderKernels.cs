using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Puts kernels into an order in which each follows what it reads. The kernels of a recurrence stand together, in the order of a step; before
/// them the initial states are put in place.</summary>
internal static class OrderKernels
{
    /// <summary>What runs as a whole: a kernel, the kernels of a recurrence, those that work on some samples at a time, or the copy of an initial
    /// state.</summary>
    private sealed record Unit(int Key, IReadOnlyList<KernelGroup> Groups, PreviousNode? Initial, int Recurrence, int Samples = 0);

    public static CallOrder Apply(
        Graph graph, Recurrences recurrences, SampleBlocks blocks, IReadOnlyList<KernelGroup> groups, IReadOnlyDictionary<int, KernelGroup> groupOf,
        Storage storage, Func<KernelGroup, KernelCall> toCall)
    {
        var units = blocks.All.Select(b => new Unit(b.Groups.Max(g => g.Last), b.Groups, null, -1, b.Samples)).ToList();
        foreach (var steps in groups.Where(g => g.Recurrence >= 0)
            .GroupBy(g => g.Recurrence)) units.Add(new(steps.Max(g => g.Last), steps.ToList(), null, steps.Key));
        var initials = graph.Nodes.OfType<PreviousNode>().ToDictionary(p => p.Id, p => new Unit(p.Id, Array.Empty<KernelGroup>(), p, -1));
        units.AddRange(initials.Values);
        var unitOf = units.SelectMany(u => u.Groups.Select(g => (g, u))).ToDictionary(x => x.g, x => x.u);

        // What has to be done before a value is there; within a recurrence the state before a step is.
        IEnumerable<KernelGroup> Makers(int id, int recurrence) => graph[id] switch
        {
            ReshapeNode r => Makers(r.Source, recurrence),
            JoinNode j => j.Parts.SelectMany(p => Makers(p, recurrence)),
            PreviousNode p => recurrence >= 0 && recurrences[id] == recurrence ? Array.Empty<KernelGroup>() : Makers(p.Source, recurrence),
            _ => groupOf.TryGetValue(id, out var g) ? new[] { g } : Array.Empty<KernelGroup>(),
        };
        IEnumerable<Unit> Before(Unit unit)
        {
            var read = unit.Initial is { } p ? p.Initial < 0 ? Array.Empty<int>() : new[] { p.Initial }
                : unit.Groups.SelectMany(g => g.Members).SelectMany(m => m.Inputs);
            foreach (var id in read.Distinct())
            {
                foreach (var maker in Makers(id, unit.Recurrence)) yield return unitOf[maker];
                if (initials.TryGetValue(id, out var initial)) yield return initial;
            }
        }

        // Equal kernels are one object: what is found out about it holds for all.
        var kernels = new Dictionary<Kernel, Kernel>();
        KernelCall Shared(KernelCall call)
        {
            if (kernels.TryGetValue(call.Kernel, out var known)) return call with { Kernel = known };
            kernels.Add(call.Kernel, call.Kernel);
            return call;
        }

        var calls = new List<KernelCall>();
        var loops = new List<StepLoop>();
        var batchLoops = new List<BatchLoop>();
        foreach (var unit in Sorted(units, u => u.Key, Before))
        {
            if (unit.Initial is { } p) calls.Add(Initial(graph, p, storage));
            var first = calls.Count;
            calls.AddRange(Sorted(unit.Groups, g => g.Last, g => g.Members.SelectMany(m => m.Inputs).SelectMany(i => Makers(i, unit.Recurrence)))
                .Select(toCall).Select(Shared));
            if (unit.Samples > 0) batchLoops.Add(new(first, calls.Count, unit.Samples));
            if (unit.Recurrence >= 0) loops.Add(new(first, calls.Count, recurrences.All[unit.Recurrence].Steps, recurrences.All[unit.Recurrence].FromEnd));
        }
        return new(calls, loops, batchLoops, storage);
    }

    /// <summary>Each behind what it reads. Among those that are ready the earliest in the graph goes first: the order people read, and short lives of
    /// values.</summary>
    /// <exception cref="InvalidOperationException">They read each other in a circle.</exception>
    public static IEnumerable<T> Sorted<T>(IReadOnlyList<T> items, Func<T, int> key, Func<T, IEnumerable<T>> before)
        where T : class
    {
        var inside = new HashSet<T>(items);
        var waiting = new Dictionary<T, int>();
        var readers = items.ToDictionary(i => i, _ => new List<T>());
        var ready = new SortedDictionary<int, T>();
        foreach (var item in items)
        {
            var own = before(item).Where(b => b != item && inside.Contains(b)).Distinct().ToList();
            foreach (var b in own) readers[b].Add(item);
            waiting[item] = own.Count;
            if (own.Count == 0) ready.Add(key(item), item);
        }
        var count = 0;
        while (ready.Count > 0)
        {
            var next = ready.First();
            ready.Remove(next.Key);
            count++;
            yield return next.Value;
            foreach (var reader in readers[next.Value])
                if (--waiting[reader] == 0) ready.Add(key(reader), reader);
        }
        if (count != items.Count) throw new InvalidOperationException("Kernels depend on each other in a circle.");
    }

    // previous[…, first step, …] := the initial state, or zeros.
    private static KernelCall Initial(Graph graph, PreviousNode p, Storage storage)
    {
        var axes = p.Shape.Axes.Where((_, a) => a != p.Axis).ToEquatableArray();
        var rank = axes.Count;
        var variables = Enumerable.Range(0, rank).Select(j => AffineIndex.Variable(rank, j)).ToList();
        var index = variables.Take(p.Axis).Append(AffineIndex.Constant(rank, p.First)).Concat(variables.Skip(p.Axis)).ToEquatableArray();
        var target = new KernelArgument(ElementType.F32, p.Shape, true, storage[p.Id].Strides);
        if (p.Initial < 0) return new(
            new(axes, EquatableArray.Of<Stage>(new StoreStage(EquatableArray<Axis>.Empty, Expr.Zero, 0, index)), EquatableArray.Of(target)),
            EquatableArray.Of(p.Id), EquatableArray.Of(p.Id));
        var source = new KernelArgument(graph[p.Initial].Type.Element, graph[p.Initial].Shape, false, storage[p.Initial].Strides);
        var store = new StoreStage(EquatableArray<Axis>.Empty, new Expr.Load(0, variables.ToEquatableArray()), 1, index);
        return new(new(axes, EquatableArray.Of<Stage>(store), EquatableArray.Of(source, target)), EquatableArray.Of(p.Initial, p.Id), EquatableArray.Of(p.Id));
    }
}
