using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>A buffer that takes a new value at the end of a training step.</summary>
internal readonly record struct BufferUpdate(int Buffer, int Value);

/// <summary>The gradient of a parameter or input.</summary>
internal readonly record struct Gradient(int Of, int Value);

/// <summary>What a model computes: nodes in topological order and what leaves the graph.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Nodes">Node i has number i.</param>
/// <param name="Outputs">What <c>Forward</c> returns.</param>
/// <param name="Loss">The scalar to minimise, or -1.</param>
/// <param name="Updates">New values of buffers (training mode).</param>
/// <param name="Gradients">Filled by autodiff.</param>
internal sealed record Graph(
    string Name, EquatableArray<Node> Nodes, EquatableArray<int> Outputs, int Loss,
    EquatableArray<BufferUpdate> Updates, EquatableArray<Gradient> Gradients, int ForwardCount)
{
    public Node this[int id] => Nodes[id];

    /// <summary>The node whose elements a node shows: behind all reshapes.</summary>
    public int Source(int id) => this[id] is ReshapeNode r ? Source(r.Source) : id;

    /// <summary>Sums over the batch that the loss is a formula of (see <see cref="LossFormula"/>); none where nobody asks for them.</summary>
    public EquatableArray<int> Sums { get; init; }

    /// <summary>The graph with other nodes, where old node i has become number[i].</summary>
    public Graph Renumbered(EquatableArray<Node> nodes, int[] number) => this with
    {
        Nodes = WithStates(nodes, number),
        Outputs = Outputs.Select(o => number[o]).ToEquatableArray(),
        Loss = Loss < 0 ? -1 : number[Loss],
        Sums = Sums.Select(s => number[s]).ToEquatableArray(),
        Updates = Updates.Select(u => new BufferUpdate(number[u.Buffer], number[u.Value])).ToEquatableArray(),
        Gradients = Gradients.Select(g => new Gradient(number[g.Of], number[g.Value])).ToEquatableArray(),
        ForwardCount = ForwardCount < number.Length ? number[ForwardCount] : nodes.Count,
    };

    // A state comes after what reads it one step later: its number was not known there.
    private EquatableArray<Node> WithStates(EquatableArray<Node> nodes, int[] number)
    {
        var states = Nodes.OfType<PreviousNode>().ToList();
        if (states.Count == 0) return nodes;
        var settled = nodes.ToArray();
        foreach (var p in states)
            if (number[p.Id] < settled.Length && settled[number[p.Id]] is PreviousNode moved) settled[number[p.Id]] = moved with { Source = number[p.Source] };
        return settled.ToEquatableArray();
    }

    /// <summary>Numbers of everything that leaves the graph.</summary>
    public IEnumerable<int> Results => Outputs.Concat(Loss < 0 ? Enumerable.Empty<int>() : new[] { Loss })
        .Concat(Sums).Concat(Updates.Select(u => u.Value)).Concat(Gradients.Select(g => g.Value));
}
