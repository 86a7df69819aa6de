using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Programs;

/// <summary>That a call differentiates another one.</summary>
/// <param name="Call">The number of the call that is differentiated, from 0.</param>
/// <param name="By">The names of the values that the derivatives are taken by, in order.</param>
internal sealed record Derivative(int Call, IReadOnlyList<string> By);

/// <summary>Which calls of the forward part the others differentiate, so that a step can be read beside the one it belongs to.</summary>
internal sealed class Derivatives
{
    private readonly Graph _graph;
    private readonly Dictionary<int, int> _callOf = new();
    private readonly Dictionary<int, int> _lastOfOrigin = new();

    public Derivatives(Program program)
    {
        _graph = program.Graph;
        for (var c = 0; c < program.Calls.Count; c++)
            foreach (var node in program.Calls[c].Nodes.Where(n => n < _graph.ForwardCount))
            {
                _callOf[node] = c;
                _lastOfOrigin[_graph[node].Origin.Call] = c;
            }
    }

    /// <summary>The calls that a call differentiates, in its own order; none for one of the forward part.</summary>
    public IReadOnlyList<Derivative> Of(KernelCall call)
    {
        var found = new List<Derivative>();
        foreach (var node in call.Nodes.Select(n => _graph[n]).Where(n => n.Id >= _graph.ForwardCount))
        {
            if (node is ComputeNode c)
                foreach (var inlined in c.Inlined) Add(inlined.Purpose, inlined.Differentiates, inlined.Origin);
            Add(Whole(node).Purpose, node.Differentiates, node.Origin);
        }
        return found;

        void Add(Purpose purpose, int differentiates, Origin origin)
        {
            if (purpose.Role is not (Role.Cotangent or Role.Gradient or Role.Tangent) || CallOf(differentiates, origin) is not { } of) return;
            var at = found.FindIndex(d => d.Call == of);
            if (at < 0) found.Add(new(of, new[] { purpose.Of }));
            else if (!found[at].By.Contains(purpose.Of)) found[at] = found[at] with { By = found[at].By.Append(purpose.Of).ToList() };
        }
    }

    // A copy of a derivative is a step of the same derivation.
    private Node Whole(Node node)
    {
        while (node.Purpose.Role is Role.LayoutCopy or Role.PaddedCopy or Role.Copy or Role.Tiles && node is ComputeNode { Body.Reads: { Count: > 0 } reads })
            node = _graph[_graph.Source(reads[0])];
        return node;
    }

    // Where the value itself is computed; else where the last one of its call in the person's source is, for one that no node is left of.
    private int? CallOf(int differentiates, Origin origin) =>
        differentiates >= 0 && _callOf.TryGetValue(_graph.Source(differentiates), out var call) ? call
        : _lastOfOrigin.TryGetValue(origin.Call, out var last) ? last : null;
}
