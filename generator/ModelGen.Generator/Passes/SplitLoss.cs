using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Graphs.Rewriting;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Finds the sums over the batch that the loss is a formula of: a mean is a sum over N, a weighted mean the quotient of two sums, and a loss made of
/// several is a formula of all of theirs.</summary>
/// <remarks>
/// What is no such formula counts by its mean over the samples, <c>Σ_batches N·value / Σ_batches N</c>: what depends on parameters alone, for which that is
/// exact, and what is a maximum over the batch or a sum of numbers that depend on a sum over it themselves (a variance), for which it is an average.
/// Both modes get the same sums: the parts of a loss that are not the same formula in both count by their mean.
/// </remarks>
internal sealed class SplitLoss
{
    private readonly Graph _evaluation, _training;
    private readonly bool[] _isOfData, _isOfBatch;
    private readonly GraphBuilder _inEvaluation, _inTraining;
    private readonly List<LossStep> _steps = new();
    private readonly HashSet<int> _found = new();
    private readonly List<int> _evaluationSums = new(), _trainingSums = new();

    private SplitLoss(Graph training, Graph evaluation)
    {
        (_training, _evaluation) = (training, evaluation);
        (_inTraining, _inEvaluation) = (new(training), new(evaluation));
        _isOfData = Reached(evaluation, n =>
            n is LeafNode { Kind: LeafKind.Input or LeafKind.Labels } || n.Shape.IsPerSample || n is ComputeNode c && MentionsBatch(c.Body));
        _isOfBatch = Reached(evaluation, n => n is ComputeNode c && c.Reduced.Any(a => a.PerSample));
    }

    /// <summary>The sums and the formula of a model with a loss.</summary>
    public static LossFormula Apply(Graph training, Graph evaluation)
    {
        var split = new SplitLoss(training, evaluation);
        split.Visit(evaluation.Loss, training.Loss);
        Graph With(Graph graph, GraphBuilder builder, List<int> sums) =>
            builder.Build(graph.Name, graph.Outputs.Select(o => builder[o]), builder[graph.Loss]) with { Sums = sums.ToEquatableArray() };
        return new(With(training, split._inTraining, split._trainingSums), With(evaluation, split._inEvaluation, split._evaluationSums), split._steps);
    }

    private void Visit(int inEvaluation, int inTraining)
    {
        // Values in the order of their numbers, so that a formula however deep needs no stack: first what is needed, then the steps.
        var pairs = new SortedDictionary<int, int> { [inEvaluation] = inTraining };
        var formulas = new HashSet<int>();
        var todo = new Stack<int>(new[] { inEvaluation });
        while (todo.Count > 0)
        {
            var id = todo.Pop();
            if (!_found.Add(id) || Operands(id, pairs[id]) is not { } operands) continue;
            formulas.Add(id);
            foreach (var (operand, other) in operands)
            {
                // Read as two values in one mode and as one in the other: not the same formula.
                if (pairs.TryGetValue(operand, out var known) && known != other) formulas.Remove(id);
                else pairs[operand] = other;
                todo.Push(operand);
            }
        }
        KeepExact(pairs, formulas);
        var needed = new HashSet<int> { inEvaluation };
        foreach (var id in pairs.Keys.Reverse())
            if (needed.Contains(id) && formulas.Contains(id)) needed.UnionWith(_evaluation[id].Inputs);
        foreach (var pair in pairs.Where(p => needed.Contains(p.Key)))
            if (formulas.Contains(pair.Key)) _steps.Add(new(pair.Key, -1, false, Body(_evaluation[pair.Key])));
            else Sum(pair.Key, pair.Value);
    }

    // A value that some batches alone do not settle is averaged as a whole, with all that it is divided by; only sums of such values and others stay formulas.
    private void KeepExact(SortedDictionary<int, int> pairs, HashSet<int> formulas)
    {
        var averaged = new HashSet<int>();
        foreach (var pair in pairs)
        {
            var isFormula = formulas.Contains(pair.Key);
            if (isFormula ? !_evaluation[pair.Key].Inputs.Any(averaged.Contains) : !_isOfData[pair.Key] || IsSum(pair.Key, pair.Value)) continue;
            averaged.Add(pair.Key);
            if (isFormula && !IsLinear(Body(_evaluation[pair.Key])!)) formulas.Remove(pair.Key);
        }
    }

    private static bool IsLinear(Expr body) => body switch
    {
        Expr.Const or Expr.Load => true,
        Expr.Stop s => IsLinear(s.X),
        Expr.UnaryNode { Kind: UnaryKind.Neg } u => IsLinear(u.X),
        Expr.BinaryNode { Kind: BinaryKind.Add or BinaryKind.Sub } b => IsLinear(b.A) && IsLinear(b.B),
        Expr.BinaryNode { Kind: BinaryKind.Mul, A: Expr.Const } b => IsLinear(b.B),
        Expr.BinaryNode { Kind: BinaryKind.Mul or BinaryKind.Div, B: Expr.Const } b => IsLinear(b.A),
        _ => false,
    };

    // The operands of a value that is a formula of numbers, each with its counterpart in training mode; null for any other value.
    private List<(int, int)>? Operands(int inEvaluation, int inTraining)
    {
        if (!_isOfData[inEvaluation]) return null;
        if (Body(_evaluation[inEvaluation]) is not { } body || Body(_training[inTraining]) is not { } other || !IsOfNumbers(_evaluation, body)) return null;
        List<int> reads = body.Loads().Select(l => l.Node).ToList(), others = other.Loads().Select(l => l.Node).ToList();
        if (reads.Count == 0 || reads.Count != others.Count) return null;
        var counterparts = new Dictionary<int, int>();
        for (var i = 0; i < reads.Count; i++) counterparts[others[i]] = reads[i];
        return Renumbering.Of(other, n => counterparts[n]).Equals(body) ? reads.Zip(others, (a, b) => (a, b)).ToList() : null;
    }

    private static Expr? Body(Node node) => node switch
    {
        ComputeNode { Combine: Combine.None, Shape.Length: { Factor: 1, PerSample: false } } c => c.Body,
        ReshapeNode { Shape.Length: { Factor: 1, PerSample: false } } r => new Expr.Load(r.Source, EquatableArray<AffineIndex>.Empty),
        _ => null,
    };

    private static bool IsOfNumbers(Graph graph, Expr body) => body.SelfAndDescendants().All(e => e switch
    {
        Expr.Load l => graph[l.Node] is { Shape.Length: { Factor: 1, PerSample: false } } and not LeafNode { Kind: LeafKind.Labels }
            && l.Index.All(i => i.Lookup is null),
        Expr.IndexOf or Expr.Random or Expr.Valid or Expr.Local => false,
        _ => true,
    });

    private void Sum(int inEvaluation, int inTraining)
    {
        var isSum = IsSum(inEvaluation, inTraining);
        _steps.Add(new(inEvaluation, _evaluationSums.Count, !isSum, null));
        _evaluationSums.Add(isSum ? inEvaluation : TimesBatch(_inEvaluation, inEvaluation));
        _trainingSums.Add(isSum ? inTraining : TimesBatch(_inTraining, inTraining));
    }

    private bool IsSum(int inEvaluation, int inTraining) =>
        IsSum(_evaluation[inEvaluation]) && IsSum(_training[inTraining]) && !_evaluation[inEvaluation].Inputs.Any(i => _isOfBatch[i]);

    // Each sample adds to the sum, and none to what is added.
    private static bool IsSum(Node node) => node is ComputeNode { Combine: Combine.Sum } c && c.Reduced.Any(a => a.PerSample) && !MentionsBatch(c.Body);

    private static bool MentionsBatch(Expr body) => body.Has(e => e is Expr.SizeOf { Axis.PerSample: true });

    private static int TimesBatch(GraphBuilder builder, int value)
    {
        var node = builder[value];
        builder.Origin = node.Origin;
        var index = Enumerable.Repeat(AffineIndex.Constant(0, 0), node.Shape.Rank).ToArray();
        var ofAll = GraphBuilder.Load(node, index) * new Expr.SizeOf(Axis.Batch);
        return builder.Compute(Shape.Scalar, Array.Empty<Axis>(), Combine.None, ofAll, new Purpose(Role.LossPart, node.Name, "ofAll")).Id;
    }

    // Which nodes are of a kind or depend on one; recurrences hand on to lower numbers.
    private static bool[] Reached(Graph graph, Func<Node, bool> isOfKind)
    {
        var reached = new bool[graph.Nodes.Count];
        bool changes;
        do
        {
            changes = false;
            foreach (var node in graph.Nodes)
            {
                if (reached[node.Id] || !(isOfKind(node) || node.Inputs.Any(i => reached[i]))) continue;
                reached[node.Id] = changes = true;
            }
        }
        while (changes && graph.Nodes.Any(n => n is PreviousNode));
        return reached;
    }
}
