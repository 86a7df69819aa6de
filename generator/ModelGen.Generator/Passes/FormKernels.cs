using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Groups compute nodes into kernels: epilogues with their contraction, the steps of a normalisation or softmax with each other,
/// reductions that read the same data side by side. Then orders the kernels.</summary>
internal static class FormKernels
{
    private sealed class Group
    {
        public Group(EquatableArray<Axis> outer, bool isContraction) => (Outer, IsContraction) = (outer, isContraction);

        public EquatableArray<Axis> Outer { get; }

        public bool IsContraction { get; }

        public List<ComputeNode> Members { get; } = new();

        /// <summary>For each member, which of its variables are the outer ones, in the order of <see cref="Outer"/>.</summary>
        public Dictionary<int, int[]> OuterVariables { get; } = new();

        public void Add(ComputeNode node, int[] outer)
        {
            Members.Add(node);
            OuterVariables[node.Id] = outer;
        }
    }

    public static IReadOnlyList<KernelCall> Apply(Graph graph)
    {
        var groups = new List<Group>();
        var groupOf = new Dictionary<int, Group>();
        foreach (var node in graph.Nodes.OfType<ComputeNode>())
        {
            var (group, outer) = FindGroup(graph, node, groups, groupOf);
            if (group is null)
            {
                group = new Group(node.Shape.Axes, Contraction.Matches(node));
                outer = Enumerable.Range(0, node.OutputRank).ToArray();
                groups.Add(group);
            }
            group.Add(node, outer);
            groupOf[node.Id] = group;
        }
        var results = new HashSet<int>(graph.Results);
        var consumers = Consumers.Of(graph);
        return Order(graph, groups, groupOf).Select(g => ToCall(graph, g, results, consumers)).ToList();
    }

    private static (Group?, int[]) FindGroup(Graph graph, ComputeNode node, List<Group> groups, Dictionary<int, Group> groupOf)
    {
        var none = ((Group?)null, Array.Empty<int>());
        if (Contraction.Matches(node)) return none;
        foreach (var group in node.Inputs.Where(groupOf.ContainsKey).Select(i => groupOf[i]).Distinct().OrderByDescending(g => g.Members[g.Members.Count - 1].Id))
            if (Alignment(graph, node, group) is { } outer && CanJoin(graph, node, group, outer) && !DependsOutside(graph, node, group, groupOf)) return (group, outer);
        // Side by side: a reduction over the same axes that reads something a reduction of the group reads too.
        if (node.Combine == Combine.None || node.Shape.Rank == 0) return none;
        var loads = node.Body.Loads().ToList();
        for (var g = groups.Count - 1; g >= 0; g--)
        {
            var group = groups[g];
            if (group.IsContraction || group.Outer != node.Shape.Axes) continue;
            if (!group.Members.Any(m => m.Combine != Combine.None && m.Reduced == node.Reduced && m.Body.Loads().Intersect(loads).Any())) continue;
            if (!DependsOutside(graph, node, group, groupOf)) return (group, Enumerable.Range(0, node.OutputRank).ToArray());
        }
        return none;
    }

    // Which variables of the node are the group's outer axes, judging by how it reads the members; null where reads disagree.
    private static int[]? Alignment(Graph graph, ComputeNode node, Group group)
    {
        int[]? found = null;
        foreach (var load in node.Body.Loads().Where(l => group.OuterVariables.ContainsKey(l.Node)))
        {
            var member = (ComputeNode)graph[load.Node];
            var outer = new int[group.Outer.Count];
            for (var k = 0; k < outer.Length; k++)
            {
                var dimension = member.Combine == Combine.None ? group.OuterVariables[member.Id][k] : k;
                outer[k] = load.Index[dimension].AsVariable();
                if (outer[k] < 0 || outer[k] >= node.OutputRank || node.Axes[outer[k]] != group.Outer[k]) return null;
            }
            if (outer.Distinct().Count() != outer.Length || found is not null && !found.SequenceEqual(outer)) return null;
            found = outer;
        }
        return found;
    }

    private static bool CanJoin(Graph graph, ComputeNode node, Group group, int[] outer)
    {
        var inOrder = outer.SequenceEqual(Enumerable.Range(0, node.OutputRank));
        // Past a contraction, or for one number per point: the same points in the same order.
        if (group.IsContraction) return node.Combine == Combine.None && inOrder && LiesInRows(graph, node, group);
        if (node.Combine != Combine.None) return inOrder;
        if (inOrder) return true;
        // A row: only together with a reduction over the same row, and where the rows can be shared out.
        if (outer.Length == 0) return false;
        var inner = Enumerable.Range(0, node.OutputRank).Except(outer).Select(j => node.Axes[j]).OrderBy(a => a.ToString()).ToList();
        return group.Members.Any(m => m.Combine != Combine.None && m.Reduced.OrderBy(a => a.ToString()).SequenceEqual(inner));
    }

    // Whether everything read lies as the rows of the result do, so that a tile of registers can take it along.
    private static bool LiesInRows(Graph graph, ComputeNode node, Group group)
    {
        if (node.OutputRank == 0 || node.Shape[node.OutputRank - 1].IsOne) return true;
        return node.Body.Loads().Where(l => !group.OuterVariables.ContainsKey(l.Node))
            .All(l => Access.Of(l, graph[l.Node].Shape, node.Axes) is { Guards.Count: 0, Special.Count: 0 } a && a.Strides[node.OutputRank - 1] is 0 or 1);
    }

    // True where the node reads, through other kernels, something computed from the group: it can then not be part of it.
    private static bool DependsOutside(Graph graph, ComputeNode node, Group group, Dictionary<int, Group> groupOf)
    {
        var lowest = group.Members[0].Id;
        var seen = new HashSet<int>();
        var todo = new Stack<int>(node.Inputs.Where(i => !group.OuterVariables.ContainsKey(i)));
        while (todo.Count > 0)
        {
            var id = todo.Pop();
            if (id < lowest && (!groupOf.TryGetValue(id, out var g) || g.Members[g.Members.Count - 1].Id < lowest) || !seen.Add(id)) continue;
            if (group.OuterVariables.ContainsKey(id)) return true;
            // A kernel runs as a whole: what any of its members reads counts.
            var inputs = groupOf.TryGetValue(id, out var owner) ? owner.Members.SelectMany(m => m.Inputs).Where(i => groupOf.TryGetValue(i, out var o) ? o != owner : true) : graph[id].Inputs;
            foreach (var input in inputs) todo.Push(input);
        }
        return false;
    }

    private static IEnumerable<Group> Order(Graph graph, List<Group> groups, Dictionary<int, Group> groupOf)
    {
        IEnumerable<Group> Producers(Group group) => group.Members.SelectMany(m => m.Inputs).Select(i => Source(graph, i)).Where(groupOf.ContainsKey).Select(i => groupOf[i]).Where(g => g != group).Distinct();
        var waiting = groups.ToDictionary(g => g, g => Producers(g).Count());
        var readers = groups.ToDictionary(g => g, _ => new List<Group>());
        foreach (var group in groups)
            foreach (var producer in Producers(group)) readers[producer].Add(group);
        // Among the kernels that are ready the earliest in the graph goes first: the order people read, and short lives of values.
        var ready = new SortedDictionary<int, Group>();
        void Offer(Group g) => ready.Add(g.Members[g.Members.Count - 1].Id, g);
        foreach (var group in groups.Where(g => waiting[g] == 0)) Offer(group);
        var count = 0;
        while (ready.Count > 0)
        {
            var next = ready.First();
            ready.Remove(next.Key);
            count++;
            yield return next.Value;
            foreach (var reader in readers[next.Value])
                if (--waiting[reader] == 0) Offer(reader);
        }
        if (count != groups.Count) throw new InvalidOperationException("Kernels depend on each other in a circle.");
    }

    /// <summary>The node that owns the memory: reshapes are other views of it.</summary>
    public static int Source(Graph graph, int id) => graph[id] is ReshapeNode r ? Source(graph, r.Source) : id;

    private static KernelCall ToCall(Graph graph, Group group, HashSet<int> results, Consumers consumers)
    {
        var members = new HashSet<int>(group.Members.Select(m => m.Id));
        var arguments = new List<(int Node, KernelArgument Argument)>();
        var locals = new Dictionary<int, int>();
        var stages = new List<Stage>();
        var outerRank = group.Outer.Count;

        int Argument(int node, bool written)
        {
            var at = arguments.FindIndex(a => a.Node == node);
            if (at < 0)
            {
                at = arguments.Count;
                arguments.Add((node, new(graph[node].Type.Element, graph[node].Shape, written)));
            }
            else if (written) arguments[at] = (node, arguments[at].Argument with { IsWritten = true });
            return at;
        }

        // Into the kernel's variables (outer, then inner) and the kernel's names for values.
        Expr Localize(ComputeNode node, Expr e, AffineIndex[] variables, int rank)
        {
            var moved = Substitution.Apply(e, variables, rank)!;
            Expr.Load OfLoad(Expr.Load l) => l with { Node = Argument(l.Node, false), Index = l.Index.Select(Index).ToEquatableArray() };
            AffineIndex Index(AffineIndex i) => i.Lookup is null ? i : i with { Lookup = OfLoad(i.Lookup) };
            return moved.Replace(x => x switch
            {
                Expr.Load l when locals.TryGetValue(l.Node, out var local) => new Expr.Local(local),
                Expr.Load l => OfLoad(l),
                Expr.Valid v => new Expr.Valid(OfLoad(v.Of)),
                Expr.IndexOf { Index.Lookup: not null } i => new Expr.IndexOf(Index(i.Index)),
                Expr.Stop s => Localized(s.X),
                Expr.Surrogate s => Localized(s.Value),
                _ => null,
            });
            Expr Localized(Expr inner) => Localize(node, inner, Enumerable.Range(0, rank).Select(j => AffineIndex.Variable(rank, j)).ToArray(), rank);
        }

        foreach (var node in group.Members)
        {
            var outer = group.OuterVariables[node.Id];
            var inner = Enumerable.Range(0, node.Axes.Count).Where(j => !outer.Contains(j)).ToArray();
            var rank = outerRank + inner.Length;
            var variables = new AffineIndex[node.Axes.Count];
            for (var k = 0; k < outerRank; k++) variables[outer[k]] = AffineIndex.Variable(rank, k);
            for (var k = 0; k < inner.Length; k++) variables[inner[k]] = AffineIndex.Variable(rank, outerRank + k);
            var innerAxes = inner.Select(j => node.Axes[j]).ToEquatableArray();
            var body = Localize(node, node.Body, variables, rank);
            var stored = results.Contains(node.Id) || consumers[node.Id].Any(reader => !members.Contains(reader));
            if (node.Combine == Combine.None && inner.Length > 0)
            {
                stages.Add(new StoreStage(innerAxes, body, Argument(node.Id, true), variables.ToEquatableArray()));
                continue;
            }
            locals[node.Id] = node.Id;
            stages.Add(node.Combine == Combine.None ? new LetStage(node.Id, body) : new ReduceStage(node.Id, innerAxes, node.Combine, body));
            if (stored)
                stages.Add(new StoreStage(EquatableArray<Axis>.Empty, new Expr.Local(node.Id), Argument(node.Id, true),
                    Enumerable.Range(0, outerRank).Select(k => AffineIndex.Variable(outerRank, k)).ToEquatableArray()));
        }
        return new(Canonical(new(group.Outer, Tidy(stages).ToEquatableArray(), arguments.Select(a => a.Argument).ToEquatableArray())),
            arguments.Select(a => a.Node).ToEquatableArray(), group.Members.Select(m => m.Id).ToEquatableArray());
    }

    // A value named only to be stored is stored at once.
    private static List<Stage> Tidy(List<Stage> stages)
    {
        for (var s = 0; s + 1 < stages.Count; s++)
        {
            if (stages[s] is not LetStage let || stages[s + 1] is not StoreStage { Value: Expr.Local l } store || l.Id != let.Local) continue;
            if (stages.Skip(s + 2).Any(x => x.Expression.Contains(l))) continue;
            stages[s + 1] = store with { Value = let.Value };
            stages.RemoveAt(s--);
        }
        // Reductions first, where nothing they read is computed before: neighbours over the same axes then share a loop.
        for (var s = 1; s < stages.Count; s++)
            for (var t = s; t > 0 && stages[t] is ReduceStage r && stages[t - 1] is LetStage or StoreStage { Inner.Count: 0 } && !Reads(stages[t], stages[t - 1]); t--)
                (stages[t - 1], stages[t]) = (stages[t], stages[t - 1]);
        return stages;
    }

    private static bool Reads(Stage reader, Stage earlier) => earlier switch
    {
        LetStage l => reader.Expression.Contains(new Expr.Local(l.Local)),
        StoreStage s => reader.Expression.Loads().Any(l => l.Node == s.Argument),
        _ => true,
    };

    // Locals numbered from 0 in order, so that equal kernels are equal.
    private static Kernel Canonical(Kernel kernel)
    {
        var number = new Dictionary<int, int>();
        Expr Rename(Expr e) => e.Replace(x => x is Expr.Local l ? new Expr.Local(number[l.Id]) : null);
        int Define(int local) => number[local] = number.Count;
        var stages = kernel.Stages.Select(stage => stage switch
        {
            ReduceStage r => r with { Body = Rename(r.Body), Local = Define(r.Local) },
            LetStage l => l with { Value = Rename(l.Value), Local = Define(l.Local) },
            StoreStage s => (Stage)(s with { Value = Rename(s.Value) }),
            _ => stage,
        });
        return kernel with { Stages = stages.ToEquatableArray() };
    }
}
