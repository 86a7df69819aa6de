using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Autodiff;

/// <summary>Reverse-mode differentiation, graph to graph: appends the backward nodes of a scalar loss.</summary>
internal static class ReverseMode
{
    /// <summary>The joint graph: the forward nodes unchanged, then the backward ones, and the gradient of each leaf asked for
    /// (zero where the loss does not depend on it).</summary>
    public static Graph Apply(Graph forward, IReadOnlyCollection<int> leaves)
    {
        var builder = new GraphBuilder(forward);
        var active = Active(forward, leaves);
        var cotangents = new Dictionary<int, Node>();
        var steps = new HashSet<string>(StringComparer.Ordinal);

        // What a reader of a node contributes to its cotangent.
        void Accumulate(Node node, Node reader, Func<Node> contribute)
        {
            var first = builder.Count;
            var contribution = contribute();
            if (cotangents.TryGetValue(node.Id, out var sum))
            {
                // The sum has the name; each of its terms says where it comes from.
                if (builder[sum.Id].Purpose == Purpose.Cotangent(node)) builder.Name(sum, Purpose.Cotangent(node, "part"));
                if (contribution.Name.Length == 0) builder.Name(contribution, Purpose.Cotangent(node, "from_" + reader.Name));
                contribution = builder.Map(t => t[0] + t[1], sum, contribution);
            }
            if (contribution.Name.Length == 0)
            {
                builder.Name(contribution, Purpose.Cotangent(node));
                // The digits of a split axis, before they are read as one axis again.
                if (contribution is ReshapeNode { Source: var source } && builder[source].Name.Length == 0)
                    builder.Name(builder[source], Purpose.Cotangent(node, "windows"));
            }
            builder.NameOthers(first, n => Purpose.Cotangent(node, Purpose.WordOf(n)) is var step && steps.Add(step.Name) ? step
                : Purpose.Cotangent(node, "from_" + reader.Name + "_" + Purpose.WordOf(n)));
            cotangents[node.Id] = builder[contribution.Id];
        }

        // What a state passes back: the cotangent of the state before, one step after it in the other direction.
        var carried = new Dictionary<int, PreviousNode>();
        var useful = Ancestors(forward, forward.Loss);
        foreach (var previous in forward.Nodes.OfType<PreviousNode>().Where(p => active.Contains(p.Source) && useful.Contains(p.Id)))
        {
            (builder.Origin, builder.Differentiates) = (previous.Origin, previous.Id);
            var purpose = Purpose.Cotangent(forward[previous.Source], "carried");
            carried[previous.Id] = builder.Previous(previous.Shape, previous.Axis, !previous.FromEnd, null, purpose);
            cotangents[previous.Source] = cotangents.TryGetValue(previous.Source, out var other)
                ? builder.Map(purpose, t => t[0] + t[1], other, carried[previous.Id]) : carried[previous.Id];
        }
        (builder.Origin, builder.Differentiates) = (forward[forward.Loss].Origin, forward.Loss);
        cotangents[forward.Loss] = builder.Compute(Shape.Scalar, new Axis[0], Combine.None, Expr.One, Purpose.Cotangent(forward[forward.Loss]));
        for (var id = forward.Loss; id >= 0; id--)
        {
            if (!active.Contains(id) || !cotangents.TryGetValue(id, out var cotangent)) continue;
            var node = forward[id];
            (builder.Origin, builder.Differentiates) = (node.Origin, id);
            switch (node)
            {
                case ReshapeNode r:
                    Accumulate(forward[r.Source], r, () => builder.Reshape(cotangent, forward[r.Source].Shape));
                    break;
                case PreviousNode p:
                    if (carried.TryGetValue(id, out var next)) builder.Close(next, cotangent);
                    if (p.Initial >= 0 && active.Contains(p.Initial)) Accumulate(forward[p.Initial], p, () => builder.At(cotangent, p.Axis, p.First));
                    break;
                case ComputeNode c:
                    foreach (var load in c.Body.Loads().Where(l => active.Contains(l.Node)))
                        if (Partial(builder, c, load) is { } partial)
                            Accumulate(forward[load.Node], c, () => Pull(builder, c, load, partial, cotangent));
                    break;
            }
        }
        // A state whose value no gradient comes back through.
        foreach (var next in carried.Where(c => !cotangents.ContainsKey(c.Key)))
            builder.Close(next.Value, builder.Compute(next.Value.Shape, new Axis[0], Combine.None, Expr.Zero, Purpose.Copy(next.Value, "zero")));
        (builder.Origin, builder.Differentiates) = (Origin.None, -1);
        var gradients = leaves.OrderBy(l => l).Select(l => new Gradient(l, cotangents.TryGetValue(l, out var g)
            ? g.Id
            : builder.Compute(forward[l].Shape, new Axis[0], Combine.None, Expr.Zero, Purpose.Cotangent(forward[l])).Id)).ToList();
        return builder.Build(forward.Name, forward.Outputs.Select(o => builder[o]), builder[forward.Loss], gradients,
            forward.Nodes.Count) with
        { Sums = forward.Sums };
    }

    /// <summary>∂body/∂load weighted as the reduction weighs it; null where it is zero everywhere.</summary>
    internal static Expr? Partial(GraphBuilder builder, ComputeNode node, Expr.Load load)
    {
        if (node.Combine == Combine.ArgMax) return null;
        var partial = Differentiate.With(node.Body, load);
        if (partial is Expr.Const { Value: 0 }) return null;
        var rank = node.Axes.Count;
        var result = Expr.Load.AtPoint(node.Id, node.OutputRank, rank);
        if (node.Combine == Combine.None)
            // Where the derivative repeats the formula itself (sigmoid, tanh, exp, relu), the result is at hand: the operand need not be kept.
            return partial.Replace(e => e.Equals(node.Body) ? result : null);
        if (node.Combine == Combine.Max)
        {
            var ties = builder.Compute(node.Shape, node.Reduced, Combine.Sum, Expr.Where(Expr.Equal(node.Body, result), 1, 0),
                Purpose.Copy(node, "ties"));
            return Expr.Where(Expr.Equal(node.Body, result), partial / (result with { Node = ties.Id }), 0);
        }
        if (node.Combine == Combine.MaxFirst)
        {
            var first = builder.Compute(node.Shape, node.Reduced, Combine.ArgMax, Inside(builder, node), Purpose.Argmax(node));
            var position = AffineIndex.Constant(rank, 0);
            var stride = 1;
            for (var j = rank - 1; j >= node.OutputRank; j--)
            {
                position = position.Plus(AffineIndex.Variable(rank, j, stride));
                stride *= node.Axes[j].Factor;
            }
            return Expr.Where(Expr.Equal(new Expr.IndexOf(position), result with { Node = first.Id }), partial, 0);
        }
        return partial;
    }

    // What the first greatest element of a window is looked for among: an element of -∞ counts more than the padding, which is none.
    private static Expr Inside(GraphBuilder builder, ComputeNode node) =>
        node.Body is Expr.Load { Fill: double.NegativeInfinity } load && !Transpose.IsInside(builder, load, node.Axes)
            ? Expr.Where(new Expr.Valid(load), Expr.Max(load, -float.MaxValue), load.Fill)
            : node.Body;

    private static Node Pull(GraphBuilder builder, ComputeNode node, Expr.Load load, Expr partial, Node cotangent)
    {
        var rank = node.Axes.Count;
        Expr dy = Expr.Load.AtPoint(cotangent.Id, node.OutputRank, rank);
        var term = dy * partial;
        // Outside the cotangent it reads zero; where the other factor may be infinite there, 0·∞ must not arise, and a position that does
        // not exist must not be asked for.
        if (dy is Expr.Load l && NeedsGuard(partial)) term = Expr.Where(new Expr.Valid(l), term, 0);
        return Transpose.Apply(builder, builder[load.Node], load, node.Axes, node.OutputRank, term);
    }

    private static bool NeedsGuard(Expr e) => MayBeInfinite(e) || e.Has(x => x is Expr.IndexOf);

    /// <summary>True where an expression of finite numbers may not be finite.</summary>
    internal static bool MayBeInfinite(Expr e) => e.Has(x => x is
        Expr.BinaryNode { Kind: BinaryKind.Div, B: not Expr.SizeOf } or Expr.BinaryNode { Kind: BinaryKind.Pow } or
        Expr.UnaryNode { Kind: UnaryKind.Log or UnaryKind.Log1P or UnaryKind.Sqrt or UnaryKind.Exp or UnaryKind.ExpM1 });

    // Nodes that a value depends on, itself included.
    private static HashSet<int> Ancestors(Graph graph, int of)
    {
        var found = new HashSet<int>();
        var todo = new Stack<int>(new[] { of });
        while (todo.Count > 0)
            if (todo.Pop() is var id && found.Add(id))
                foreach (var input in graph[id].Inputs) todo.Push(input);
        return found;
    }

    /// <summary>Nodes whose value depends on one of the leaves.</summary>
    internal static HashSet<int> Active(Graph graph, IEnumerable<int> leaves)
    {
        var active = new HashSet<int>(leaves);
        int before;
        // A recurrence hands what it gets on to nodes with lower numbers.
        do
        {
            before = active.Count;
            foreach (var node in graph.Nodes)
                if (node.Inputs.Any(active.Contains)) active.Add(node.Id);
        }
        while (active.Count > before && graph.Nodes.OfType<PreviousNode>().Any());
        return active;
    }
}
