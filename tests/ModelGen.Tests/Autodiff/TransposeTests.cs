using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Autodiff;

/// <summary>⟨v, J t⟩ = ⟨Jᵀ v, t⟩ for gathers and sums over random index maps: strides, dilation, windows, digits, rounding, padding, lookups,
/// broadcasts.</summary>
public class TransposeTests
{
    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 400)]
    public void RandomIndexMap_SatisfiesTheAdjointIdentity(int seed, int trials)
    {
        var random = new Random(seed);
        for (var trial = 0; trial < trials; trial++) Check(random, RandomLoad(random));
    }

    [Theory]
    [InlineData(6, 2, 2)]
    [InlineData(7, 2, 2)]
    [InlineData(8, 3, 3)]
    public void WindowsAsWideAsTheirStride_LeaveNothingToSum(int size, int kernel, int stride)
    {
        var b = new GraphBuilder();
        var x = b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(Axis.Batch, size)), "x");
        var y = b.Compute(Shape.Of(Axis.Batch, (size - kernel) / stride + 1), new Axis[] { kernel }, Combine.Sum, v =>
            GraphBuilder.Load(x, v[0], v[1].Times(stride).Plus(v[2])));
        var loss = b.Reduce(Combine.Sum, y, [0, 1], body: e => e * e);
        var joint = ReverseMode.Apply(b.Build("Windows", [y], loss), [x.Id]);
        Assert.DoesNotContain(joint.Nodes.Skip(joint.ForwardCount).OfType<ComputeNode>(), n => n.Combine == Combine.Sum);
    }

    private static (Shape Input, Axis[] Axes, int OutputRank, AffineIndex[] Index, int? LookupAxis) RandomLoad(Random random)
    {
        var rank = random.Next(1, 4);
        var axes = Enumerable.Range(0, rank + random.Next(0, 3)).Select(_ => (Axis)random.Next(1, 5)).ToArray();
        if (random.Next(2) == 0) axes[0] = Axis.Batch;
        var inputRank = random.Next(1, 4);
        var index = Enumerable.Range(0, inputRank).Select(_ => RandomIndex(random, axes)).ToArray();
        var input = Enumerable.Range(0, inputRank).Select(_ => (Axis)random.Next(1, 9)).ToArray();
        if (axes[0].PerSample && random.Next(2) == 0)
        {
            input[0] = Axis.Batch;
            index[0] = AffineIndex.Variable(axes.Length, 0);
        }
        int? lookup = random.Next(4) == 0 ? random.Next(inputRank) : null;
        if (lookup is { } l && input[l].PerSample) lookup = null;
        return (Shape.Of(input), axes, rank, index, lookup);
    }

    private static AffineIndex RandomIndex(Random random, Axis[] axes)
    {
        var c = new int[axes.Length];
        switch (random.Next(5))
        {
            case 0: // a plain variable
                c[random.Next(c.Length)] = 1;
                return new(c.ToEquatableArray(), 0);
            case 1: // a digit pair, most significant first
                var (major, minor) = (random.Next(c.Length), random.Next(c.Length));
                c[minor] = 1;
                if (major != minor) c[major] = axes[minor].Factor;
                return new(c.ToEquatableArray(), 0);
            case 2: // rounded
                c[random.Next(c.Length)] = random.Next(1, 3);
                if (random.Next(2) == 0) c[random.Next(c.Length)] = random.Next(0, 4);
                return new AffineIndex(c.ToEquatableArray(), random.Next(-2, 3)).DividedBy(random.Next(1, 4));
            case 3: // exact quotient
                c[random.Next(c.Length)] = 1;
                c[random.Next(c.Length)] = random.Next(-2, 2);
                return new(c.ToEquatableArray(), random.Next(-1, 3), random.Next(1, 3));
            default: // a padded, dilated window, reversed now and then
                c[random.Next(c.Length)] = random.Next(2) == 0 ? random.Next(1, 3) : -1;
                c[random.Next(c.Length)] += random.Next(0, 3);
                return new(c.ToEquatableArray(), random.Next(-2, 4));
        }
    }

    private static void Check(Random random, (Shape Input, Axis[] Axes, int OutputRank, AffineIndex[] Index, int? LookupAxis) map)
    {
        const int batch = 3;
        var b = new GraphBuilder();
        var data = new Dictionary<int, double[]>();
        LeafNode Leaf(string name, Shape shape, Func<double> value, ElementType type = ElementType.F32)
        {
            var leaf = b.Leaf(LeafKind.Input, new(type, shape), name);
            data[leaf.Id] = Enumerable.Range(0, shape.Length.At(batch)).Select(_ => value()).ToArray();
            return leaf;
        }
        double Number() => random.Next(-8, 9) / 4.0;

        var x = Leaf("x", map.Input, Number);
        var index = map.Index.ToArray();
        var rank = map.Axes.Length;
        if (map.LookupAxis is { } axis)
        {
            var table = Leaf("table", Shape.Of(map.Axes[0]), () => random.Next(map.Input[axis].Factor), ElementType.I32);
            index[axis] = AffineIndex.Constant(rank, 0) with { Lookup = GraphBuilder.Load(table, AffineIndex.Variable(rank, 0)) };
        }
        var weight = Leaf("weight", Shape.Of(map.Axes), Number);
        var output = Shape.Of(map.Axes.Take(map.OutputRank));
        var y = b.Compute(output, map.Axes.Skip(map.OutputRank).ToArray(), Combine.Sum, v =>
            GraphBuilder.Load(x, index) * GraphBuilder.Load(weight, v));
        var cotangent = Leaf("cotangent", output, Number);
        var loss = b.Reduce(Combine.Sum, b.Map(t => t[0] * t[1], y, cotangent), Enumerable.Range(0, output.Rank).ToArray());
        var forward = b.Build("Map", [y], loss);

        var joint = ReverseMode.Apply(forward, [x.Id, weight.Id]);
        Verifier.Check(joint, "reverse");
        var reverse = new Interpreter(joint, batch, data);
        var tangents = new GraphBuilder(forward);
        var directions = new Dictionary<int, Node>();
        foreach (var leaf in new[] { x, weight })
        {
            var direction = tangents.Leaf(LeafKind.Input, leaf.Type, "t" + leaf.Name);
            directions[leaf.Id] = direction;
            data[direction.Id] = data[leaf.Id].Select(_ => Number()).ToArray();
        }
        var moved = ForwardMode.Apply(tangents, forward, directions);
        var run = new Interpreter(tangents.Build("Map", [y], loss), batch, data);
        var left = moved.TryGetValue(loss.Id, out var t) ? run[t.Id][0] : 0;
        var right = joint.Gradients.Sum(g => reverse[g.Value].Zip(data[directions[g.Of].Id], (a, c) => a * c).Sum());
        Assert.True(Math.Abs(left - right) < 1e-9 * (1 + Math.Abs(left)),
            $"{left} forward, {right} reverse: x{map.Input} read at ({string.Join("; ", index.Select(i => i.ToString()))}) over {Shape.Of(map.Axes)}, "
                + $"{map.OutputRank} of them output");
    }
}
