using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Graphs;

/// <summary>Nodes that depend on each other through <see cref="PreviousNode"/>s: they are computed together, one step after the other.</summary>
/// <param name="Members">In the order of a step.</param>
/// <param name="Steps">How many there are.</param>
/// <param name="FromEnd">True where the steps run from the last index to the first.</param>
internal sealed record Recurrence(IReadOnlyList<int> Members, int Steps, bool FromEnd);

/// <summary>The recurrences of a graph.</summary>
internal sealed class Recurrences
{
    private readonly int[] _of;
    private readonly int[] _stepAxis;

    private Recurrences(IReadOnlyList<Recurrence> all, int[] of, int[] stepAxis) => (All, _of, _stepAxis) = (all, of, stepAxis);

    public IReadOnlyList<Recurrence> All { get; }

    /// <summary>The number of the recurrence a node belongs to, or -1.</summary>
    public int this[int node] => _of[node];

    /// <summary>Which axis of a member the steps are.</summary>
    public int StepAxis(int node) => _stepAxis[node];

    /// <exception cref="InvalidOperationException">Nodes depend on each other in a way that steps along one axis do not settle.</exception>
    public static Recurrences Of(Graph graph)
    {
        var of = Enumerable.Repeat(-1, graph.Nodes.Count).ToArray();
        var stepAxis = Enumerable.Repeat(-1, graph.Nodes.Count).ToArray();
        var all = new List<Recurrence>();
        if (!graph.Nodes.OfType<PreviousNode>().Any()) return new(all, of, stepAxis);
        foreach (var members in Circles(graph))
        {
            var first = members.Select(m => graph[m]).OfType<PreviousNode>().First();
            foreach (var m in members) of[m] = all.Count;
            all.Add(new(members, first.Steps, first.FromEnd));
            var inside = new HashSet<int>(members);
            foreach (var m in members)
            {
                stepAxis[m] = StepAxis(graph, graph[m], inside, stepAxis);
                if (graph[m] is PreviousNode p && (p.Steps != first.Steps || p.FromEnd != first.FromEnd))
                    throw new InvalidOperationException($"%{m} {p.Name} and %{first.Id} {first.Name} are states of one recurrence with different steps.");
            }
        }
        return new(all, of, stepAxis);
    }

    // The axis along which a node reads the members before it: the same position everywhere.
    private static int StepAxis(Graph graph, Node node, HashSet<int> members, int[] known)
    {
        if (node is PreviousNode p) return p.Axis;
        if (node is JoinNode j)
        {
            var own = known[j.Parts.First(members.Contains)];
            return own != j.Axis ? own : throw new InvalidOperationException($"%{j.Id} {j.Name} joins steps of its own recurrence.");
        }
        var axis = -1;
        if (node is ComputeNode c)
            foreach (var load in c.Body.Loads().Where(l => members.Contains(l.Node)))
            {
                var own = known[load.Node] < 0 ? -1 : load.Index[known[load.Node]].AsVariable();
                if (own < 0 || own >= c.OutputRank || axis >= 0 && own != axis)
                    throw new InvalidOperationException($"%{node.Id} {node.Name} reads %{load.Node}, a value of the same recurrence, not at its own step.");
                axis = own;
            }
        return axis >= 0 ? axis : throw new InvalidOperationException($"%{node.Id} {node.Name} belongs to a recurrence and does not run along its steps.");
    }

    // Strongly connected parts with a circle (Tarjan 1972), without recursion: graphs are deep.
    private static IEnumerable<IReadOnlyList<int>> Circles(Graph graph)
    {
        var number = new int[graph.Nodes.Count];
        var low = new int[graph.Nodes.Count];
        var onStack = new bool[graph.Nodes.Count];
        var stack = new Stack<int>();
        var count = 0;
        for (var root = 0; root < graph.Nodes.Count; root++)
        {
            if (number[root] != 0) continue;
            var work = new Stack<(int Node, IEnumerator<int> Inputs)>();
            void Enter(int node)
            {
                number[node] = low[node] = ++count;
                onStack[node] = true;
                stack.Push(node);
                work.Push((node, graph[node].Inputs.GetEnumerator()));
            }
            Enter(root);
            while (work.Count > 0)
            {
                var (node, inputs) = work.Peek();
                if (inputs.MoveNext())
                {
                    var input = inputs.Current;
                    if (number[input] == 0) Enter(input);
                    else if (onStack[input]) low[node] = Math.Min(low[node], number[input]);
                    continue;
                }
                work.Pop();
                if (work.Count > 0) low[work.Peek().Node] = Math.Min(low[work.Peek().Node], low[node]);
                if (low[node] != number[node]) continue;
                var members = new List<int>();
                int member;
                do
                {
                    member = stack.Pop();
                    onStack[member] = false;
                    members.Add(member);
                }
                while (member != node);
                if (members.Count > 1) yield return members.OrderBy(m => m).ToList();
            }
        }
    }
}
