using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Graphs;

namespace ModelGen.Conformance;

/// <summary>⟨v, J·t⟩ by forward mode and ⟨Jᵀ·v, t⟩ by reverse mode, for a graph whose loss is ⟨v, y⟩: the two are equal.</summary>
/// <param name="Forward">⟨v, J·t⟩.</param>
/// <param name="Reverse">⟨Jᵀ·v, t⟩.</param>
/// <param name="Size">The sum of the absolute values of the second's terms: what a difference is to be measured by.</param>
/// <param name="Slope">The slope of the loss along t by differences; as by reverse mode where they were not asked for.</param>
internal readonly record struct AdjointIdentity(double Forward, double Reverse, double Size, double Slope)
{
    // Of a central difference: its error of the third order against the rounding error of the loss.
    private const double Step = 1e-5;

    public bool Holds => Math.Abs(Forward - Reverse) <= 1e-12 * (1 + Size) && Math.Abs(Slope - Reverse) <= 1e-7 * (1 + Size);

    /// <summary>Evaluates both in double precision along a random direction t of every input and parameter.</summary>
    /// <param name="graph">Its loss is linear in v.</param>
    /// <param name="batch">N.</param>
    /// <param name="data">Values of all leaves but constants.</param>
    /// <param name="fixedLeaves">What does not move although it could: v.</param>
    /// <param name="uniform">(counter, key) → the number that the graph draws, where it draws any.</param>
    /// <param name="differences">Whether the slope is computed too.</param>
    public static AdjointIdentity Of(Graph graph, int batch, IReadOnlyDictionary<int, double[]> data, IReadOnlyCollection<int> fixedLeaves, Random random,
        Func<uint, uint, double>? uniform = null, bool differences = false)
    {
        var leaves = graph.Nodes.OfType<LeafNode>()
            .Where(l => l.Type.Element == ElementType.F32 && l.Kind is LeafKind.Input or LeafKind.Parameter && !fixedLeaves.Contains(l.Id)).ToList();
        var directions = leaves.ToDictionary(l => l.Id, l => Draw(random, l.Shape.Length.At(batch)));

        var joint = ReverseMode.Apply(graph, leaves.Select(l => l.Id).ToArray());
        var reverse = new Interpreter(joint, batch, data, random: uniform);
        var terms = joint.Gradients.SelectMany(g => reverse[g.Value].Zip(directions[g.Of], (d, t) => d * t)).ToList();

        var builder = new GraphBuilder(graph);
        var moving = new Dictionary<int, Node>();
        var all = new Dictionary<int, double[]>(data);
        foreach (var leaf in leaves) all[(moving[leaf.Id] = builder.Leaf(LeafKind.Input, leaf.Type, "tangent_" + leaf.Name)).Id] = directions[leaf.Id];
        var tangents = ForwardMode.Apply(builder, graph, moving);
        var both = new Interpreter(builder.Build(graph.Name, [], graph[graph.Loss]), batch, all, random: uniform);
        var slope = differences ? (LossAt(Step) - LossAt(-Step)) / (2 * Step) : terms.Sum();
        return new(tangents.TryGetValue(graph.Loss, out var tangent) ? both[tangent.Id][0] : 0, terms.Sum(), terms.Sum(Math.Abs), slope);

        double LossAt(double step)
        {
            var moved = new Dictionary<int, double[]>(data);
            foreach (var (leaf, direction) in directions) moved[leaf] = [.. data[leaf].Zip(direction, (d, t) => d + step * t)];
            return new Interpreter(graph, batch, moved, random: uniform)[graph.Loss][0];
        }
    }

    /// <summary>Numbers in [-1, 1).</summary>
    public static double[] Draw(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() * 2 - 1)];

    public override string ToString() => FormattableString.Invariant($"<v, J t> = {Forward:R}, <Jᵀ v, t> = {Reverse:R}, by differences {Slope:R}");
}
