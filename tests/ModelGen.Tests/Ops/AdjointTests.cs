using ModelGen.Conformance;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Ops;

/// <summary>Forward and reverse mode of every op against each other: ⟨v, J·t⟩ = ⟨Jᵀ·v, t⟩ for random v and t. On the samples of the catalogue also
/// against differences, and functions against known answers.</summary>
public class AdjointTests
{
    private static readonly Dictionary<string, ConformanceCase> s_cases =
        CaseFolder.Read(Path.Combine(AppContext.BaseDirectory, "Vectors.zip"), "ops").ToDictionary(c => c.Name);

    public static TheoryData<string> Cases => new(s_cases.Keys);

    public static TheoryData<string, int> Samples => Chosen(_ => true);

    public static TheoryData<string, int> Answered => Chosen(sample => sample.Known.Count > 0);

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
    [MemberData(nameof(Samples))]
    public void Sample_ForwardModeReverseModeAndDifferences_Agree(string op, int sample)
    {
        var definition = OpCatalog.Find(op)!;
        var graph = new SampleGraph(definition, definition.Samples[sample], new Random(2));
        for (var k = 0; k < 2; k++)
        {
            var identity = graph.Derivatives(differences: definition.HasDerivative);
            Assert.True(identity.Holds, identity.ToString());
            // A sample in whose range nothing happens would prove nothing.
            Assert.True(identity.Size > 0 == definition.HasDerivative, op);
        }
    }

    [Theory]
    [MemberData(nameof(Answered))]
    public void Sample_HasItsKnownAnswers(string op, int sample)
    {
        var definition = OpCatalog.Find(op)!;
        foreach (var (x, y) in definition.Samples[sample].Known)
        {
            var builder = new GraphBuilder();
            var arguments = definition.Samples[sample].Constants.ToDictionary(c => c.Name, c => (object?)c.Value);
            var operand = builder.Leaf(LeafKind.Input, new(ElementType.F32, Shape.Of(Axis.Batch)), "x");
            arguments["x"] = operand;
            var result = definition.Build(new OpCall(definition, builder, arguments, op, training: true, (_, _, _, _) => throw new NotSupportedException(),
                _ => { }))[0];
            var answer = new Interpreter(builder.Build(op, [result], null), 1, new Dictionary<int, double[]> { [operand.Id] = [x] })[result.Id][0];
            Assert.Equal(y, answer, 1e-14 * (1 + Math.Abs(y)));
        }
    }

    private static TheoryData<string, int> Chosen(Func<OpSample, bool> predicate)
    {
        var chosen = new TheoryData<string, int>();
        foreach (var op in OpCatalog.All)
            for (var i = 0; i < op.Samples.Count; i++)
                if (predicate(op.Samples[i])) chosen.Add(op.Name, i);
        return chosen;
    }
}
