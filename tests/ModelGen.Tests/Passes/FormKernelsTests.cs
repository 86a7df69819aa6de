using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Tests.Passes;

/// <summary>Which nodes become one kernel: never such that kernels depend on each other in a circle, however far it leads through others.</summary>
public class FormKernelsTests
{
    private const int Size = 4;

    [Fact]
    public void MapThatReadsAKernelThroughAnother_IsAKernelOfItsOwn()
    {
        // The sum is before the cube in the graph; through the pair it reads it all the same, once the second of the pair has joined the first.
        var b = new GraphBuilder();
        var x = Leaf(b, "x", Size);
        var (first, sum) = Sum(b, x);
        var cube = Cube(b, x);
        var second = Second(b, first, cube);
        var last = b.Compute(cube.Shape, [], Combine.None, v => GraphBuilder.Load(cube, v) * GraphBuilder.Load(sum, v[0]));
        var schedule = Formed(b, [second, last]);
        Assert.True(AreOne(schedule, first, second));
        Assert.False(AreOne(schedule, cube, last));
    }

    [Fact]
    public void MapsThatMeet_OfWhichOneReadsTheOtherThroughAnother_AreKernelsOfTheirOwn()
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", Size);
        var (first, sum) = Sum(b, x);
        var cube = Cube(b, x);
        var second = Second(b, first, cube);
        // Over the points of the cube, and no reader of it; they meet in the last.
        var other = b.Compute(cube.Shape, [], Combine.None, v => GraphBuilder.Load(sum, v[0]) + GraphBuilder.Load(x, v[0], v[1]));
        var last = b.Map(t => t[0] * t[1], cube, other);
        var schedule = Formed(b, [second, last]);
        Assert.True(AreOne(schedule, first, second));
        Assert.False(AreOne(schedule, cube, other));
    }

    [Fact]
    public void SumBesideAnother_ThatItReadsThroughAnother_IsAKernelOfItsOwn()
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", Size);
        var (first, sum) = Sum(b, x);
        var y = Leaf(b, "y", 3, Size);
        var rows = b.Reduce(Combine.Sum, y, [2]);
        var second = b.Compute(x.Shape, [], Combine.None, v => GraphBuilder.Load(first, v) + GraphBuilder.Load(rows, v[0], AffineIndex.Constant(2, 0)));
        var last = b.Compute(rows.Shape, [Size], Combine.Sum, v => GraphBuilder.Load(y, v) * GraphBuilder.Load(sum, v[0]));
        var schedule = Formed(b, [second, last]);
        Assert.True(AreOne(schedule, first, second));
        Assert.False(AreOne(schedule, rows, last));
    }

    [Fact]
    public void SumsBeforeAndAfterARecurrence_AreKernelsOfTheirOwn()
    {
        // The first in the graph reads the states; they read the second, which stands after it.
        var b = new GraphBuilder();
        var x = Leaf(b, "x", Size);
        var before = b.Previous(x.Shape, 1, fromEnd: false);
        Node Sum(Func<AffineIndex[], Expr> factor) => b.Compute(Shape.Of(Axis.Batch), [Size], Combine.Sum, v => GraphBuilder.Load(x, v) * factor(v));
        var after = Sum(v => GraphBuilder.Load(before, v));
        var squares = Sum(v => GraphBuilder.Load(x, v));
        var state = b.Compute(x.Shape, [], Combine.None, v => GraphBuilder.Load(before, v) + GraphBuilder.Load(squares, v[0]));
        b.Close(before, state);
        Assert.False(AreOne(Formed(b, [after, b[state.Id]]), after, squares));
    }

    [Fact]
    public void ReadersOfABlock_OfWhichOneReadsTheOtherThroughAnother_AreNotBothOfIt()
    {
        var b = new GraphBuilder();
        var x = Leaf(b, "x", Size);
        var (first, sum) = Sum(b, x);
        var wide = Leaf(b, "wide", 5);
        var blocked = b.Map(t => Expr.Exp(t[0]), wide);
        var spread = b.Compute(Shape.Of(Axis.Batch, 5, 3), [], Combine.None, v => GraphBuilder.Load(blocked, v[0], v[1]) + new Expr.IndexOf(v[2]));
        var rows = b.Reduce(Combine.Sum, spread, [2]);
        var second = b.Compute(x.Shape, [], Combine.None, v => GraphBuilder.Load(first, v) + GraphBuilder.Load(rows, v[0], AffineIndex.Constant(2, 0)));
        var other = b.Compute(wide.Shape, [], Combine.None,
            v => GraphBuilder.Load(spread, v[0], v[1], AffineIndex.Constant(2, 1)) * GraphBuilder.Load(sum, v[0]));
        var graph = b.Build("Blocked", [second, other], null);
        graph = graph with { Nodes = graph.Nodes.With(blocked.Id, (ComputeNode)graph[blocked.Id] with { Block = new(2, EquatableArray.Of(0, 1)) }) };
        var schedule = FormKernels.Apply(graph, new(CpuFamily.X64));
        Assert.True(AreOne(schedule, first, second));
        var block = Assert.Single(schedule.BatchLoops);
        Assert.False(IsIn(block, rows) && IsIn(block, other));

        bool IsIn(BatchLoop loop, Node node) => schedule.Calls.Skip(loop.First).Take(loop.End - loop.First).Any(c => c.Nodes.Contains(node.Id));
    }

    /// <summary>Graphs drawn at random, of what kernels are formed from in all ways: maps at the same point and at others, sums side by side, products, views,
    /// pieces, states.</summary>
    [Fact]
    public void GraphsDrawnAtRandom_AreFormedWithoutACircle()
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            var graph = JoinPieces.Apply(OwnStates.Apply(Drawn(new Random(seed))), new(CpuFamily.X64));
            Verifier.Check(graph, "drawing");
            var schedule = FormKernels.Apply(graph, new(CpuFamily.X64));
            Assert.Equal(graph.Nodes.OfType<ComputeNode>().Select(n => n.Id),
                schedule.Calls.SelectMany(c => c.Nodes).Where(n => graph[n] is ComputeNode).Order());
        }
    }

    /// <summary>At each step: some become one exactly where nothing else reads one of them and is read by another, however far.</summary>
    [Fact]
    public void Precedence_JoinsExactlyWhatClosesNoCircle()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            const int count = 24;
            var reads = Enumerable.Range(0, count).Select(i => Enumerable.Range(0, i).Where(_ => random.Next(count) < 3).ToList()).ToList();
            var precedence = new Precedence(Enumerable.Range(0, count).Select(i => new[] { i }), i => reads[i]);
            var groups = Enumerable.Range(0, count).Select(i => new List<int> { i }).ToList();
            for (var step = 0; step < 100; step++)
            {
                int[] members = [.. Enumerable.Range(0, random.Next(2, 4)).Select(_ => random.Next(count))];
                var own = groups.Where(g => g.Any(members.Contains)).ToList();
                List<List<int>> joined = [.. groups.Except(own), [.. own.SelectMany(g => g)]];
                var isOrdered = IsOrdered(joined, reads);
                Assert.Equal(isOrdered, precedence.TryJoin(members));
                if (isOrdered) groups = joined;
                AssertInOrder(precedence, reads);
            }
        }
    }

    [Fact]
    public void Precedence_OfManyMovesToOnePlace_StaysInOrder()
    {
        // 0 is joined by each that reads one which stands between.
        const int count = 200;
        var reads = Enumerable.Range(0, count).Select(i => i > 0 && i % 2 == 0 ? new List<int> { i - 1 } : []).ToList();
        var precedence = new Precedence(Enumerable.Range(0, count).Select(i => new[] { i }), i => reads[i]);
        for (var i = 2; i < count; i += 2) Assert.True(precedence.TryJoin(0, i));
        AssertInOrder(precedence, reads);
    }

    [Fact]
    public void Precedence_OfMoreThanIsFollowed_JoinsNothing()
    {
        var precedence = new Precedence(Enumerable.Range(0, 10).Select(i => new[] { i }), i => i > 0 && i != 5 ? [i - 1] : [], most: 3);
        Assert.True(precedence.TryJoin(0, 8));
        Assert.False(new Precedence(Enumerable.Range(0, 10).Select(i => new[] { i }), i => i > 0 && i != 5 ? [i - 1] : [], most: 2).TryJoin(0, 8));
    }

    private static void AssertInOrder(Precedence precedence, List<List<int>> reads)
    {
        var made = new HashSet<int>();
        foreach (var group in precedence.InOrder)
        {
            made.UnionWith(group);
            Assert.All(group, i => Assert.Subset(made, reads[i].ToHashSet()));
        }
    }

    // Takes away what reads nothing else that is left, as long as there is such.
    private static bool IsOrdered(List<List<int>> groups, List<List<int>> reads)
    {
        var left = groups.ToList();
        while (left.Find(g => g.SelectMany(i => reads[i]).All(r => g.Contains(r) || !left.Any(o => o.Contains(r)))) is { } next) left.Remove(next);
        return left.Count == 0;
    }

    private static LeafNode Leaf(GraphBuilder b, string name, params int[] shape) =>
        b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(shape.Select(s => (Axis)s).Prepend(Axis.Batch))), name);

    // A map, and a sum of it.
    private static (Node First, Node Sum) Sum(GraphBuilder b, Node x)
    {
        var first = b.Map(t => Expr.Exp(t[0]), x);
        return (first, b.Reduce(Combine.Sum, first, [1]));
    }

    private static Node Cube(GraphBuilder b, Node x) =>
        b.Compute(Shape.Of(Axis.Batch, Size, 3), [], Combine.None, v => GraphBuilder.Load(x, v[0], v[1]) * new Expr.IndexOf(v[2]));

    // Over the points of the first; of the cube it reads one column, which is not at its own point.
    private static Node Second(GraphBuilder b, Node first, Node cube) =>
        b.Compute(first.Shape, [], Combine.None, v => GraphBuilder.Load(first, v) + GraphBuilder.Load(cube, v[0], v[1], AffineIndex.Constant(2, 0)));

    private static CallOrder Formed(GraphBuilder b, IEnumerable<Node> results) =>
        FormKernels.Apply(OwnStates.Apply(b.Build("Formed", results, null)), new(CpuFamily.X64));

    private static bool AreOne(CallOrder schedule, Node a, Node b) => schedule.Calls.Any(c => c.Nodes.Contains(a.Id) && c.Nodes.Contains(b.Id));

    private static Graph Drawn(Random random)
    {
        var b = new GraphBuilder();
        var square = Shape.Of(Axis.Batch, Size, Size);
        List<Node> squares = [Leaf(b, "x", Size, Size), Leaf(b, "y", Size, Size)], rows = [Leaf(b, "z", Size)];
        // Those that depend on a state that is not closed yet: no state may follow from them but its own.
        var (open, after) = ((PreviousNode?)null, new HashSet<int>());
        for (var count = random.Next(6, 20); count > 0; count--)
        {
            switch (random.Next(10))
            {
                case 0 or 1 or 2:
                    squares.Add(b.Compute(square, [], Combine.None, v => Read(v[0], v[1], v[2]) * Read(v[0], v[1], v[2])));
                    break;
                case 3 or 4:
                    rows.Add(b.Compute(Shape.Of(Axis.Batch, Size), [Size], Combine.Sum, v => Read(v[0], v[1], v[2]) + Read(v[0], v[1], v[2])));
                    break;
                case 5:
                    rows.Add(b.Compute(Shape.Of(Axis.Batch, Size), [], Combine.None,
                        v => GraphBuilder.Load(Any(rows), v) * Read(v[0], v[1], AffineIndex.Constant(2, random.Next(Size)))));
                    break;
                case 6:
                    squares.Add(b.Compute(square, [Size], Combine.Sum,
                        v => GraphBuilder.Load(Any(squares), v[0], v[1], v[3]) * GraphBuilder.Load(Any(squares), v[0], v[3], v[2])));
                    break;
                case 7:
                    squares.Add(b.Reshape(b.Reshape(Any(squares), Shape.Of(Axis.Batch, Size * Size)), square));
                    break;
                case 8:
                    AffineIndex Moved(AffineIndex[] v, int by) => v[1].Plus(AffineIndex.Constant(3, by));
                    squares.Add(b.Compute(square, [], Combine.None,
                        v => GraphBuilder.LoadOr(0, Any(squares), v[0], Moved(v, 2), v[2]) + GraphBuilder.LoadOr(0, Any(squares), v[0], Moved(v, -2), v[2])));
                    break;
                default:
                    if (open is null)
                    {
                        squares.Add(open = b.Previous(square, 1, fromEnd: false));
                        after = [open.Id];
                    }
                    else
                    {
                        var free = Enumerable.Range(0, 2).Select(_ => Any([.. squares.Where(s => !after.Contains(s.Id))])).ToList();
                        Close(v => GraphBuilder.Load(free[0], v) + GraphBuilder.Load(free[1], v));
                    }
                    break;
            }
            for (var id = 0; id < b.Count; id++)
                if (b[id].Inputs.Any(after.Contains)) after.Add(id);
        }
        if (open is not null) Close(v => GraphBuilder.Load(squares[0], v));
        return b.Build("Drawn", squares.Concat(rows).Where(n => b[n.Id] is not LeafNode && random.Next(3) == 0).Select(n => b[n.Id]).ToList(), null);

        void Close(Func<AffineIndex[], Expr> other)
        {
            var previous = open!;
            var state = b.Compute(square, [], Combine.None, v => GraphBuilder.Load(previous, v) + other(v));
            b.Close(previous, state);
            squares.Add(state);
            (open, after) = (null, []);
        }

        Node Any(List<Node> of) => of[random.Next(of.Count)];

        Expr Read(AffineIndex n, AffineIndex i, AffineIndex j) => random.Next(5) switch
        {
            0 => GraphBuilder.Load(Any(squares), n, j, i),
            1 => GraphBuilder.Load(Any(rows), n, i),
            2 => GraphBuilder.Load(Any(squares), n, i, AffineIndex.Constant(n.Rank, 0)),
            _ => GraphBuilder.Load(Any(squares), n, i, j),
        };
    }
}
