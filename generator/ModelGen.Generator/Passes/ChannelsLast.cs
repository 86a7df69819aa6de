using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Chooses the order in which values between kernels lie in memory: where sums slide over an image, its channels go last, so that
/// every product of the convolution and of both its gradients runs over contiguous channels.</summary>
/// <remarks>Only the storage changes: an axis is moved to the end of the node's shape and all its readers follow. What leaves the graph, or is
/// reshaped, is copied back to its declared order. Which axis holds the channels follows from the index maps alone (<see cref="ChannelAxes"/>).</remarks>
internal static class ChannelsLast
{
    public static Graph Apply(Graph graph, PassOptions options)
    {
        var last = ChannelAxes.Of(graph, options.Family);
        return last.All(a => a < 0) ? graph : new Rewriting(graph, last).Apply();
    }

    private sealed class Rewriting
    {
        private readonly Graph _graph;
        private readonly int[] _last;
        private readonly int[] _number;
        private readonly Dictionary<int, (int Node, int[] Order)> _moved = new();
        private readonly List<Node> _nodes = new();

        public Rewriting(Graph graph, int[] last) => (_graph, _last, _number) = (graph, last, new int[graph.Nodes.Count]);

        public Graph Apply()
        {
            // Of a result the copy is what it is called by; elsewhere the copy is called one.
            var results = new HashSet<int>(_graph.Results);
            var declared = new HashSet<int>(results);
            foreach (var reshape in _graph.Nodes.OfType<ReshapeNode>())
                if (!Follows(reshape)) declared.Add(reshape.Source);
            foreach (var node in _graph.Nodes)
            {
                if (_last[node.Id] < 0)
                {
                    _number[node.Id] = Add(node is ComputeNode c ? (c with { Body = Reread(c.Body) }).Differentiating(Differentiated)
                        : Renumbering.Of(node, _number)).Id;
                    continue;
                }
                var order = Order(node.Shape.Rank, _last[node.Id]);
                if (node is ComputeNode || node is ReshapeNode r && Follows(r))
                {
                    Node permuted = node is ComputeNode compute ? Permute(compute, order)
                        : ((ReshapeNode)node) with
                        {
                            Source = _moved[((ReshapeNode)node).Source].Node,
                            Type = node.Type with { Shape = Shape.Of(order.Select(a => node.Shape[a])) }
                        };
                    var isResult = results.Contains(node.Id);
                    if (isResult) permuted = permuted.As(Purpose.InLayout(node, permuted.Shape));
                    var moved = Add(permuted.Differentiating(Differentiated));
                    _moved[node.Id] = (moved.Id, order);
                    if (declared.Contains(node.Id))
                        _number[node.Id] = Add(Copy(moved, isResult ? Purpose.Declared(node) : Purpose.LayoutCopy(node, node.Shape), Inverse(order))).Id;
                    continue;
                }
                // An input, or another view of a value, keeps its order; its readers get a copy.
                var declaredOrder = Add(Renumbering.Of(node, _number));
                _number[node.Id] = declaredOrder.Id;
                var purpose = Purpose.LayoutCopy(node, Shape.Of(order.Select(a => node.Shape[a])));
                _moved[node.Id] = (Add(Copy(declaredOrder, purpose, order)).Id, order);
            }
            return EliminateDeadNodes.Apply(_graph.Renumbered(_nodes.ToEquatableArray(), Numbers()));
        }

        // A view that keeps the channels whole is as good a view of the value with its channels last.
        private bool Follows(ReshapeNode reshape) => _last[reshape.Source] >= 0 && _graph[reshape.Source] is ComputeNode
            && ChannelAxes.Same(_graph, reshape, _last[reshape.Id]) == _last[reshape.Source];

        // Nodes that exist in their new order only have no number of their own, and nobody asks for it; the boundary of the forward part does.
        private int[] Numbers()
        {
            foreach (var moved in _moved)
                if (_graph[moved.Key] is not LeafNode && _number[moved.Key] == 0) _number[moved.Key] = moved.Value.Node;
            return _number;
        }

        private int Differentiated(int forward) => _moved.TryGetValue(forward, out var moved) ? moved.Node : _number[forward];

        private Node Add(Node node)
        {
            node = node with { Id = _nodes.Count };
            _nodes.Add(node);
            return node;
        }

        private static int[] Order(int rank, int last) => Enumerable.Range(0, rank).Where(a => a != last).Append(last).ToArray();

        private static int[] Inverse(int[] order) => Enumerable.Range(0, order.Length).Select(a => Array.IndexOf(order, a)).ToArray();

        private ComputeNode Permute(ComputeNode node, int[] order)
        {
            var rank = node.Axes.Count;
            var variables = Enumerable.Range(0, rank).Select(j => AffineIndex.Variable(rank, j < order.Length ? Array.IndexOf(order, j) : j)).ToArray();
            return node with
            {
                Type = node.Type with { Shape = Shape.Of(order.Select(a => node.Shape[a])) },
                Body = Substitution.Apply(Reread(node.Body), variables, rank)!,
            };
        }

        private static ComputeNode Copy(Node source, Purpose purpose, int[] order)
        {
            // Element o of the copy is element (o[position of axis 0], …) of the source.
            var position = Inverse(order);
            return new(0, source.Type with { Shape = Shape.Of(order.Select(a => source.Shape[a])) }, purpose.Name, source.Origin, EquatableArray<Axis>.Empty,
                Combine.None, new Expr.Load(source.Id, position.Select(p => AffineIndex.Variable(order.Length, p)).ToEquatableArray()))
            {
                Purpose = purpose,
                Differentiates = source.Differentiates,
            };
        }

        private Expr Reread(Expr body)
        {
            Expr.Load Of(Expr.Load l)
            {
                var index = l.Index.Select(Index).ToArray();
                return _moved.TryGetValue(l.Node, out var m) ? new(m.Node, m.Order.Select(a => index[a]).ToEquatableArray(), l.Fill)
                    : new(_number[l.Node], index.ToEquatableArray(), l.Fill);
            }
            AffineIndex Index(AffineIndex i) => i.Lookup is null ? i : i with { Lookup = Of(i.Lookup) };
            return body.Replace(e => e switch
            {
                Expr.Load l => Of(l),
                Expr.Valid v => new Expr.Valid(Of(v.Of)),
                Expr.IndexOf { Index.Lookup: not null } i => new Expr.IndexOf(Index(i.Index)),
                _ => null,
            });
        }
    }
}
