using ModelGen.Conformance;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Ops;

/// <summary>Forward and reverse mode of every op against each other: ⟨v, J·t⟩ = ⟨Jᵀ·v, t⟩ for random v and t.</summary>
public class AdjointTests
{
    private static readonly Dictionary<string, ConformanceCase> s_cases =
        CaseFolder.Read(Path.Combine(AppContext.BaseDirectory, "Vectors.zip"), "ops").ToDictionary(c => c.Name);

    // Ops that no vector of ours has.
    private static readonly Dictionary<string, Func<Sketch, Node>> s_more = new()
    {
        ["AdaptiveAvgPool1d"] = s => s.Op("AdaptiveAvgPool1d", s.Input("x", 2, 7), new { outputSize = 3 }),
        ["AdaptiveAvgPool3d"] = s => s.Op("AdaptiveAvgPool3d", s.Input("x", 2, 4, 3, 5), new { outputSize = 2 }),
        ["AdaptiveMaxPool1d"] = s => s.Op("AdaptiveMaxPool1d", s.Input("x", 2, 7), new { outputSize = 3 }),
        ["AdaptiveMaxPool3d"] = s => s.Op("AdaptiveMaxPool3d", s.Input("x", 2, 4, 3, 5), new { outputSize = 2 }),
        ["BatchNorm3d"] = s => s.Op("BatchNorm3d", s.Input("x", 2, 2, 3, 2), null, "norm"),
        ["ConvTranspose3d"] = s => s.Op("ConvTranspose3d", s.Input("x", 2, 2, 3, 2), new { outChannels = 3, kernel = 2, stride = 2 }, "up"),
        ["Cos"] = s => s.Op("Cos", s.Input("x", 5)),
        ["FixedConv2d"] = s => s.Op("FixedConv2d", s.Input("x", 2, 4, 5), new { weights = new[] { 1.0, -2, 0.5, 3, 0, -1, 2, 1, -0.25 } }),
        ["Flatten"] = s => s.Op("Flatten", s.Input("x", 2, 3)),
        ["GlobalAvgPool1d"] = s => s.Op("GlobalAvgPool1d", s.Input("x", 2, 7)),
        ["GlobalAvgPool3d"] = s => s.Op("GlobalAvgPool3d", s.Input("x", 2, 2, 3, 2)),
        ["HardTanh"] = s => s.Op("HardTanh", s.Binary("Add", s.Input("x", 5), s.Input("y", 5))),
        ["LogSigmoid"] = s => s.Op("LogSigmoid", s.Input("x", 5)),
        ["Min"] = s => s.Op("Min", s.Input("x", 3, 4), new { axes = new[] { 1 } }),
        ["Neg"] = s => s.Op("Neg", s.Input("x", 5)),
        ["Relu6"] = s => s.Op("Relu6", s.Input("x", 5)),
        ["Sin"] = s => s.Op("Sin", s.Input("x", 5)),
        ["Take"] = s =>
            s.Call("Take", "", null, ("x", s.Builder.Leaf(LeafKind.Parameter, new(ElementType.F32, Shape.Of(4, 3)), "table", "table")),
                ("index", s.Labels("index", 4, 6)))[0],
        ["Variance"] = s => s.Op("Variance", s.Input("x", 3, 4), new { axes = new[] { -1 } }),
    };

    public static TheoryData<string> Cases => new(s_cases.Keys);

    public static TheoryData<string> More => new(s_more.Keys);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Vector_ForwardAndReverseMode_AreAdjoint(string name)
    {
        var random = new Random(1);
        for (var k = 0; k < 2; k++)
        {
            var identity = GraphRun.Adjoint(s_cases[name], CaseMap.Describe(s_cases[name])!, random);
            Assert.True(identity.Holds, identity.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(More))]
    public void Op_ForwardAndReverseMode_AreAdjoint(string name)
    {
        const int batch = 3;
        var random = new Random(2);
        var graph = Sketch.Model(name, s =>
        {
            var y = s_more[name](s);
            var v = s.Builder.Leaf(LeafKind.Input, y.Type, "v");
            return ([y], s.Builder.Reduce(Combine.Sum, s.Builder.Map(t => t[0] * t[1], y, v), Enumerable.Range(0, y.Shape.Rank).ToArray()));
        }).Training;
        var leaves = graph.Nodes.OfType<LeafNode>().Where(l => l.Kind != LeafKind.Constant).ToList();
        var data = leaves.ToDictionary(l => l.Id, l => l.Kind == LeafKind.Labels
            ? [.. Enumerable.Range(0, l.Shape.Length.At(batch)).Select(_ => (double)random.Next(l.Classes))]
            : AdjointIdentity.Draw(random, l.Shape.Length.At(batch)));

        var identity = AdjointIdentity.Of(graph, batch, data, [leaves.Single(l => l.Name == "v").Id], random);

        Assert.NotEqual(0, identity.Size);
        Assert.True(identity.Holds, identity.ToString());
    }

    [Fact]
    public void EveryOp_IsAmongThem()
    {
        var used = s_cases.Values.SelectMany(c => CaseMap.Describe(c)!.Steps).Select(s => s.Op).Concat(s_more.Keys).ToHashSet();
        Assert.All(OpCatalog.All, op => Assert.Contains(op.Name, used));
    }
}
