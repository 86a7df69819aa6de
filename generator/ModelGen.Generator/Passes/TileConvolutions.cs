using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Computes sums that slide over an image with fewer products: a convolution with stride 1, its data gradient and its weight gradient become
/// transforms of tiles, one matrix product for each point of a transformed tile, and a transform back (Winograd; see <see cref="WinogradMatrices"/>).</summary>
/// <remarks>Of the three tensors of <c>y[o] = Σ_k d[o + k]·g[k]</c>, any can be the result. With y the result, <c>y = Aᵀ[(G g) ⊙ (Bᵀ d)]</c> in each tile; with
/// g the
/// result, <c>g = Gᵀ Σ_tiles [(A y) ⊙ (Bᵀ d)]</c>. Which it is follows from index maps alone. The transforms are sums with literal matrices, so nothing but
/// their form of emission is new.</remarks>
internal static class TileConvolutions
{
    /// <remarks><see cref="PassOptions.WinogradPoints"/> are the most products along one axis of a tile: 8 for F(4×4, 3×3) and F(4×4, 5×5), 4 for F(2×2, 3×3)
    /// alone, which is more
    /// accurate; 0 for none. Costs are counted for <see cref="PassOptions.TypicalBatch"/>; where it <see cref="PassOptions.Derives"/>, filters are transformed
    /// when they change, not in
    /// each call.</remarks>
    public static Graph Apply(Graph graph, PassOptions options)
    {
        if (options.WinogradPoints == 0) return graph;
        var rewriter = new Rewriter(graph);
        var recurrences = Recurrences.Of(graph);
        return rewriter.Run((node, moved) =>
        {
            var form = moved is ComputeNode c && recurrences[node.Id] < 0 && Contraction.Matches(c) ? Form.Of(options, rewriter.Nodes, c) : null;
            return form is not null && form.Pays() ? rewriter.Nodes[form.Write(rewriter.Nodes)] : moved;
        });
    }

    private static int Add(List<Node> nodes, Node node)
    {
        if (node is LeafNode { IsLiteral: true } literal
            && nodes.FindIndex(n => n is LeafNode { IsLiteral: true } l && l.Data == literal.Data && l.Shape == literal.Shape)
            is var known and >= 0) return known;
        nodes.Add(node.Id == nodes.Count ? node : node with { Id = nodes.Count });
        return nodes.Count - 1;
    }

    /// <summary>A sum whose two sliding axes are known.</summary>
    private sealed class Form
    {
        private readonly PassOptions _options;
        private readonly ComputeNode _node;
        private readonly Expr.Load _slid, _other;
        private readonly Shape _slidShape, _otherShape;
        private readonly Slide[] _slides;
        private readonly WinogradMatrices _matrices;

        private Form(PassOptions options, ComputeNode node, Expr.Load slid, Shape slidShape, Expr.Load other, Shape otherShape, Slide[] slides,
            WinogradMatrices matrices) =>
            (_options, _node, _slid, _slidShape, _other, _otherShape, _slides, _matrices) = (options, node, slid, slidShape, other, otherShape, slides,
                matrices);

        /// <summary>An axis: <c>d[position ± tap + offset]</c>.</summary>
        /// <param name="SlidDimension">Of d.</param>
        /// <param name="OtherDimension">Of the other factor: its taps, or its positions.</param>
        private readonly record struct Slide(int SlidDimension, int OtherDimension, int Position, int Tap, bool CountsDown, int Offset);

        private bool IsFilterGradient => _slides[0].Tap < _node.OutputRank;

        /// <summary>Null where the sum does not slide along two axes by steps of one, over channels that lie last.</summary>
        public static Form? Of(PassOptions options, IReadOnlyList<Node> nodes, ComputeNode node)
        {
            var (a, b) = Contraction.Factors(node.Body)!.Value;
            return Of(options, nodes, node, a, b) ?? Of(options, nodes, node, b, a);
        }

        private static Form? Of(PassOptions options, IReadOnlyList<Node> nodes, ComputeNode node, Expr.Load slid, Expr.Load other)
        {
            if (slid.Fill != 0 || other.Fill != 0) return null;
            var slides = new List<Slide>();
            var taps = -1;
            for (var d = 0; d < slid.Index.Count; d++)
            {
                var index = slid.Index[d];
                if (index.Lookup is not null || index.Divisor != 1) return null;
                var variables = Enumerable.Range(0, index.Rank).Where(j => index.Coefficients[j] != 0).ToList();
                if (variables.Count < 2)
                {
                    if (index.AsVariable() < 0) return null;
                    continue;
                }
                // The taps are the shorter of the two; one is an axis of the result, the other is summed over.
                if (variables.Count > 2 || variables.Any(j => node.Axes[j].PerSample)) return null;
                var tap = node.Axes[variables[0]].Factor < node.Axes[variables[1]].Factor ? variables[0] : variables[1];
                var position = variables[0] + variables[1] - tap;
                if (index.Coefficients[position] != 1 || Math.Abs(index.Coefficients[tap]) != 1
                    || position < node.OutputRank == tap < node.OutputRank) return null;
                if (taps >= 0 && node.Axes[tap].Factor != taps) return null;
                taps = node.Axes[tap].Factor;
                var theirs = tap < node.OutputRank ? position : tap;
                var dimension = other.Index.ToList().FindIndex(i => i.DependsOn(theirs));
                if (dimension < 0 || other.Index[dimension].AsVariable() != theirs || other.Index.Count(i => i.DependsOn(theirs)) != 1) return null;
                if (slid.Index.Count(i => i.DependsOn(position) || i.DependsOn(tap)) != 1
                    || other.Index.Any(i => i.DependsOn(tap + position - theirs))) return null;
                slides.Add(new(d, dimension, position, tap, index.Coefficients[tap] < 0, index.Offset));
            }
            var points = Math.Min(options.WinogradPoints, taps <= 3 ? options.Family.Crossovers.PointsOfShortFilters : WinogradMatrices.MostPoints);
            if (slides.Count != 2 || taps < 2 || points - taps + 1 < 2 || slides.Select(s => s.Tap < node.OutputRank).Distinct().Count() != 1) return null;
            // Everything else of the two factors is an axis as it is.
            if (other.Index.Any(i => i.AsVariable() < 0)) return null;
            var (slidShape, otherShape) = (nodes[slid.Node].Shape, nodes[other.Node].Shape);
            var form = new Form(options, node, slid, slidShape, other, otherShape, slides.ToArray(), WinogradMatrices.Of(points - taps + 1, taps));
            return form.IsMatrixProduct() ? form : null;
        }

        // One axis of each factor is summed over or both are the result's, as in a matrix product; channels lie last in data and result.
        private bool IsMatrixProduct()
        {
            var last = _node.OutputRank - 1;
            if (_slides.Any(s => s.SlidDimension == _slid.Index.Count - 1 || s.Position == last || s.Tap == last)) return false;
            return SlidChannel >= 0 && OtherChannel >= 0 && last == ColumnVariable;
        }

        private IEnumerable<int> Sliding => _slides.SelectMany(s => new[] { s.Position, s.Tap });

        private bool IsBatch(int variable) => _slid.Index[0].AsVariable() == variable && _slidShape[0] == Axis.Batch && (IsFilterGradient || variable == 0);

        // The variable of the last axis of d: summed over for a convolution, one of the result's for a filter gradient.
        private int SlidChannel
        {
            get
            {
                var rest = Enumerable.Range(0, _slid.Index.Count).Where(d => _slides.All(s => s.SlidDimension != d))
                    .Select(d => _slid.Index[d].AsVariable()).ToList();
                return rest.Count == 2 && IsBatch(rest[0]) && IsFilterGradient == rest[1] < _node.OutputRank
                    && IsFilterGradient == rest[0] >= _node.OutputRank ? rest[1] : -1;
            }
        }

        // The variable of the other factor that is not in d.
        private int OtherChannel
        {
            get
            {
                var rest = Enumerable.Range(0, _other.Index.Count).Where(d => _slides.All(s => s.OtherDimension != d))
                    .Select(d => _other.Index[d].AsVariable()).ToList();
                if (rest.Count != 2) return -1;
                if (IsFilterGradient) return rest[0] == _slid.Index[0].AsVariable() && rest[1] < _node.OutputRank
                    && _other.Index[_other.Index.Count - 1].AsVariable() == rest[1] ? rest[1] : -1;
                return rest.Contains(SlidChannel) && rest.Sum() - SlidChannel is var own && own < _node.OutputRank ? own : -1;
            }
        }

        // The result's last axis.
        private int ColumnVariable => IsFilterGradient && _node.OutputRank - 1 == SlidChannel ? SlidChannel : OtherChannel;

        private int Positions(Slide slide) => _node.Axes[slide.Position].Factor;

        private int Tiles(Slide slide) => (Positions(slide) + _matrices.Outputs - 1) / _matrices.Outputs;

        private int AllTiles => _slides.Aggregate(1, (p, s) => p * Tiles(s));

        /// <summary>Whether the products saved cost more than the transforms.</summary>
        public bool Pays()
        {
            var lanes = _options.Family.Widest.Lanes;
            double Padded(int channel) => (_node.Axes[channel].Factor + lanes - 1) / lanes * lanes;
            double own = Padded(SlidChannel), made = Padded(OtherChannel), points = _matrices.Products * _matrices.Products,
                taps = _matrices.Taps * _matrices.Taps;
            // The tiles of all points are one value.
            if (AllTiles * points * Math.Max(own, made) > Lengths.Most) return false;
            var positions = _slides.Aggregate(1.0, (p, s) => p * Positions(s));
            var direct = 2 * positions * taps * _node.Axes[SlidChannel].Factor * _node.Axes[OtherChannel].Factor;
            // Filters that are ready still come from afar, and are longer.
            var filters = _options.Derives ? 2 * (points - taps) : 3 * points;
            var floats = positions * (own + made) + 2 * AllTiles * points * (own + made) + filters * own * made / _options.TypicalBatch;
            return 2 * AllTiles * points * own * made + _options.Family.Crossovers.OperationsPerFloatMoved * floats < direct;
        }

        /// <summary>Adds the nodes; returns the number of the one that stands for the sum.</summary>
        public int Write(List<Node> nodes) => IsFilterGradient ? FilterGradient(nodes) : Convolution(nodes);

        // Tiles of d: [N, (points,) tiles, (points,) channels].
        private int SlidTiles(List<Node> nodes) => Tiles(nodes, _slid, _slidShape, SlidChannel, _matrices.Input,
            (slide, tile, point) => tile * _matrices.Outputs + point + slide.Offset - (slide.CountsDown ? _matrices.Taps - 1 : 0), "inputTransform",
            IsFilterGradient ? "tilesForWeight" : "tiles");

        private int Tiles(List<Node> nodes, Expr.Load load, Shape shape, int channel, double[,] matrix, Func<Slide, int, int, int> at, string transform,
            string word)
        {
            // v: n, tiles and points in the order of the layout, channel; then the two inputs of a tile.
            var axes = Layout(shape[0], _node.Axes[channel]);
            int rank = axes.Count + 2, inputs = matrix.GetLength(1);
            var index = new AffineIndex[shape.Rank];
            for (var d = 0; d < shape.Rank; d++)
            {
                var t = Array.FindIndex(_slides, s => (ReferenceEquals(load, _slid) ? s.SlidDimension : s.OtherDimension) == d);
                index[d] = t >= 0 ? AffineIndex.Variable(rank, TileVariable(t), _matrices.Outputs,
                    at(_slides[t], 0, 0)).Plus(AffineIndex.Variable(rank, axes.Count + t))
                    : AffineIndex.Variable(rank, d == 0 ? 0 : axes.Count - 1);
            }
            Expr body = new Expr.Load(load.Node, index.ToEquatableArray());
            for (var t = 0; t < 2; t++)
                body *= Literal(nodes, transform, matrix, AffineIndex.Variable(rank, PointVariable(t)), AffineIndex.Variable(rank, axes.Count + t));
            return Add(nodes, (_node with
            {
                Type = new(ElementType.F32, Shape.Of(axes)),
                Reduced = Each("k", inputs),
                Body = body,
                Block = Block(axes.Count),
                Operations = 0,
            }).As(Purpose.Tiles(nodes[load.Node], word)));
        }

        // [N, tiles, points, channels]; in memory the points come first, so that the tiles of all samples of a block are the rows of a matrix.
        private List<Axis> Layout(Axis batch, Axis channel) =>
            new[] { batch }.Concat(_slides.Select(s => Along(s, "t", Tiles(s)))).Concat(Each("p", _matrices.Products)).Append(channel).ToList();

        // An axis that belongs to one of the sliding ones: its tiles, the points of a transformed tile, the elements of a tile.
        private Axis Along(Slide slide, string what, int size) => new(what + _node.Axes[slide.Position].Name, size);

        private EquatableArray<Axis> Each(string what, int size) => _slides.Select(s => Along(s, what, size)).ToEquatableArray();

        private static int TileVariable(int slide) => 1 + slide;

        private static int PointVariable(int slide) => 3 + slide;

        private BlockLayout Block(int rank)
        {
            var cost = _options.Family.Crossovers;
            var rows = IsFilterGradient ? cost.TilesOfAFilterGradient
                : _matrices.Products * _matrices.Products * (long)_node.Axes[SlidChannel].Factor
                * _node.Axes[OtherChannel].Factor > _options.Family.Caches.LargeL2Floats ? 2 * cost.RowsOfTransformedTiles : cost.RowsOfTransformedTiles;
            // Batches are powers of two as a rule.
            var samples = 1;
            while (samples * AllTiles < rows) samples *= 2;
            return new(samples, new[] { 3, 4, 0, 1, 2 }.Concat(Enumerable.Range(5, rank - 5)).ToEquatableArray());
        }

        private Expr Literal(List<Node> nodes, string name, double[,] matrix, AffineIndex row, AffineIndex column)
        {
            var data = matrix.Cast<double>().ToEquatableArray();
            var leaf = Add(nodes,
                new LeafNode(0, new(ElementType.F32, Shape.Of(matrix.GetLength(0), matrix.GetLength(1))), name, _node.Origin, LeafKind.Constant, "",
                Data: data)
                { IsLiteral = true });
            return new Expr.Load(leaf, EquatableArray.Of(row, column));
        }

        private int Convolution(List<Node> nodes)
        {
            var made = _node.Axes[OtherChannel].Factor;
            var tiles = SlidTiles(nodes);
            // Columns in panels of a register tile, so that a panel lies together.
            var columns = _options.Family.Crossovers.ColumnsOfATransformedPanel;
            var panel = made > columns && made % columns == 0 ? columns : made;
            var filter = Filter(nodes, made, panel);
            // [N, …, panels, panel]: one product for each point.
            var axes = Layout(nodes[tiles].Shape[0], new("panel", made / panel));
            axes.Add(_node.Axes[OtherChannel].WithSize(panel));
            var rank = axes.Count + 1;
            AffineIndex V(int j) => AffineIndex.Variable(rank, j);
            var left = new Expr.Load(tiles, Enumerable.Range(0, 5).Select(V).Append(V(rank - 1)).ToEquatableArray());
            var right = new Expr.Load(filter, EquatableArray.Of(V(PointVariable(0)), V(PointVariable(1)), V(5), V(rank - 1), V(6)));
            var products = Add(nodes,
                (_node with
                {
                    Type = new(ElementType.F32, Shape.Of(axes)),
                    Reduced = EquatableArray.Of(_node.Axes[SlidChannel]),
                    Body = left * right,
                    Block = Block(axes.Count),
                    Operations = 0,
                }).As(Purpose.Tiles(_node, "products")));
            var joined = panel == made ? Shape.Of(axes.Where((_, j) => j != 5)) : Shape.Of(axes.Take(5).Append(_node.Axes[OtherChannel]));
            products = Add(nodes, new ReshapeNode(0, new(ElementType.F32, joined), "", _node.Origin, products).As(Purpose.Tiles(_node, "productsByTile")));

            // Back: the result's own axes, then two over the points.
            var back = _node.OutputRank + 2;
            var index = new AffineIndex[6];
            index[0] = AffineIndex.Variable(back, _slid.Index[0].AsVariable());
            index[5] = AffineIndex.Variable(back, OtherChannel);
            Expr body = Expr.One;
            for (var t = 0; t < 2; t++)
            {
                var point = AffineIndex.Variable(back, _node.OutputRank + t);
                index[PointVariable(t)] = point;
                index[TileVariable(t)] = AffineIndex.Variable(back, _slides[t].Position).DividedBy(_matrices.Outputs);
                body *= Literal(nodes, "outputTransform", Repeated(_matrices.Output, Positions(_slides[t])), AffineIndex.Variable(back, _slides[t].Position),
                    point);
            }
            return Add(nodes, _node with
            {
                Reduced = Each("p", _matrices.Products),
                Body = new Expr.Load(products, index.ToEquatableArray()) * body,
                Operations = _node.CountOperations()
            });
        }

        // G g Gᵀ as [point, point, panels, channels of d, panel].
        private int Filter(List<Node> nodes, int made, int panel)
        {
            // First with the columns last, as the result has them.
            var order = _slides.Select(s => s.OtherDimension).ToArray();
            var (from, to) = (_node.Axes[SlidChannel], _node.Axes[OtherChannel]);
            var taps = _slides.Select(s => _node.Axes[s.Tap].WithSize(_matrices.Taps)).ToArray();
            var copyAxes = new[] { from, taps[0], taps[1], to };
            var index = new AffineIndex[_other.Index.Count];
            for (var d = 0; d < index.Length; d++)
                index[d] = AffineIndex.Variable(4, Array.IndexOf(order, d) is var t and >= 0 ? 1 + t : _other.Index[d].AsVariable() == SlidChannel ? 0 : 3);
            var weight = nodes[_other.Node];
            var shape = Shape.Of(copyAxes);
            var copy = Add(nodes, new ComputeNode(0, new(ElementType.F32, shape), "", _node.Origin, EquatableArray<Axis>.Empty, Combine.None,
                new Expr.Load(_other.Node, index.ToEquatableArray()))
            { Operations = 0 }.As(Purpose.LayoutCopy(weight, shape)));

            var axes = Each("p", _matrices.Products).Concat(EquatableArray.Of(new("panel", made / panel), from, to.WithSize(panel)));
            const int rank = 7;
            AffineIndex V(int j) => AffineIndex.Variable(rank, j);
            Expr body = new Expr.Load(copy, EquatableArray.Of(V(3), V(5), V(6), AffineIndex.Variable(rank, 2, panel).Plus(V(4))));
            for (var t = 0; t < 2; t++)
                body *= Literal(nodes, "filterTransform", _slides[t].CountsDown ? WinogradMatrices.Reversed(_matrices.Filter)
                    : _matrices.Filter, V(t), V(5 + t));
            return Add(nodes, new ComputeNode(0, new(ElementType.F32, Shape.Of(axes)), "", _node.Origin, taps.ToEquatableArray(), Combine.Sum, body)
            { Operations = 0 }.As(Purpose.Tiles(weight, _slides[0].CountsDown ? "transformedReversed" : "transformed")));
        }

        private int FilterGradient(List<Node> nodes)
        {
            var tiles = SlidTiles(nodes);
            var other = Tiles(nodes, _other, _otherShape, OtherChannel, WinogradMatrices.Transposed(_matrices.Output),
                (_, tile, point) => tile * _matrices.Outputs + point, "gradientTransform", "tilesForWeight");
            // Σ over all tiles, one product for each point: [point, point, rows, columns].
            var (columns, rows) = ColumnVariable == SlidChannel ? (SlidChannel, OtherChannel) : (OtherChannel, SlidChannel);
            var axes = Each("p", _matrices.Products).Append(_node.Axes[rows]).Append(_node.Axes[columns]);
            var reduced = _slides.Select(s => Along(s, "t", Tiles(s))).Prepend(nodes[tiles].Shape[0]);
            const int rank = 7;
            Expr.Load Read(int node, int channel)
            {
                var index = new AffineIndex[6];
                index[0] = AffineIndex.Variable(rank, 4);
                index[5] = AffineIndex.Variable(rank, channel == rows ? 2 : 3);
                for (var t = 0; t < 2; t++)
                {
                    index[PointVariable(t)] = AffineIndex.Variable(rank, t);
                    index[TileVariable(t)] = AffineIndex.Variable(rank, 5 + t);
                }
                return new(node, index.ToEquatableArray());
            }
            var sums = Add(nodes, (_node with
            {
                Type = new(ElementType.F32, Shape.Of(axes)),
                Reduced = reduced.ToEquatableArray(),
                Body = Read(tiles, SlidChannel) * Read(other, OtherChannel),
                Block = new(0, EquatableArray<int>.Empty, Accumulates: true),
                Operations = 0,
            }).As(Purpose.Tiles(_node, "products")));

            var back = _node.OutputRank + 2;
            Expr body = new Expr.Load(sums,
                EquatableArray.Of(AffineIndex.Variable(back, _node.OutputRank), AffineIndex.Variable(back, _node.OutputRank + 1),
                AffineIndex.Variable(back, rows), AffineIndex.Variable(back, columns)));
            for (var t = 0; t < 2; t++)
            {
                var filter = WinogradMatrices.Transposed(_slides[t].CountsDown ? WinogradMatrices.Reversed(_matrices.Filter) : _matrices.Filter);
                body *= Literal(nodes, "filterGradientTransform", filter, AffineIndex.Variable(back, _slides[t].Tap),
                    AffineIndex.Variable(back, _node.OutputRank + t));
            }
            return Add(nodes, _node with
            {
                Reduced = Each("p", _matrices.Products),
                Body = body,
                Operations = _node.CountOperations()
            });
        }

        private static double[,] Repeated(double[,] matrix, int rows)
        {
            var repeated = new double[rows, matrix.GetLength(1)];
            for (var i = 0; i < rows; i++)
                for (var j = 0; j < matrix.GetLength(1); j++) repeated[i, j] = matrix[i % matrix.GetLength(0), j];
            return repeated;
        }
    }
}
