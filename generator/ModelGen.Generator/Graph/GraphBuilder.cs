using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>Appends nodes in topological order. Ops build their computation with it; so does autodiff.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Node> _nodes;
    private readonly List<BufferUpdate> _updates = new();
    private readonly HashSet<string> _parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<(EquatableArray<Axis>, EquatableArray<Axis>, Combine, Expr), int> _known = new();

    public GraphBuilder() => _nodes = new();

    public GraphBuilder(Graph start)
    {
        _nodes = start.Nodes.ToList();
        _updates.AddRange(start.Updates);
        _parameters.UnionWith(_nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).Select(l => l.Path));
        foreach (var node in _nodes.OfType<ComputeNode>()) _known[(node.Shape.Axes, node.Reduced, node.Combine, node.Body)] = node.Id;
        foreach (var node in _nodes.OfType<ComputeNode>())
            node.Body.Has(e =>
            {
                if (e is Expr.Random random) RandomStreams = Math.Max(RandomStreams, random.Stream + 1);
                return false;
            });
    }

    /// <summary>Given to each node built from here on.</summary>
    public Origin Origin { get; set; } = Origin.None;

    /// <summary>The node that those built from here on differentiate, or -1.</summary>
    public int Differentiates { get; set; } = -1;

    public int RandomStreams { get; private set; }

    /// <summary>The parameters that were added, in their order.</summary>
    public IEnumerable<LeafNode> Parameters => _nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter);

    /// <summary>True where a parameter of this path was added.</summary>
    public bool HasParameter(string path) => _parameters.Contains(path);

    public int Count => _nodes.Count;

    public Node this[int id] => _nodes[id];

    /// <summary>Called before each node is added.</summary>
    public Action? Adding { get; set; }

    public int NextRandomStream() => RandomStreams++;

    public LeafNode Leaf(LeafKind kind, TensorType type, string name, string path = "", int classes = 0, Initialization? start = null,
        IEnumerable<double>? data = null) =>
        Add(new LeafNode(Count, type, name, Origin, kind, path, classes, start, data?.ToEquatableArray() ?? default));

    /// <summary>Numbers written in the source.</summary>
    /// <param name="word">What they are to their call.</param>
    public LeafNode Constant(Shape shape, IEnumerable<double> data, string word) =>
        Add(new LeafNode(Count, new(ElementType.F32, shape), "", Origin, LeafKind.Constant, "", Data: data.ToEquatableArray())
        {
            Purpose = Purpose.Part(word),
        });

    /// <summary>y[o] = combine over r of body. The body is given the iteration variables as indices of the full rank.</summary>
    public Node Compute(Shape output, IReadOnlyList<Axis> reduced, Combine combine, Func<AffineIndex[], Expr> body, Purpose? purpose = null)
    {
        var rank = output.Rank + reduced.Count;
        return Compute(output, reduced, combine, body(Enumerable.Range(0, rank).Select(j => AffineIndex.Variable(rank, j)).ToArray()), purpose);
    }

    public Node Compute(Shape output, IReadOnlyList<Axis> reduced, Combine combine, Expr body, Purpose? purpose = null)
    {
        // Axes of size 1 are not summed over.
        if (reduced.Any(a => a.IsOne))
        {
            var kept = Enumerable.Range(0, reduced.Count).Where(k => !reduced[k].IsOne).ToList();
            var rank = output.Rank + kept.Count;
            var variables = Enumerable.Range(0, output.Rank + reduced.Count).Select(j => j < output.Rank ? AffineIndex.Variable(rank, j)
                : kept.IndexOf(j - output.Rank) is var k and >= 0 ? AffineIndex.Variable(rank, output.Rank + k) : AffineIndex.Constant(rank, 0)).ToArray();
            if (Substitution.Apply(body, variables, rank) is { } smaller) (body, reduced) = (smaller, kept.Select(k => reduced[k]).ToArray());
        }
        if (reduced.Count == 0 && combine != Combine.None) (combine, body) = (Combine.None, combine == Combine.ArgMax ? Expr.Zero : body);
        // The same computation twice is one node: common subexpressions, for example a statistic that forward and backward both need.
        var key = (output.Axes, reduced.ToEquatableArray(), combine, body);
        if (_known.TryGetValue(key, out var id)) return _nodes[id];
        CheckPositions(body, output.Axes.Concat(key.Item2));
        _known[key] = Count;
        purpose ??= Purpose.Value;
        return Add(new ComputeNode(Count, new(ElementType.F32, output), purpose.Name, Origin, reduced.ToEquatableArray(), combine, body) { Purpose = purpose });
    }

    /// <summary>Element by element over operands of numpy-broadcastable shapes (axes aligned at the end; size 1 stretches).</summary>
    public Node Map(Func<Expr[], Expr> body, params Node[] operands) => Map(Purpose.Value, body, operands);

    /// <summary>Element by element, for a purpose.</summary>
    public Node Map(Purpose purpose, Func<Expr[], Expr> body, params Node[] operands)
    {
        var shape = Broadcast(operands.Select(o => o.Shape).ToArray()) ?? throw new InvalidOperationException("Shapes do not broadcast.");
        return Compute(shape, Array.Empty<Axis>(), Combine.None, v => body(operands.Select(o => LoadBroadcast(o, v, shape.Rank)).ToArray()), purpose);
    }

    /// <summary>Reduces the given axes; kept as size 1 where <paramref name="keep"/>.</summary>
    public Node Reduce(Combine combine, Node x, IReadOnlyCollection<int> axes, bool keep = false, Func<Expr, Expr>? body = null, Purpose? purpose = null)
    {
        var output = new List<Axis>();
        for (var a = 0; a < x.Shape.Rank; a++)
            if (!axes.Contains(a)) output.Add(x.Shape[a]);
            else if (keep) output.Add(1);
        var reduced = axes.OrderBy(a => a).Select(a => x.Shape[a]).ToArray();
        return Compute(Shape.Of(output), reduced, combine, v =>
        {
            int o = 0, r = output.Count;
            var index = new AffineIndex[x.Shape.Rank];
            for (var a = 0; a < index.Length; a++)
            {
                if (axes.Contains(a))
                {
                    index[a] = v[r++];
                    if (keep) o++;
                }
                else index[a] = v[o++];
            }
            Expr load = Load(x, index);
            return body is null ? load : body(load);
        }, purpose);
    }

    /// <summary>Mean over the given axes.</summary>
    public Node Mean(Node x, IReadOnlyCollection<int> axes, bool keep = false, Func<Expr, Expr>? body = null)
    {
        var sum = Reduce(Combine.Sum, x, axes, keep, body, Purpose.Statistic("sum"));
        return Map(s => s[0] / CountOf(axes.Select(a => x.Shape[a])), sum);
    }

    /// <summary>The number of elements along several axes, as an expression.</summary>
    public static Expr CountOf(IEnumerable<Axis> axes)
    {
        var factor = 1;
        var perSample = false;
        foreach (var axis in axes)
        {
            factor *= axis.Factor;
            perSample |= axis.PerSample;
        }
        return perSample ? new Expr.SizeOf(new Axis(factor, true)) : (Expr)factor;
    }

    public Node Reshape(Node x, Shape shape)
    {
        if (shape == x.Shape) return x;
        if (shape.Length != x.Shape.Length) throw new InvalidOperationException($"Reshape from {x.Shape} to {shape} changes the number of elements.");
        var source = x is ReshapeNode r ? r.Source : x.Id;
        if (_nodes[source].Shape == shape) return _nodes[source];
        shape = Shape.Of(AxisNames.OfView(x.Shape.Axes, shape.Axes));
        return Add(new ReshapeNode(Count, new(x.Type.Element, shape), "", Origin, source));
    }

    /// <summary>The state of a recurrence one step before; what the state is comes later, with <see cref="Close"/>.</summary>
    public PreviousNode Previous(Shape shape, int axis, bool fromEnd, Node? initial = null, Purpose? purpose = null) =>
        Add(new PreviousNode(Count, new(ElementType.F32, shape), purpose?.Name ?? "", Origin, -1, initial?.Id ?? -1, axis, fromEnd)
        {
            Purpose = purpose ?? Purpose.Value,
        });

    /// <summary>Says which state it is whose value before a step <paramref name="previous"/> stands for.</summary>
    public void Close(PreviousNode previous, Node state)
    {
        if (state.Shape != previous.Shape) throw new InvalidOperationException($"A state of {previous.Shape} cannot become {state.Shape}.");
        _nodes[previous.Id] = (PreviousNode)_nodes[previous.Id] with { Source = state.Id };
    }

    /// <summary>A slice without its axis: x[…, position, …].</summary>
    public Node At(Node x, int axis, int position) =>
        Compute(Shape.Of(x.Shape.Axes.Where((_, a) => a != axis)), Array.Empty<Axis>(), Combine.None, v =>
            Load(x, v.Take(axis).Append(AffineIndex.Constant(v.Length, position)).Concat(v.Skip(axis)).ToArray()));

    public static Expr.Load Load(Node x, params AffineIndex[] index) => new(x.Id, new((AffineIndex[])index.Clone()));

    public static Expr.Load LoadOr(double fill, Node x, params AffineIndex[] index) => new(x.Id, index.ToEquatableArray(), fill);

    /// <summary>Reads an operand at the output position <paramref name="v"/> by the rules of broadcasting.</summary>
    public static Expr.Load LoadBroadcast(Node x, IReadOnlyList<AffineIndex> v, int outputRank)
    {
        var index = new AffineIndex[x.Shape.Rank];
        for (var a = 0; a < index.Length; a++)
            index[a] = x.Shape[a].IsOne ? AffineIndex.Constant(v[0].Rank, 0) : v[outputRank - index.Length + a];
        return new(x.Id, new(index));
    }

    /// <summary>The common shape, or null where two sizes differ and neither is 1, or where the batch axis would not be the first.</summary>
    public static Shape? Broadcast(params Shape[] shapes)
    {
        var rank = shapes.Max(s => s.Rank);
        var axes = new Axis[rank];
        for (var a = 0; a < rank; a++)
        {
            axes[a] = 1;
            foreach (var s in shapes)
            {
                var own = a - (rank - s.Rank);
                if (own < 0 || s[own].IsOne) continue;
                if (!axes[a].IsOne && axes[a] != s[own]) return null;
                axes[a] = s[own].Or(axes[a].Name);
            }
        }
        return axes.Skip(1).Any(a => a.PerSample) ? null : Shape.Of(axes);
    }

    /// <summary>What a buffer will hold at the end of a training step, as far as the graph goes: a layer that is called again goes on from there.</summary>
    public Node Latest(LeafNode buffer) => _updates.FindIndex(u => u.Buffer == buffer.Id) is var known and >= 0 ? _nodes[_updates[known].Value] : buffer;

    /// <summary>A buffer's new value at the end of a training step, in place of what was said before.</summary>
    public void Update(LeafNode buffer, Node value)
    {
        _updates.RemoveAll(u => u.Buffer == buffer.Id);
        _updates.Add(new(buffer.Id, value.Id));
    }

    /// <summary>Says what the axes of a value are that nothing has named yet, and those of what it is a map of.</summary>
    /// <param name="names">One for each axis; empty where this tells nothing.</param>
    /// <returns>The value with these names.</returns>
    public Node NameAxes(Node x, params string[] names)
    {
        var todo = new Stack<(int Node, string[] Names)>(new[] { (x.Id, names) });
        while (todo.Count > 0)
        {
            var (id, given) = todo.Pop();
            var node = _nodes[id];
            if (!given.Where((name, a) => name.Length > 0 && node.Shape[a].Name.Length == 0).Any()) continue;
            _nodes[id] = node with { Type = node.Type with { Shape = Shape.Of(node.Shape.Axes.Select((a, k) => a.Or(given[k]))) } };
            if (node is not ComputeNode { Combine: Combine.None } map) continue;
            foreach (var load in map.Body.Loads())
            {
                var read = _nodes[load.Node].Shape;
                todo.Push((load.Node, load.Index.Select((i, d) => i.AsVariable() is var v and >= 0 && map.Shape[v] == read[d] ? given[v] : "").ToArray()));
            }
        }
        return _nodes[x.Id];
    }

    /// <summary>Lets labels hold an index that is no class.</summary>
    public void Ignore(LeafNode labels, int index) => _nodes[labels.Id] = (LeafNode)_nodes[labels.Id] with { Ignored = index };

    /// <summary>Lets a value be computed again for the backward part rather than kept.</summary>
    public void Forget(Node node)
    {
        if (_nodes[node.Id] is ComputeNode c) _nodes[node.Id] = c with { IsTransient = true };
    }

    public void Rename(Node node, string name) => _nodes[node.Id] = _nodes[node.Id] with { Name = name };

    /// <summary>Gives a node a purpose and the name that follows from it.</summary>
    public void Name(Node node, Purpose purpose) => _nodes[node.Id] = _nodes[node.Id].As(purpose);

    /// <summary>Gives the nodes that have no name a purpose.</summary>
    /// <param name="from">The first node that is looked at.</param>
    public void NameOthers(int from, Func<Node, Purpose> purpose)
    {
        for (var id = from; id < Count; id++)
            if (_nodes[id].Name.Length == 0) Name(_nodes[id], purpose(_nodes[id]));
    }

    public Graph Build(string name, IEnumerable<Node> outputs, Node? loss, IEnumerable<Gradient>? gradients = null, int? forwardCount = null) =>
        new(
            name, _nodes.ToEquatableArray(), outputs.Select(o => o.Id).ToEquatableArray(), loss?.Id ?? -1, _updates.ToEquatableArray(),
            gradients?.ToEquatableArray() ?? default, forwardCount ?? Count);

    // What is read at the point of the iteration has the result's sizes. Kernels count positions in 32 bits, those outside a tensor and those before a division
    // included.
    private static void CheckPositions(Expr body, EquatableArray<Axis> axes)
    {
        body.Has(part =>
        {
            if (part is Expr.IndexOf i) Walked(i.Index);
            if (part is not Expr.Load load || load.IsAtPoint) return false;
            // A pass may copy what is read, with the border that windows reach over.
            var walked = load.Index.Select(Walked).ToList();
            if (Lengths.Product(walked) is > Lengths.Most and var elements)
                throw new SizeException(
                    $"needs to read {string.Join("*", walked)} elements of each sample, its border included, which are {Lengths.Text(elements)}; at most "
                        + $"{Lengths.Text(Lengths.Most)} are possible");
            return false;
        });

        // The number of positions from the first to the last.
        long Walked(AffineIndex index)
        {
            var variable = index.AsVariable();
            if (variable >= 0) return axes[variable].Factor;
            if (index.NumeratorRange(axes) is not var (low, high)) return 1;
            return Math.Max(-low, high) is > Lengths.Most and var farthest
                ? throw new SizeException($"needs positions up to {Lengths.Text(farthest)} along an axis; at most {Lengths.Text(Lengths.Most)} are possible")
                : (high - low) / index.Divisor + 1;
        }
    }

    /// <exception cref="SizeException">A tensor cannot have as many elements.</exception>
    private T Add<T>(T node) where T : Node
    {
        Cancellation.Check();
        Adding?.Invoke();
        node.Shape.Check();
        if (node is LeafNode { Kind: LeafKind.Parameter } leaf) _parameters.Add(leaf.Path);
        if (Differentiates >= 0) node = node with { Differentiates = Differentiates };
        _nodes.Add(node);
        return node;
    }
}
