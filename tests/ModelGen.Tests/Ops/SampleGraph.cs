using ModelGen.Conformance;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Ops;

/// <summary>A sample of an op as a graph: its results y, and the loss Σ ⟨v, y⟩ for random v.</summary>
internal sealed class SampleGraph
{
    private const int Batch = 3;

    private readonly GraphBuilder _builder = new();
    private readonly Dictionary<int, double[]> _data = [];
    private readonly List<int> _seeds = [];
    private readonly Random _random;

    public SampleGraph(Op op, OpSample sample, Random random)
    {
        _random = random;
        var arguments = sample.Arguments.ToDictionary(a => a.Name, a => a.Value switch
        {
            SampleOperand one => Operand(a.Name, one),
            SampleOperand[] many => many.Select((operand, i) => Operand($"{a.Name}{i + 1}", operand)).ToArray(),
            var constant => (object?)constant,
        });
        var results = op.Build(new OpCall(op, _builder, arguments, op.Name, training: true, Leaf, _ => { }));
        Node? loss = null;
        foreach (var result in results)
        {
            var seed = _builder.Leaf(LeafKind.Input, result.Type, "v");
            Fill(seed, -1, 1);
            _seeds.Add(seed.Id);
            var term = _builder.Reduce(Combine.Sum, _builder.Map(t => t[0] * t[1], result, seed), [.. Enumerable.Range(0, result.Shape.Rank)]);
            loss = loss is null ? term : _builder.Map(t => t[0] + t[1], loss, term);
        }
        Graph = _builder.Build(op.Name, results, loss);
        Verifier.Check(Graph, op.Name);
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>Forward mode, reverse mode and differences along a random direction of all operands and parameters.</summary>
    /// <param name="differences">Whether differences are taken: not of what is a constant to differentiation alone.</param>
    public AdjointIdentity Derivatives(bool differences = true) => AdjointIdentity.Of(Graph, Batch, _data, _seeds, _random, Uniform, differences);

    private LeafNode Operand(string name, SampleOperand operand)
    {
        // A tensor without a batch axis is a parameter of the model.
        var kind = operand.Classes > 0 ? LeafKind.Labels : operand.Type.Shape.Axes.Any(a => a.PerSample) ? LeafKind.Input : LeafKind.Parameter;
        var leaf = _builder.Leaf(kind, operand.Type, name, kind == LeafKind.Parameter ? name : "", operand.Classes);
        if (operand.Classes > 0) _data[leaf.Id] = [.. Enumerable.Range(0, leaf.Shape.Length.At(Batch)).Select(_ => (double)_random.Next(operand.Classes))];
        else Fill(leaf, operand.Low, operand.High);
        return leaf;
    }

    private LeafNode Leaf(string name, Shape shape, LeafKind kind, Initialization start)
    {
        var leaf = _builder.Leaf(kind, new(ElementType.F32, shape), name, name, start: start);
        Fill(leaf, -1, 1);
        return leaf;
    }

    private void Fill(LeafNode leaf, double low, double high) =>
        _data[leaf.Id] = [.. AdjointIdentity.Draw(_random, leaf.Shape.Length.At(Batch)).Select(d => low + ((d + 1) / 2 * (high - low)))];

    // Some number for each place, the same in each run.
    private static double Uniform(uint counter, uint key) => (counter * 0.6180339887 + key * 0.4142135624) % 1;
}
