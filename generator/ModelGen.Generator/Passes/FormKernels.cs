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
    // A row of more values than this is no longer code that a compiler optimises, and every look at the kernel costs that much more.
    private const int MostRowMembers = 64;

    // See Precedence: over how many nodes it is followed whether kernels depend on each other.
    private const int MostNodesBetween = 1024;

    // Sums that read the same data stand near each other: of those that could take one more, the last ones are asked.
    private const int MostSumsAsked = 64;

    public static CallOrder Apply(Graph graph, PassOptions options)
    {
        var recurrences = Recurrences.Of(graph);
        var groups = new List<KernelGroup>();
        var groupOf = new Dictionary<int, KernelGroup>();
        var sums = new SumsByRead();
        var precedences = Precedences(graph, recurrences);
        foreach (var any in graph.Nodes)
        {
            if (any is JoinNode join) Merge(options.Family.Crossovers.ValuesOfAMap, precedences, join.Parts.Select(p => groupOf[p]).Distinct().ToList(), groups,
                groupOf);
            if (any is not ComputeNode node) continue;
            var (group, outer) = FindGroup(graph, recurrences, precedences, node, sums, groupOf);
            if (group is null)
            {
                group = new KernelGroup(node.Shape.Axes, HasOwnForm(graph, node), recurrences[node.Id]);
                outer = Enumerable.Range(0, node.OutputRank).ToArray();
                groups.Add(group);
            }
            group.Add(node, outer);
            groupOf[node.Id] = group;
            if (!group.IsClosed) sums.Add(node, group);
            if (node.Combine == Combine.None) Merge(options.Family.Crossovers.ValuesOfAMap, precedences, InputGroups(node, groupOf)
                .Where(g => g != group && Alignment(graph, node, g) is not null).Prepend(group).ToList(), groups, groupOf);
        }
        var results = new HashSet<int>(graph.Results);
        var consumers = Consumers.Of(graph);
        var blocks = SampleBlocks.Of(graph, recurrences, consumers, groups, groupOf);
        var scratch = Scratch(graph, recurrences, consumers, results).ToList();
        var taken = new HashSet<int>(scratch.Select(s => s.Item1).Concat(blocks.Inside.Select(b => b.Node)));
        var storage = new Storage(graph, scratch, blocks.Inside, options.SpreadsRows ? SpreadRows.Of(graph, options.Family, recurrences, consumers, taken)
            : Array.Empty<int>(), options.Family.Caches.LineFloats);
        var known = KnownElements.Of(graph, recurrences, consumers);
        return OrderKernels.Apply(graph, recurrences, blocks, groups, groupOf, storage, g => ToCall(graph, g, results, consumers, storage, recurrences, known));
    }

    /// <summary>A kernel for each node, in the graph's order.</summary>
    public static CallOrder OneForEach(Graph graph)
    {
        var recurrences = Recurrences.Of(graph);
        var results = new HashSet<int>(graph.Results);
        var consumers = Consumers.Of(graph);
        var groups = new List<KernelGroup>();
        foreach (var node in graph.Nodes.OfType<ComputeNode>())
        {
            groups.Add(new KernelGroup(node.Shape.Axes, Contraction.Matches(node), recurrences[node.Id]));
            groups[groups.Count - 1].Add(node, Enumerable.Range(0, node.OutputRank).ToArray());
        }
        var groupOf = groups.ToDictionary(g => g.Last);
        var blocks = SampleBlocks.Of(graph, recurrences, consumers, groups, groupOf);
        var storage = new Storage(graph, Array.Empty<(int, int)>(), blocks.Inside, Array.Empty<int>(), gap: 0);
        return OrderKernels.Apply(graph, recurrences, blocks, groups, groupOf, storage, g => ToCall(graph, g, results, consumers, storage, recurrences));
    }

    private static (KernelGroup?, int[]) FindGroup(Graph graph, Recurrences recurrences, IReadOnlyDictionary<int, Precedence> precedences, ComputeNode node,
        SumsByRead sums, Dictionary<int, KernelGroup> groupOf)
    {
        var none = ((KernelGroup?)null, Array.Empty<int>());
        if (HasOwnForm(graph, node)) return none;
        foreach (var group in InputGroups(node, groupOf))
            if (group.Recurrence == recurrences[node.Id] && (group.IsClosed || group.Members.Count < MostRowMembers)
                && Alignment(graph, node, group) is { } outer && CanJoin(graph, node, group, outer)
                && precedences[group.Recurrence].TryJoin(group.Last, node.Id)) return (group, outer);
        // Side by side: a reduction over the same axes that reads something a reduction of the group reads too.
        if (node.Combine == Combine.None || node.Shape.Rank == 0) return none;
        foreach (var group in sums.Beside(node).Take(MostSumsAsked))
        {
            if (group.Outer != node.Shape.Axes || group.Recurrence != recurrences[node.Id] || group.Members.Count >= MostRowMembers) continue;
            var outer = Enumerable.Range(0, node.OutputRank).ToArray();
            if (group.IsReadAtPointBy(node, outer) && precedences[group.Recurrence].TryJoin(group.Last, node.Id)) return (group, outer);
        }
        return none;
    }

    private static bool HasOwnForm(Graph graph, ComputeNode node) => Contraction.Matches(node) || Scatter.Matches(node) || Transform.Matches(graph, node);

    private static IEnumerable<KernelGroup> InputGroups(ComputeNode node, Dictionary<int, KernelGroup> groupOf) =>
        node.Inputs.Where(groupOf.ContainsKey).Select(i => groupOf[i]).Distinct().OrderByDescending(g => g.Last);

    // Maps over the same points whose values meet in one node, or lie in one tensor, are one pass over memory (the gates of a cell).
    private static void Merge(int most, IReadOnlyDictionary<int, Precedence> precedences, IReadOnlyList<KernelGroup> candidates, List<KernelGroup> groups,
        Dictionary<int, KernelGroup> groupOf)
    {
        var group = candidates[0];
        if (!group.IsMap) return;
        foreach (var other in candidates.Skip(1).Where(g => g.IsMap && g.Outer == group.Outer && g.Recurrence == group.Recurrence))
        {
            if (group.Members.Count + other.Members.Count > most || !group.IsAtPointsOf(other)
                || !precedences[group.Recurrence].TryJoin(group.Last, other.Last)) continue;
            group.Absorb(other);
            foreach (var member in other.Members) groupOf[member.Id] = group;
            groups.Remove(other);
        }
    }

    // Values of a recurrence that only the step they belong to reads: room for one step is enough, and stays in the cache.
    private static IEnumerable<(int, int)> Scratch(Graph graph, Recurrences recurrences, Consumers consumers, HashSet<int> results)
    {
        foreach (var recurrence in recurrences.All)
            foreach (var member in recurrence.Members)
                if (graph[member] is ComputeNode && !results.Contains(member)
                    && consumers[member].All(r => graph[r] is ComputeNode && recurrences[r] == recurrences[member]))
                    yield return (member, recurrences.StepAxis(member));
    }

    // Which variables of the node are the group's outer axes, judging by how it reads the members; null where reads disagree.
    private static int[]? Alignment(Graph graph, ComputeNode node, KernelGroup group)
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

    private static bool CanJoin(Graph graph, ComputeNode node, KernelGroup group, int[] outer)
    {
        var inOrder = outer.SequenceEqual(Enumerable.Range(0, node.OutputRank));
        // Past a contraction, or for one number per point: the same points in the same order.
        if (group.IsClosed && group.Members[0].Inputs.Any(i => graph[graph.Source(i)] is ComputeNode { Block.Accumulates: false })
            && !IsSameForSomeSamples(graph, node)) return false;
        if (group.IsClosed) return node.Combine == Combine.None && inOrder && !Scatter.Matches(group.Members[0]) && LiesInRows(graph, node, group);
        if (node.Combine != Combine.None) return inOrder;
        if (inOrder) return true;
        // A row: only together with a reduction over the same row, and where the rows can be shared out.
        if (outer.Length == 0) return false;
        var inner = Enumerable.Range(0, node.OutputRank).Except(outer).Select(j => node.Axes[j]).OrderBy(a => a.ToString()).ToList();
        return group.Members.Any(m => m.Combine != Combine.None && m.Reduced.OrderBy(a => a.ToString()).SequenceEqual(inner));
    }

    /// <summary>True where a sample's values follow from that sample alone, whatever its number and the size of the batch.</summary>
    public static bool IsSameForSomeSamples(Graph graph, ComputeNode node)
    {
        bool IsBatch(int variable) => node.Axes[variable].PerSample;
        bool Uses(AffineIndex index) => index.Lookup is not null || Enumerable.Range(0, node.Axes.Count).Any(j => IsBatch(j) && index.DependsOn(j));
        return node.Shape.Rank > 0 && node.Shape[0] == Axis.Batch && node.Body.SelfAndDescendants().All(e => e switch
        {
            Expr.SizeOf s => !s.Axis.PerSample,
            Expr.IndexOf i => !Uses(i.Index),
            Expr.Random r => !Uses(r.Counter),
            Expr.Load l => graph[l.Node].Shape.IsPerSample ? graph[l.Node].Shape[0] == Axis.Batch && l.Index[0].AsVariable() == 0
                && !l.Index.Skip(1).Any(Uses) : !l.Index.Any(Uses),
            _ => true,
        });
    }

    // Whether everything read lies as the rows of the result do, so that a tile of registers can take it along.
    private static bool LiesInRows(Graph graph, ComputeNode node, KernelGroup group)
    {
        var last = node.OutputRank - 1;
        if (node.OutputRank == 0 || node.Shape[last].IsOne) return true;
        if (node.Body.Has(e => e is Expr.IndexOf { Index: { Divisor: not 1 } or { Lookup: not null } })) return false;
        return node.Body.Loads().Where(l => !group.OuterVariables.ContainsKey(l.Node))
            .All(l => Access.Of(l, new KernelArgument(ElementType.F32, graph[l.Node].Shape, false), node.Axes) is { Guards.Count: 0 } a
                && !a.Special.Any(s => s.Index.DependsOn(last)) && a.Strides[last] is 0 or 1);
    }

    // What depends on what, by the recurrence whose steps it is about: within a step what is read of the step before does not count, and outside (-1) each
    // recurrence is one, since it runs as a whole. A value that no kernel makes stands for itself.
    private static IReadOnlyDictionary<int, Precedence> Precedences(Graph graph, Recurrences recurrences)
    {
        var wholes = Enumerable.Range(0, graph.Nodes.Count).Where(i => recurrences[i] < 0).Select(i => (IReadOnlyList<int>)new[] { i })
            .Concat(recurrences.All.Select(r => r.Members)).ToList();
        if (graph.Nodes.Any(n => n is PreviousNode))
        {
            // These read what has a higher number.
            var wholeOf = wholes.SelectMany(w => w.Select(i => (i, w))).ToDictionary(x => x.i, x => x.w);
            wholes = OrderKernels.Sorted(wholes, w => w[0], w => w.SelectMany(i => graph[i].Inputs).Select(i => wholeOf[i])).ToList();
        }
        var precedences = new Dictionary<int, Precedence> { [-1] = new(wholes, i => graph[i].Inputs, MostNodesBetween) };
        for (var r = 0; r < recurrences.All.Count; r++)
            precedences[r] = new(recurrences.All[r].Members.Select(m => new[] { m }), i => graph[i] is PreviousNode p ? p.Inputs.Where(x => x != p.Source)
                : graph[i].Inputs, MostNodesBetween);
        return precedences;
    }

    private static KernelCall ToCall(Graph graph, KernelGroup group, HashSet<int> results, Consumers consumers, Storage storage, Recurrences recurrences,
        KnownElements? known = null)
    {
        var members = new HashSet<int>(group.Members.Select(m => m.Id));
        var arguments = new List<(int Node, KernelArgument Argument)>();
        var locals = new Dictionary<int, int>();
        var stages = new List<Stage>();
        var outerRank = group.Outer.Count;
        // The axis of the steps comes first.
        var step = group.Recurrence < 0 ? 0 : Array.IndexOf(group.OuterVariables[group.Members[0].Id], recurrences.StepAxis(group.Members[0].Id));
        var place = Enumerable.Range(0, outerRank).Select(k => k == step ? 0 : k < step ? k + 1 : k).ToArray();

        var isContraction = Contraction.Matches(group.Members[0]);
        var factors = isContraction
            && Contraction.Factors(group.Members[0].Body) is var (factorA, factorB) ? new[] { factorA.Node, factorB.Node } : Array.Empty<int>();
        AffineIndex? unneeded = null;

        int Argument(int node, bool written)
        {
            var at = arguments.FindIndex(a => a.Node == node);
            if (at < 0)
            {
                at = arguments.Count;
                arguments.Add((node, new(graph[node].Type.Element, graph[node].Shape, written, storage[node].Strides)
                {
                    Literal = graph[node] is LeafNode { IsLiteral: true } literal ? literal.Data : EquatableArray<double>.Empty,
                    Inside = !written && isContraction ? PadOperands.Inside(graph, node) : EquatableArray<(int, int)>.Empty,
                    Zeros = !written && factors.Contains(node) ? known?.Zeros(node) : null,
                }));
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
                Expr.Load l when locals.TryGetValue(l.Node, out var local) => KernelGroup.IsAt(l, group.OuterVariables[l.Node], place) ? new Expr.Local(local)
                    : throw new InvalidOperationException(
                        $"%{node.Id} {node.Name} reads %{l.Node} {graph[l.Node].Name} at another point than its own and is in one kernel with it."),
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
            for (var k = 0; k < outerRank; k++) variables[outer[k]] = AffineIndex.Variable(rank, place[k]);
            for (var k = 0; k < inner.Length; k++) variables[inner[k]] = AffineIndex.Variable(rank, outerRank + k);
            if (isContraction && node == group.Members[0]) unneeded = known?.Unneeded(node.Id)?.Substitute(variables.Take(node.OutputRank)
                .Select(v => v with { Coefficients = v.Coefficients.Take(outerRank).ToEquatableArray() }).ToList(), outerRank);
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
                    place.Select(k => AffineIndex.Variable(outerRank, k)).ToEquatableArray()));
        }
        var axes = Enumerable.Range(0, outerRank).OrderBy(k => place[k]).Select(k => group.Outer[k]).ToEquatableArray();
        return new(Canonical(
            new(axes, Tidy(stages).ToEquatableArray(), arguments.Select(a => a.Argument).ToEquatableArray(),
            group.Recurrence >= 0)
            { Accumulates = group.Members[0].Block is { Accumulates: true }, Unneeded = unneeded }),
            arguments.Select(a => a.Node).ToEquatableArray(), group.Members.Select(m => m.Id).ToEquatableArray())
        {
            OuterVariables = group.Members.Select(m => InOrder(group.OuterVariables[m.Id])).ToEquatableArray(),
        };

        EquatableArray<int> InOrder(int[] variables) => Enumerable.Range(0, outerRank).Select(a => variables[Array.IndexOf(place, a)]).ToEquatableArray();
    }

    // A value named only to be stored is stored at once, if it is stored in one place: what is stored along inner axes is over other variables.
    private static List<Stage> Tidy(List<Stage> stages)
    {
        for (var s = 0; s + 1 < stages.Count; s++)
        {
            if (stages[s] is not LetStage let || stages[s + 1] is not StoreStage { Inner.Count: 0, Value: Expr.Local l } store || l.Id != let.Local) continue;
            if (stages.Skip(s + 2).Any(x => x.Expression.Contains(l))) continue;
            stages[s + 1] = store with { Value = let.Value };
            stages.RemoveAt(s--);
        }
        // Reductions first, where nothing they read is computed before: neighbours over the same axes then share a loop.
        for (var s = 1; s < stages.Count; s++)
            for (var t = s; t > 0 && stages[t] is ReduceStage r && stages[t - 1] is LetStage or StoreStage { Inner.Count: 0 }
                && !Reads(stages[t], stages[t - 1]); t--)
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
