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
/// that the state before a step is the state one place along; parts lie in what they are joined to; a value that only its own step reads has room for one
/// step.</summary>
internal sealed class Storage
{
    private readonly Graph _graph;
    private readonly Dictionary<int, Placement> _placements = new();

    // Of tensors that lie as their shape says, once they have been asked for.
    private readonly Dictionary<int, Placement> _plain = new();

    /// <param name="scratch">Values that are read in the step that computes them only, with the axis of the steps.</param>
    /// <param name="inside">Values that are read in their block of samples only, with its samples.</param>
    /// <param name="spread">Values with a gap after each row.</param>
    /// <param name="gap">Floats of that gap: a line of a cache.</param>
    public Storage(Graph graph, IEnumerable<(int Node, int Axis)> scratch, IEnumerable<(int Node, int Samples)> inside, IEnumerable<int> spread, int gap)
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
            if (c.Block is { Accumulates: false } block) _placements[c.Id] = Blocked(c, block, gap);
        foreach (var (node, samples) in inside) _placements[node] = new(node, Shape.Of(graph[node].Shape.Length.At(samples)), 0, StridesOf(graph[node].Shape));
        foreach (var node in spread) _placements[node] = new(node, Padded(graph[node].Shape, gap), 0, Spread(graph[node].Shape, gap));
        foreach (var r in graph.Nodes.OfType<ReshapeNode>())
            if (graph[r.Source] is ComputeNode or ReshapeNode && _placements.TryGetValue(r.Source, out var p) && p.Owner == Source(r).Id)
                _placements[r.Id] = p with
                {
                    Strides = View(graph[r.Source].Shape, p.Strides, r.Shape)
                    ?? throw new System.InvalidOperationException($"%{r.Id} is no view of %{r.Source}.")
                };
        foreach (var (node, axis) in scratch)
        {
            var whole = new Shape(graph[node].Shape.Axes.With(axis, 1));
            _placements[node] = new(node, whole, 0, StridesOf(whole).With(axis, 0));
        }
    }

    public Placement this[int node]
    {
        get
        {
            if (_placements.TryGetValue(node, out var placement) || _plain.TryGetValue(node, out placement)) return placement;
            return _plain[node] = new(_graph[node] is ReshapeNode r ? Owner(r.Source) : node, _graph[node].Shape, 0, StridesOf(_graph[node].Shape));
        }
    }

    /// <summary>True where the tensor is not laid out as its shape says, or lies in another.</summary>
    public bool IsPart(int node) => _placements.ContainsKey(node);

    /// <summary>True where two tensors of one shape, each in memory of its own, have every element at the same distance from their start.</summary>
    public bool AreAlike(int a, int b) => !IsPart(a) && !IsPart(b) || this[a] is var x && this[b] is var y && x.Owner == Source(_graph[a]).Id
        && y.Owner == Source(_graph[b]).Id && x.Start == 0 && y.Start == 0
        && x.Whole == y.Whole && x.Strides == y.Strides;

    private Node Source(Node node) => node is ReshapeNode r ? Source(_graph[r.Source]) : node;

    /// <summary>The node whose memory another one lies in.</summary>
    public int Owner(int node) => this[node].Owner;

    // Room for the samples of a block. What lies before the batch is spread a little, so that its places are no power of two apart.
    private static Placement Blocked(ComputeNode node, BlockLayout block, int gap)
    {
        var strides = new int[node.Shape.Rank];
        var length = 1;
        foreach (var axis in block.Order.Reverse())
        {
            strides[axis] = length;
            length *= node.Shape[axis].At(block.Samples);
            if (node.Shape[axis].PerSample) length += gap;
        }
        return new(node.Id, Shape.Of(length), 0, strides.ToEquatableArray());
    }

    /// <summary>The strides of another view of the same elements; null where no strides reach them.</summary>
    /// <remarks>From the last axis on, the fewest axes of both that hold as many elements belong together. The source's have to lie together as well.</remarks>
    public static EquatableArray<int>? View(Shape source, EquatableArray<int> strides, Shape view)
    {
        var found = new int[view.Rank];
        int s = source.Rank - 1, v = view.Rank - 1;
        while (v >= 0)
        {
            if (s < 0)
            {
                if (!view[v].IsOne) return null;
                v--;
                continue;
            }
            long held = source[s].Factor, seen = view[v].Factor;
            var stride = (long)strides[s];
            found[v--] = (int)stride;
            while (held != seen || s > 0 && source[s - 1].IsOne || v >= 0 && view[v].IsOne)
            {
                if (held < seen || held == seen && s > 0 && source[s - 1].IsOne)
                {
                    if (--s < 0) return null;
                    if (!source[s].IsOne && strides[s] != stride * held) return null;
                    held *= source[s].Factor;
                }
                else
                {
                    if (v < 0) return null;
                    found[v] = (int)(stride * seen);
                    seen *= view[v--].Factor;
                }
            }
            s--;
        }
        return found.ToEquatableArray();
    }

    /// <summary>Strides with a gap after each row.</summary>
    public static EquatableArray<int> Spread(Shape shape, int gap) => StridesOf(Padded(shape, gap));

    private static Shape Padded(Shape shape, int gap) => new(shape.Axes.With(shape.Rank - 1, shape[shape.Rank - 1].Factor + gap));

    private static EquatableArray<int> StridesOf(Shape shape) => shape.Strides;
}
