using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Emit;

/// <summary>The samples of all ops of a group in one model: what is emitted computes what the interpreter does, forward and backward.</summary>
/// <remarks>Operands lie in the ranges of the samples: a parameter of zeros is added to each input, so that its gradient is seen.</remarks>
public class CatalogEmissionTests
{
    // Their samples cannot be told apart from numbers near a jump, which float and double round to different sides.
    private static readonly string[] s_jumps = ["Sign", "Floor", "Ceil", "Round", "Trunc", "Frac"];

    public static TheoryData<string> Groups => new(OpCatalog.Groups.Select(g => g.Title));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Samples_MatchInterpreter(string title)
    {
        var group = OpCatalog.Groups.Single(g => g.Title == title);
        var model = Sketch.Model("Samples", s =>
        {
            Node? loss = null;
            foreach (var (op, sample, number) in group.Ops.Where(o => !s_jumps.Contains(o.Name)).SelectMany(o =>
                o.Samples.Select((sample, i) => (o, sample, i))))
            {
                var path = $"{op.Name}{number}";
                var operands = sample.Arguments.ToDictionary(a => a.Name, a => a.Value switch
                {
                    SampleOperand one => Operand(s, path + a.Name, one),
                    SampleOperand[] many => many.Select((o, i) => (Node)Operand(s, $"{path}{a.Name}{i}", o)).ToArray(),
                    var constant => constant,
                });
                foreach (var result in s.Call(op.Name, op.IsLayer ? path : "", null, [.. operands.Select(o => (o.Key, o.Value))]))
                {
                    // Weights that differ, so that a cotangent at a wrong place is seen.
                    var weighed = s.Builder.Compute(result.Shape, [], Combine.None, v =>
                        GraphBuilder.Load(result, v) * (1 + 0.25 * new Expr.IndexOf(v.Length == 0 ? AffineIndex.Constant(0, 0) : v[^1])));
                    var term = s.Op("Mean", weighed);
                    loss = loss is null ? term : s.Binary("Add", loss, term);
                }
            }
            return ([s.Op("Expand", loss!, new { shape = Array.Empty<int>() })], loss);
        });

        new EmittedModel(model).MatchesInterpreter(3, tolerance: 1e-4);
    }

    // Numbers of the batch lie in [-1, 1]; a sigmoid takes them to the range of the sample.
    private static object Operand(Sketch s, string name, SampleOperand operand)
    {
        var sizes = operand.Type.Shape.Axes.Where(a => !a.PerSample).Select(a => a.Factor).ToArray();
        if (operand.Classes > 0) return s.Labels(name, operand.Classes, sizes);
        var (low, high) = (operand.Low, operand.High);
        Expr Range(Expr x) => low + (high - low) * (0.5 + 0.5 * x);
        if (operand.Type.Shape.IsPerSample) return s.Builder.Map(t => Range(0.9 * t[0]), s.Moved(name, sizes));
        return s.Builder.Map(t => Range(0.9 * Expr.Tanh(t[0])), s.Builder.Leaf(LeafKind.Parameter, operand.Type, name, name, start: Initialization.Ones));
    }
}
