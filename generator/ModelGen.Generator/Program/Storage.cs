using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Programs;

/// <summary>How a tensor lies in memory: inside the one that <paramref name="Owner"/> stands for.</summary>
/// <param name="Owner">The node that the memory is counted by.</param>
/// <param name="Whole">The shape of that memory.</param>
/// <param name="Start">Where the tensor's first element lies in it, in floats.</param>
/// <param name="Strides">Floats from one index of each axis to the next.</param>
internal sealed record Placement(int Owner, Shape Whole, int Start, EquatableArray<int> Strides);

/// <summary>Which tensors share memory. Reshapes are other views; the states of a recurrence lie one after the other, the initial one first, so
/// that the state before a step is the state one place along; parts lie in what they are joined to; a value that only its own step reads has room for one step.</summary>
internal sealed class Storage
{
    private readonly Graph _graph;
    private readonly Dictionary<int, Placement> _placements = new();

    /// <param name="scratch">Values that are read in the step that computes them only, with the axis of the steps.</param>
    public Storage(Graph graph, IEnumerable<(int Node, int Axis)> scratch)
    {
        _graph = graph;
        foreach (var p in graph.Nodes.OfType<PreviousNode>())
        {
            var whole = new Shape(p.Shape.Axes.With(p.Axis, p.Steps + 1));
            var strides = StridesOf(whole);
            int afterInitial = p.FromEnd ? 0 : strides[p.Axis], before = p.FromEnd ? strides[p.Axis] : 0;
            _placements[p.Source] = new(p.Source, whole, afterInitial, strides);
            _placements[p.Id] = new(p.Source, whole, before, strides);
        }
        foreach (var j in graph.Nodes.OfType<JoinNode>())
        {
            var strides = StridesOf(j.Shape);
            var start = 0;
            foreach (var part in j.Parts)
            {
                _placements[part] = new(j.Id, j.Shape, start, strides);
                start += graph[part].Shape[j.Axis].Factor * strides[j.Axis];
            }
        }
        foreach (var c in graph.Nodes.OfType<ComputeNode>())
            if (c.Block is { Accumulates: false } block) _placements[c.Id] = Blocked(c, block);
        foreach (var r in graph.Nodes.OfType<ReshapeNode>())
            if (graph[r.Source] is ComputeNode { Block.Accumulates: false }) _placements[r.Id] = _placements[r.Source] with { Strides = View(graph[r.Source].Shape, _placements[r.Source].Strides, r.Shape) };
        foreach (var (node, axis) in scratch)
        {
            var whole = new Shape(graph[node].Shape.Axes.With(axis, 1));
            _placements[node] = new(node, whole, 0, StridesOf(whole).With(axis, 0));
        }
    }

    public Placement this[int node] => _placements.TryGetValue(node, out var p) ? p
        : new(_graph[node] is ReshapeNode r ? Owner(r.Source) : node, _graph[node].Shape, 0, StridesOf(_graph[node].Shape));

    /// <summary>True where the tensor is not laid out as its shape says, or lies in another.</summary>
    public bool IsPart(int node) => _placements.ContainsKey(node);

    /// <summary>The node whose memory another one lies in.</summary>
    public int Owner(int node) => this[node].Owner;

    // Room for the samples of a block. What lies before the batch is spread a little, so that its places are no power of two apart.
    private static Placement Blocked(ComputeNode node, BlockLayout block)
    {
        const int spread = 16;
        var strides = new int[node.Shape.Rank];
        var length = 1;
        foreach (var axis in block.Order.Reverse())
        {
            strides[axis] = length;
            length *= node.Shape[axis].At(block.Samples);
            if (node.Shape[axis].PerSample) length += spread;
        }
        return new(node.Id, Shape.Of(length), 0, strides.ToEquatableArray());
    }

    // The strides of another view of the same elements: its axes are parts of the source's, or several of them that lie together.
    private static EquatableArray<int> View(Shape source, EquatableArray<int> strides, Shape view)
    {
        var found = new int[view.Rank];
        var (at, left) = (source.Rank - 1, 1);
        for (var v = view.Rank - 1; v >= 0; v--)
        {
            while (at > 0 && (source[at].IsOne || left == source[at].Factor)) (at, left) = (at - 1, 1);
            found[v] = strides[at] * left;
            var size = view[v].Factor;
            // Axes of the source that one axis of the view covers lie together.
            while (at > 0 && size > source[at].Factor / left)
            {
                size /= source[at].Factor / left;
                (at, left) = (at - 1, 1);
            }
            left *= size;
        }
        return found.ToEquatableArray();
    }

    private static EquatableArray<int> StridesOf(Shape shape) => Enumerable.Range(0, shape.Rank).Select(shape.Stride).ToEquatableArray();
}
