using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Documentation;

/// <summary>An op on small operands, and what reverse and forward mode make of it, as formulas.</summary>
internal sealed class DerivedRules
{
    private readonly GraphBuilder _builder = new();
    private readonly Dictionary<string, object?> _arguments = [];
    private readonly List<string> _operands = [];
    private readonly Graph _forward;

    public DerivedRules(Op op)
    {
        var sample = op.Samples[0];
        foreach (var (name, value) in sample.Arguments)
            _arguments[name] = value switch
            {
                SampleOperand operand => Operand(name, operand.Type),
                SampleOperand[] operands => operands.Select((operand, i) => Operand($"{name}{i + 1}", operand.Type)).ToArray<Node>(),
                _ => value,
            };
        Constants = string.Join(", ", sample.Constants.Select(a => $"{a.Name}: {Text(a.Value)}"));
        var call = new OpCall(op, _builder, _arguments, op.Name, training: true, Leaf, _ => { });
        _forward = Seeded(op.Build(call));
    }

    /// <summary>A node instead of an op: for the head of the table.</summary>
    public DerivedRules(Func<GraphBuilder, Node> build)
    {
        Constants = "";
        _forward = Seeded([build(_builder)]);
    }

    /// <summary>Names and shapes of operands and parameters.</summary>
    public string Operands => string.Join(", ", _operands);

    /// <summary>The constant arguments, named.</summary>
    public string Constants { get; }

    /// <summary>One line for each value of the op.</summary>
    public IReadOnlyList<string> Forward { get; private set; } = [];

    /// <summary>One line for each backward node; the last ones of each name are the cotangents of the operands.</summary>
    public IReadOnlyList<string> Vjp => Lines(Simplified(ReverseMode.Apply(_forward, [.. Differentiable.Select(l => l.Id)])), fromForward: false);

    /// <summary>One line for each tangent.</summary>
    public IReadOnlyList<string> Jvp
    {
        get
        {
            var builder = new GraphBuilder(_forward with { Loss = -1 });
            var directions = Differentiable.ToDictionary(l => l.Id, l => (Node)builder.Leaf(LeafKind.Input, l.Type, l.Name + "_tangent"));
            var tangents = ForwardMode.Apply(builder, _forward, directions);
            var outputs = _forward.Outputs.Where(tangents.ContainsKey).Select(o => builder[tangents[o].Id]).ToList();
            foreach (var (primal, tangent) in tangents)
                if (builder[tangent.Id].Name.Length == 0) builder.Rename(tangent, builder[primal].Name + "_tangent");
            var graph = builder.Build("", _forward.Outputs.Select(o => builder[o]).Concat(outputs), null, forwardCount: _forward.Nodes.Count);
            return outputs.Count == 0 ? [$"{FormulaText.Name(_forward[_forward.Outputs[0]])}' = 0"] : Lines(Simplified(graph), fromForward: false);
        }
    }

    private IEnumerable<LeafNode> Differentiable =>
        _forward.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Parameter || l.Kind == LeafKind.Input && !IsSeed(l));

    private static bool IsSeed(LeafNode leaf) => leaf.Path == "seed";

    // The loss Σ y·dy has the cotangent dy at y.
    private Graph Seeded(IReadOnlyList<Node> results)
    {
        var names = new HashSet<string>(Enumerable.Range(0, _builder.Count).Select(i => _builder[i].Name));
        var result = names.Contains("y") ? "z" : "y";
        for (var i = 0; i < results.Count; i++)
            if (_builder[results[i].Id] is not LeafNode) _builder.Rename(results[i], i == 0 ? result : $"{result}{i + 1}");
        var inner = 0;
        for (var id = 0; id < _builder.Count; id++)
            if (_builder[id] is not LeafNode && _builder[id].Name.Length == 0)
                _builder.Rename(_builder[id], _builder[id].Purpose is { Role: Role.State } state ? state.Word : $"t{++inner}");
        var forward = _builder.Build("", results.Select(r => _builder[r.Id]), null);
        Forward = Lines(forward, fromForward: true);
        Node? loss = null;
        foreach (var output in forward.Outputs.Select(o => forward[o]))
        {
            var seed = _builder.Leaf(LeafKind.Input, output.Type, "d" + output.Name, "seed");
            var term = _builder.Compute(Shape.Scalar, output.Shape.Axes, Combine.Sum, v => GraphBuilder.Load(output, v) * GraphBuilder.Load(seed, v));
            loss = loss is null ? term : _builder.Map(t => t[0] + t[1], loss, term);
        }
        return _builder.Build("", forward.Outputs.Select(o => _builder[o]), loss);
    }

    // Copies of a whole tensor and numbers are read through: the cotangent of the loss is 1, and so that of y is the seed itself.
    private static Graph Simplified(Graph graph)
    {
        var nodes = new List<Node>();
        foreach (var node in graph.Nodes)
            nodes.Add(node switch
            {
                ComputeNode c => c with
                {
                    Body = c.Body.Replace(e => e switch
                {
                    Expr.Load { Index.Count: 0 } l when nodes[l.Node] is ComputeNode { Combine: Combine.None, Body: Expr.Const number } => number,
                    Expr.Load l when CopyOf(l.Node) is var source && source != l.Node => l with { Node = source },
                    Expr.Valid { Of: var l } when CopyOf(l.Node) is var source && source != l.Node => new Expr.Valid(l with { Node = source }),
                    _ => null,
                })
                },
                ReshapeNode r => r with { Source = CopyOf(r.Source) },
                _ => node,
            });
        return EliminateDeadNodes.Apply(graph with { Nodes = nodes.ToEquatableArray() });

        int CopyOf(int id) => nodes[id] is ComputeNode { Combine: Combine.None, Body: Expr.Load { Node: var source } read } c && nodes[source].Shape == c.Shape
            && read.Index.Select((index, d) => index.AsVariable() == d).All(same => same) ? source : id;
    }

    private static IReadOnlyList<string> Lines(Graph graph, bool fromForward)
    {
        var lines = new List<string>();
        var own = graph.Gradients.ToLookup(g => g.Value, g => graph[g.Of]);
        // What has no name of its own in the backward or tangent graph.
        var unnamed = graph.Nodes.Where(n => n.Id >= graph.ForwardCount && n is not LeafNode && n.Name.Length == 0 && !own.Contains(n.Id))
            .Select((n, i) => (n.Id, Name: $"u{i + 1}")).ToDictionary(n => n.Id, n => n.Name);
        graph = graph with { Nodes = graph.Nodes.Select(n => unnamed.TryGetValue(n.Id, out var name) ? n with { Name = name } : n).ToEquatableArray() };
        for (var id = fromForward ? 0 : graph.ForwardCount; id < graph.Nodes.Count; id++)
        {
            if (graph[id] is LeafNode) continue;
            var names = own[id].Select(leaf => "d" + leaf.Name).DefaultIfEmpty(FormulaText.Name(graph[id])).ToList();
            lines.Add(FormulaText.Of(graph, graph[id], string.Join(" = ", names)));
        }
        return lines;
    }

    private LeafNode Operand(string name, TensorType type)
    {
        _operands.Add($"{name} {(type.Element == ElementType.I32 ? "i32" : "")}{type.Shape}");
        return _builder.Leaf(type.Element == ElementType.I32 ? LeafKind.Labels : LeafKind.Input, type, name, classes: 0);
    }

    private LeafNode Leaf(string name, Shape shape, LeafKind kind, Initialization start)
    {
        if (kind == LeafKind.Parameter) _operands.Add($"{name} {shape}");
        return _builder.Leaf(kind, new(ElementType.F32, shape), name, name, start: start);
    }

    private static string Text(object value) => value switch
    {
        int[] sizes => $"[{string.Join(", ", sizes)}]",
        double[] numbers => $"[{string.Join(", ", numbers.Select(ExprPrinter.Number))}]",
        double number => ExprPrinter.Number(number),
        bool flag => flag ? "true" : "false",
        _ => $"{value}",
    };
}
