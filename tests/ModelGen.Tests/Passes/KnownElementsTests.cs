using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Support;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Passes;

/// <summary>What is known of elements from where they lie: true of every one of them, and of no value where it would be wrong.</summary>
public class KnownElementsTests
{
    private const int Size = 5;

    public static TheoryData<string, int> Masks()
    {
        var masks = new TheoryData<string, int>();
        foreach (var kind in Enum.GetNames<CompareKind>())
            for (var offset = -2; offset <= 2; offset++) masks.Add(kind, offset);
        return masks;
    }

    [Theory]
    [MemberData(nameof(Masks))]
    public void Zeros_OfAMaskedSoftmax_AreZeroInEveryElement(string kind, int offset)
    {
        // exp(row + offset ? column : score or −∞) / 2, times the score once more.
        var b = new GraphBuilder();
        var score = Leaf(b, "score");
        var masked = b.Compute(score.Shape, [], Combine.None, v => Expr.Where(
            new Expr.Compare(Enum.Parse<CompareKind>(kind), new Expr.IndexOf(v[1] with { Offset = offset }), new Expr.IndexOf(v[2])),
            GraphBuilder.Load(score, v), double.NegativeInfinity));
        var e = b.Map(t => Expr.Exp(t[0] - 1) / 2, masked);
        var weight = b.Map(t => t[0] * t[1], score, e);
        var turned = b.Compute(weight.Shape, [], Combine.None, v => GraphBuilder.Load(weight, v[0], v[2], v[1]) * 3);
        var graph = b.Build("Masked", [turned, masked, weight, e], null);
        var known = Of(graph);
        var values = new Interpreter(graph, 1, new Dictionary<int, double[]> { [score.Id] = [.. Enumerable.Range(1, Size * Size).Select(i => i / 7.0)] });
        foreach (var node in new[] { e.Id, weight.Id, turned.Id })
        {
            var zeros = known.Zeros(node);
            if (kind == nameof(CompareKind.Equal))
            {
                Assert.Null(zeros);
                continue;
            }
            for (var i = 0; i < Size; i++)
                for (var j = 0; j < Size; j++)
                    Assert.Equal(values[node][(i * Size) + j] == 0, zeros!.At([0, i, j]) > 0);
        }
        Assert.Null(known.Zeros(masked.Id));
    }

    [Fact]
    public void Unneeded_IsWhatAllReadersIgnore()
    {
        Graph Masked(bool otherMask, bool isResult, out int product)
        {
            var b = new GraphBuilder();
            Node q = Leaf(b, "q"), k = Leaf(b, "k"), value = Leaf(b, "v");
            var s = b.Compute(q.Shape, [Size], Combine.Sum, v => GraphBuilder.Load(q, v[0], v[1], v[3]) * GraphBuilder.Load(k, v[0], v[2], v[3]));
            var weight = b.Compute(s.Shape, [], Combine.None,
                v => Expr.Where(new Expr.IndexOf(v[2]) <= new Expr.IndexOf(v[1]), Expr.Exp(GraphBuilder.Load(value, v)), 0));
            // Once multiplied by zeros in a sum, once not chosen.
            var sum = b.Compute(Shape.Of(Axis.Batch, Size), [Size], Combine.Sum,
                v => GraphBuilder.Load(s, v[0], v[1], v[2]) * GraphBuilder.Load(weight, v[0], v[1], v[2]));
            var chosen = b.Compute(s.Shape, [], Combine.None,
                v => Expr.Where(new Expr.IndexOf(v[2] with { Offset = otherMask ? 1 : 0 }) > new Expr.IndexOf(v[1]), 4, GraphBuilder.Load(s, v)));
            product = s.Id;
            return b.Build("Masked", isResult ? [sum, chosen, s] : [sum, chosen], null);
        }
        var known = Of(Masked(false, false, out var s)).Unneeded(s);
        Assert.NotNull(known);
        for (var i = 0; i < Size; i++)
            for (var j = 0; j < Size; j++) Assert.Equal(j > i, known.At([0, i, j]) > 0);
        Assert.Null(Of(Masked(true, false, out s)).Unneeded(s));
        Assert.Null(Of(Masked(false, true, out s)).Unneeded(s));
    }

    [Theory]
    [InlineData("quotient")]
    [InlineData("logarithm")]
    [InlineData("maximum")]
    [InlineData("view")]
    public void Unneeded_IsNothing_WhereAReaderDoesMoreThanMultiplyAndAdd(string reader)
    {
        // Zero in place of the sum would make 0 / 0 or 0 · log 0 of what was 0, or be the greatest.
        var b = new GraphBuilder();
        Node q = Leaf(b, "q"), k = Leaf(b, "k");
        var s = b.Compute(q.Shape, [Size], Combine.Sum, v => GraphBuilder.Load(q, v[0], v[1], v[3]) * GraphBuilder.Load(k, v[0], v[2], v[3]));
        var zeros = b.Compute(s.Shape, [], Combine.None,
            v => Expr.Where(new Expr.IndexOf(v[2]) <= new Expr.IndexOf(v[1]), Expr.Exp(GraphBuilder.Load(k, v)), 0));
        var read = reader switch
        {
            "quotient" => b.Map(t => t[0] / t[1], zeros, s),
            "logarithm" => b.Map(t => t[0] * Expr.Log(t[1]), zeros, s),
            "maximum" => b.Reduce(Combine.Max, b.Map(t => t[0] * t[1], zeros, s), [2]),
            _ => b.Reshape(s, Shape.Of(Axis.Batch, Size * Size)),
        };
        var known = Of(b.Build("Masked", [read], null));
        Assert.Equal(reader == "maximum", known.Unneeded(s.Id) is not null);
        Assert.NotNull(known.Zeros(zeros.Id));
        // A sum over zeros and others is neither.
        if (reader == "maximum") Assert.Null(known.Zeros(read.Id));
    }

    [Fact]
    public void Zeros_OfAReadBeyondTheEdge_AreNotKnown()
    {
        // What a load beyond the tensor gives is its fill, not what the mask made.
        var b = new GraphBuilder();
        var x = Leaf(b, "x");
        var masked = b.Compute(x.Shape, [], Combine.None, v => Expr.Where(new Expr.IndexOf(v[2]) <= new Expr.IndexOf(v[1]), GraphBuilder.Load(x, v), 0));
        var moved = b.Compute(x.Shape, [], Combine.None, v => new Expr.Load(masked.Id, new[] { v[0], v[1], v[2] with { Offset = 1 } }.ToEquatableArray(), 1));
        var known = Of(b.Build("Moved", [moved], null));
        Assert.NotNull(known.Zeros(masked.Id));
        Assert.Null(known.Zeros(moved.Id));
    }

    [Fact]
    public void CausalAttention_LeavesOutZerosAndWhatNobodyNeeds()
    {
        var text = CpuSource.Of(ModelCompiler.Lower(EmitModels.Causal()));
        // The weighted sum of the values ends at the query, the gradients of keys and values begin there; scores of later keys are not computed.
        Assert.Contains("// from there on ", text, StringComparison.Ordinal);
        Assert.Contains("// before it ", text, StringComparison.Ordinal);
        Assert.Contains("// nobody reads sums that lie elsewhere", text, StringComparison.Ordinal);
        // Attention without a mask.
        var whole = CpuSource.Of(ModelCompiler.Lower(EmitModels.FarRows()));
        Assert.DoesNotContain("// nobody reads sums that lie elsewhere", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("kFrom", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("kTo", whole, StringComparison.Ordinal);
    }

    private static KnownElements Of(Graph graph) => KnownElements.Of(graph, Recurrences.Of(graph), Consumers.Of(graph));

    private static LeafNode Leaf(GraphBuilder b, string name) => b.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(Axis.Batch, Size, Size)), name);
}
