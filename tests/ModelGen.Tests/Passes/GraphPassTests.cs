using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Tests.Compile;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Passes;

/// <summary>What the passes on graphs change, and that the values stay what they were.</summary>
public class GraphPassTests
{
    private const int Samples = 3;

    [Fact]
    public void FoldGathers_OfFewRows_MultipliesTheTable()
    {
        var graph = Projected(rows: 5, steps: 4);
        var folded = FoldGathers.Apply(graph);
        Verifier.Check(folded, nameof(FoldGathers));
        var product = Assert.Single(folded.Nodes.OfType<ComputeNode>(), n => n.Combine == Combine.Sum && n.Shape.Rank > 0);
        Assert.Equal(Shape.Of(5, 7), product.Shape);
        AssertSame(graph, folded);
    }

    [Fact]
    public void FoldGathers_OfMoreRowsThanAreGathered_LeavesTheProduct()
    {
        var graph = Projected(rows: 500, steps: 4);
        Assert.Equal(graph.Nodes, FoldGathers.Apply(graph).Nodes);
    }

    [Fact]
    public void JoinPieces_OfAConcatenation_LeavesNoTest()
    {
        var b = new GraphBuilder();
        Node x = Leaf(b, "x", 2, 3), y = Leaf(b, "y", 4, 3);
        var joined = b.Compute(Shape.Of(Axis.Batch, 6, 3), [], Combine.None,
            v => GraphBuilder.Load(x, v) + GraphBuilder.Load(y, v[0], v[1].Plus(AffineIndex.Constant(3, -2)), v[2]));
        var graph = b.Build("Joined", [joined], null);
        var pieces = JoinPieces.Apply(graph, Compiled.Options);
        Verifier.Check(pieces, nameof(JoinPieces));
        var join = Assert.Single(pieces.Nodes.OfType<JoinNode>());
        Assert.Equal([2, 4], join.Parts.Select(p => pieces[p].Shape[1].Factor));
        Assert.All(pieces.Nodes.OfType<ComputeNode>(),
            n => Assert.All(n.Body.Loads(), l => Assert.All(l.Index.Select((i, d) => i.AlwaysInside(n.Axes, pieces[l.Node].Shape[d])), Assert.True)));
        AssertSame(graph, pieces);
    }

    [Fact]
    public void JoinPieces_OfPadding_LeavesIt()
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 4);
        var padded = b.Compute(Shape.Of(Axis.Batch, 6), [], Combine.None, v => GraphBuilder.Load(x, v[0], v[1].Plus(AffineIndex.Constant(2, -1))));
        var graph = b.Build("Padded", [padded], null);
        Assert.Equal(graph.Nodes, JoinPieces.Apply(graph, Compiled.Options).Nodes);
    }

    [Fact]
    public void Gradient_OfAGather_IsAScatter()
    {
        var graph = Projected(rows: 5, steps: 4);
        var parameters = graph.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter).Select(l => l.Id).ToList();
        var joint = EliminateDeadNodes.Apply(ReverseMode.Apply(FoldGathers.Apply(graph), parameters));
        Assert.Single(joint.Nodes.OfType<ComputeNode>(), Scatter.Matches);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Recurrence_IsOneLoopOverTheSteps(bool fromEnd)
    {
        var graph = Running(fromEnd, out var state);
        var recurrence = Assert.Single(Recurrences.Of(graph).All);
        Assert.Equal((4, fromEnd), (recurrence.Steps, recurrence.FromEnd));
        var values = new Interpreter(graph, 1, new Dictionary<int, double[]> { [0] = [1, 2, 3, 4], [1] = [10] })[state];
        Assert.Equal(fromEnd ? [209, 104, 51, 24] : [21, 44, 91, 186], values);
        var schedule = FormKernels.Apply(OwnStates.Apply(graph), Compiled.Options);
        var loop = Assert.Single(schedule.Loops);
        Assert.Equal((4, fromEnd), (loop.Steps, loop.FromEnd));
        Assert.All(schedule.Calls.Skip(loop.First).Take(loop.End - loop.First), c => Assert.True(c.Kernel.IsStepped));
    }

    [Fact]
    public void Recurrence_ThatReadsAnotherStep_IsRefused()
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 4);
        var before = b.Previous(x.Shape, 1, fromEnd: false);
        b.Close(before, b.Compute(x.Shape, [], Combine.None, v => GraphBuilder.Load(before, v[0], AffineIndex.Constant(2, 0)) + GraphBuilder.Load(x, v)));
        var error = Assert.Throws<InvalidOperationException>(() => Verifier.Check(b.Build("Wrong", [b[before.Id]], null), "building"));
        Assert.Contains("not at its own step", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OwnStates_OfAViewedState_ViewsACopy()
    {
        var graph = Running(false, out var state);
        var b = new GraphBuilder(graph);
        var viewed = OwnStates.Apply(b.Build("Viewed", [b.Reshape(b[state], Shape.Of(Axis.Batch, 2, 2))], null));
        Verifier.Check(viewed, nameof(OwnStates));
        var view = Assert.Single(viewed.Nodes.OfType<ReshapeNode>());
        Assert.DoesNotContain(viewed.Nodes.OfType<PreviousNode>(), p => p.Source == view.Source);
    }

    [Fact]
    public void OrderSums_OfAnySum_WalksAlongTheRows()
    {
        // Σ over columns, then rows, of a square: no product of two factors, in the order of another layout.
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 5, 20);
        var sum = b.Compute(Shape.Of(Axis.Batch), new Axis[] { 20, 5 }, Combine.Sum,
            v => GraphBuilder.Load(x, v[0], v[2], v[1]) * GraphBuilder.Load(x, v[0], v[2], v[1]));
        var most = b.Compute(Shape.Of(Axis.Batch), new Axis[] { 20, 5 }, Combine.ArgMax, v => GraphBuilder.Load(x, v[0], v[2], v[1]));
        var graph = b.Build("Sums", [sum, most], null);
        var ordered = OrderSums.Apply(graph);
        Verifier.Check(ordered, nameof(OrderSums));
        Assert.Equal([5, 20], ((ComputeNode)ordered[ordered.Outputs[0]]).Reduced.Select(a => a.Factor));
        // Which of equals comes first depends on the order.
        Assert.Equal(graph[graph.Outputs[1]], ordered[ordered.Outputs[1]]);
        var random = new Random(2);
        var leaves = new Dictionary<int, double[]> { [x.Id] = [.. Enumerable.Range(0, Samples * 100).Select(_ => random.NextDouble())] };
        Assert.All(new Interpreter(graph, Samples, leaves)[graph.Outputs[0]].Zip(new Interpreter(ordered, Samples, leaves)[ordered.Outputs[0]]),
            p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void KeepDerivatives_OfACostlyFunctionOfAProduct_KeepsItInsteadOfTheArgument(bool isArgumentWanted)
    {
        var joint = Costly(isProduct: true, (b, h, y) => isArgumentWanted ? b.Map(t => t[0] * t[1] * t[1], y, h) : y);
        var kept = KeepDerivatives.Apply(joint, Compiled.Options);
        Verifier.Check(kept, nameof(KeepDerivatives));
        if (isArgumentWanted)
        {
            Assert.Equal(joint.Nodes, kept.Nodes);
            return;
        }
        Assert.Equal(joint.ForwardCount + 1, kept.ForwardCount);
        Assert.Single(kept.Nodes.OfType<ComputeNode>(), n => n.IsKept);
        Assert.All(kept.Nodes.Skip(kept.ForwardCount).OfType<ComputeNode>(), n => Assert.False(n.Body.IsCostly()));
        Assert.DoesNotContain(kept.Nodes.Skip(kept.ForwardCount), n => n.Inputs.Any(i => kept[i].Name == "h"));
        AssertSame(joint with { Outputs = new[] { joint.Gradients[0].Value }.ToEquatableArray() },
            kept with { Outputs = new[] { kept.Gradients[0].Value }.ToEquatableArray() });
        // Fusion leaves it where it is.
        var fused = InlineMaps.Apply(kept, Compiled.Options);
        Assert.All(fused.Nodes.Skip(fused.ForwardCount).OfType<ComputeNode>(), n => Assert.False(n.Body.IsCostly()));
    }

    [Fact]
    public void KeepDerivatives_OfAnArgumentThatNobodyStores_LeavesThem()
    {
        // h = x·w is computed again in the backward part: to keep anything would be a tensor more.
        var joint = Costly(isProduct: false, (_, _, y) => y);
        Assert.Equal(joint.Nodes, KeepDerivatives.Apply(joint, Compiled.Options).Nodes);
    }

    [Fact]
    public void KeepDerivatives_OfTwoFunctionsOfOneReader_KeepsOne()
    {
        // One map wants the derivatives of two functions: the first is kept, the other computed from its argument.
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 4);
        Node Product(string weight)
        {
            var w = b.Leaf(LeafKind.Parameter, new(ElementType.F32, Shape.Of(6, 4)), weight);
            return b.Compute(Shape.Of(Axis.Batch, 6), [4], Combine.Sum, v => GraphBuilder.Load(x, v[0], v[2]) * GraphBuilder.Load(w, v[1], v[2]));
        }
        Node h = Product("w"), h2 = Product("w2");
        Node f = b.Map(t => Expr.Erf(t[0]), h), g = b.Map(t => Expr.Tanh(t[0]), h2);
        var loss = b.Compute(Shape.Scalar, [Axis.Batch, 6], Combine.Sum, v => GraphBuilder.Load(f, v) + GraphBuilder.Load(g, v));
        var forward = b.Build("Two", [loss], loss);
        b = new GraphBuilder(forward);
        var both = b.Compute(h.Shape, [], Combine.None,
            v => Expr.Exp(-(GraphBuilder.Load(h, v) * GraphBuilder.Load(h, v))) * Expr.Sigmoid(GraphBuilder.Load(h2, v)));
        var graph = b.Build("Two", [both], loss, forwardCount: forward.Nodes.Count);
        var kept = KeepDerivatives.Apply(graph, Compiled.Options);
        Verifier.Check(kept, nameof(KeepDerivatives));
        Assert.Single(kept.Nodes.OfType<ComputeNode>(), n => n.IsKept);
        AssertSame(graph, kept);
    }

    // y = GELU of h = Σ x·w (or x·w point by point), the sum of what follows, and the gradient of w.
    private static Graph Costly(bool isProduct, Func<GraphBuilder, Node, Node, Node> follow)
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 6);
        var w = b.Leaf(LeafKind.Parameter, new(ElementType.F32, isProduct ? Shape.Of(6, 6) : Shape.Of(6)), "w");
        var h = isProduct
            ? b.Compute(x.Shape, [6], Combine.Sum, v => GraphBuilder.Load(x, v[0], v[2]) * GraphBuilder.Load(w, v[1], v[2]), new Purpose(Role.Value, "h"))
            : b.Compute(x.Shape, [], Combine.None, v => GraphBuilder.Load(x, v) * GraphBuilder.Load(w, v[1]), new Purpose(Role.Value, "h"));
        var z = follow(b, h, b.Map(t => 0.5 * t[0] * (1 + Expr.Erf(0.7 * t[0])), h));
        var loss = b.Compute(Shape.Scalar, [.. z.Shape.Axes], Combine.Sum, v => GraphBuilder.Load(z, v));
        return EliminateDeadNodes.Apply(ReverseMode.Apply(b.Build("Costly", [loss], loss), [w.Id]));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(8, true)]
    public void MapWindows_OfAMapAfterWindows_IsOneMap(int last, bool moves)
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 5);
        var mask = Leaf(b, "mask", 5 * last);
        var windows = b.Compute(Shape.Of(Axis.Batch, 5, last), [], Combine.None,
            v => Expr.Where(Expr.Equal(new Expr.IndexOf(v[2]), 1), GraphBuilder.Load(x, v[0], v[1]), 0));
        var whole = b.Reshape(windows, mask.Shape);
        var masked = b.Compute(mask.Shape, [], Combine.None, v => GraphBuilder.Load(whole, v) * GraphBuilder.Load(mask, v));
        var graph = b.Build("Windows", [masked], null);
        var moved = MapWindows.Apply(graph, Compiled.Options);
        Verifier.Check(moved, nameof(MapWindows));
        AssertSame(graph, moved);
        Assert.Equal(moves ? 1 : 2, InlineMaps.Apply(moved, Compiled.Options).Nodes.OfType<ComputeNode>().Count());
    }

    [Fact]
    public void MapWindows_OfSeveralSplitAxes_CountsTheirDigits()
    {
        // An image of 4 × 6 in windows of 2 × 2; the map reads a mask of the image, and its position.
        var b = new GraphBuilder();
        var x = Leaf(b, "x", 3, 2, 3);
        var mask = Leaf(b, "mask", 3, 4, 6);
        var windows = b.Compute(Shape.Of(Axis.Batch, 3, 2, 2, 3, 2), [], Combine.None,
            v => Expr.Where(Expr.Equal(new Expr.IndexOf(v[3].Plus(v[5])), 1), GraphBuilder.Load(x, v[0], v[1], v[2], v[4]), 0));
        var whole = b.Reshape(windows, mask.Shape);
        var masked = b.Compute(mask.Shape, [], Combine.None, v => GraphBuilder.Load(whole, v) * GraphBuilder.Load(mask, v) + new Expr.IndexOf(v[3]));
        var graph = b.Build("Windows", [masked], null);
        var moved = MapWindows.Apply(graph, Compiled.Options);
        Verifier.Check(moved, nameof(MapWindows));
        AssertSame(graph, moved);
        Assert.Single(InlineMaps.Apply(moved, Compiled.Options).Nodes.OfType<ComputeNode>());
    }

    [Fact]
    public void MapWindows_OfAnotherShape_LeavesIt()
    {
        // The map has an axis more than what it reads: its last two axes are not the windows.
        var b = new GraphBuilder();
        Node x = Leaf(b, "x", 2), mask = Leaf(b, "mask", 2, 4);
        var windows = b.Compute(Shape.Of(Axis.Batch, 2, 2, 2), [], Combine.None, v => 2 * GraphBuilder.Load(x, v[0], v[1]));
        var whole = b.Reshape(windows, Shape.Of(Axis.Batch, 8));
        var graph = b.Build("Other", [b.Compute(mask.Shape, [], Combine.None, v => GraphBuilder.Load(whole, v[0], v[1]) * GraphBuilder.Load(mask, v))], null);
        Assert.Equal(graph.Nodes, MapWindows.Apply(graph, Compiled.Options).Nodes);
    }

    [Fact]
    public void MapWindows_OfAMapAfterAProduct_LeavesIt()
    {
        var b = new GraphBuilder();
        Node x = Leaf(b, "x", 4), y = Leaf(b, "y", 3, 4);
        var w = b.Leaf(LeafKind.Parameter, new(ElementType.F32, Shape.Of(8, 4)), "w");
        var windows = b.Compute(Shape.Of(Axis.Batch, 4, 2), [], Combine.None, v => 2 * GraphBuilder.Load(x, v[0], v[1]));
        var whole = b.Reshape(windows, Shape.Of(Axis.Batch, 8));
        var product = b.Compute(whole.Shape, [4], Combine.Sum, v => GraphBuilder.Load(x, v[0], v[2]) * GraphBuilder.Load(w, v[1], v[2]));
        var graph = b.Build("Product", [b.Map(t => t[0] + t[1], whole, product)], null);
        Assert.Equal(graph.Nodes, MapWindows.Apply(graph, Compiled.Options).Nodes);
    }

    // h[t] = 2·h[t - 1] + x[t], from an initial state.
    private static Graph Running(bool fromEnd, out int state)
    {
        var b = new GraphBuilder();
        Node x = Leaf(b, "x", 4), start = Leaf(b, "start");
        var before = b.Previous(x.Shape, 1, fromEnd, start);
        var h = b.Map(t => 2 * t[0] + t[1], before, x);
        b.Close(before, h);
        state = h.Id;
        return b.Build("Running", [h], null);
    }

    // Rows of a table, times a matrix: Σ_d table[x[n,t], d]·w[g,d].
    private static Graph Projected(int rows, int steps)
    {
        var b = new GraphBuilder();
        var x = b.Leaf(LeafKind.Labels, new(ElementType.I32, Shape.Of(Axis.Batch, steps)), "x", classes: rows);
        var table = b.Leaf(LeafKind.Parameter, new(ElementType.F32, Shape.Of(rows, 6)), "table", "table");
        var w = b.Leaf(LeafKind.Parameter, new(ElementType.F32, Shape.Of(7, 6)), "w", "w");
        var gathered = b.Compute(Shape.Of(Axis.Batch, steps, 6), [], Combine.None,
            v => GraphBuilder.Load(table, AffineIndex.Constant(3, 0) with { Lookup = GraphBuilder.Load(x, v[0], v[1]) }, v[2]));
        var y = b.Compute(Shape.Of(Axis.Batch, steps, 7), new Axis[] { 6 }, Combine.Sum,
            v => GraphBuilder.Load(gathered, v[0], v[1], v[3]) * GraphBuilder.Load(w, v[2], v[3]));
        return b.Build("Projected", [y], b.Reduce(Combine.Sum, y, [0, 1, 2], body: e => e * e));
    }

    private static LeafNode Leaf(GraphBuilder b, string name, params int[] shape) =>
        b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(shape.Select(s => (Axis)s).Prepend(Axis.Batch))), name);

    private static void AssertSame(Graph before, Graph after)
    {
        var random = new Random(1);
        var leaves = before.Nodes.OfType<LeafNode>().ToDictionary(l => l.Name, l => Enumerable.Range(0, l.Shape.Length.At(Samples))
            .Select(_ => l.Kind == LeafKind.Labels ? random.Next(l.Classes) : random.NextDouble() - 0.5).ToArray());
        double[] Output(Graph graph) =>
            new Interpreter(graph, Samples, graph.Nodes.OfType<LeafNode>().ToDictionary(l => l.Id, l => leaves[l.Name]))[graph.Outputs[0]];
        Assert.Equal(Output(before), Output(after));
    }
}
