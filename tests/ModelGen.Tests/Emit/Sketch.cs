using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Emit;

/// <summary>Builds a model from ops directly, without C# source: for tests of what comes after the frontend.</summary>
internal sealed class Sketch
{
    private readonly string _name;
    private readonly Func<Sketch, (Node[] Outputs, Node? Loss)> _body;
    private readonly Dictionary<string, LeafNode> _leaves = [];
    private readonly Dictionary<string, Node> _moved = [];
    private readonly Dictionary<string, int> _calls = [];
    private int _count;

    private Sketch(string name, Func<Sketch, (Node[], Node?)> body, bool training) => (_name, _body, IsTraining) = (name, body, training);

    public GraphBuilder Builder { get; } = new();

    public bool IsTraining { get; }

    public static ModelGraphs Model(string name, Func<Sketch, (Node[] Outputs, Node? Loss)> body) =>
        new("", name, new Sketch(name, body, true).Run(), new Sketch(name, body, false).Run());

    public Node Input(string name, params int[] shape) => Builder.Leaf(LeafKind.Input, new(ElementType.F32, PerSample(shape)), name);

    public Node Labels(string name, int classes, params int[] shape) =>
        Builder.Leaf(LeafKind.Labels, new(ElementType.I32, PerSample(shape)), name, classes: classes);

    /// <summary>The input and a parameter of its shape added up, so that the gradient of what is made of it is seen; one for all uses.</summary>
    public Node Moved(string name, params int[] shape)
    {
        if (!_moved.TryGetValue(name, out var sum))
        {
            var parameter = Builder.Leaf(LeafKind.Parameter, new(ElementType.F32, Shape.Of(shape.Select(s => (Axis)s))), name + "Shift", name + "Shift",
                start: Initialization.Zeros);
            _moved[name] = sum = Builder.Map(t => t[0] + t[1], Input(name, shape), parameter);
        }
        return sum;
    }

    /// <summary>Applies an op; <paramref name="path"/> names a layer.</summary>
    public Node Op(string op, Node x, object? arguments = null, string path = "") => Call(op, path, arguments, ("x", x))[0];

    public Node Binary(string op, Node a, Node b) => Call(op, "", null, ("x", a), ("y", b))[0];

    public IReadOnlyList<Node> Call(string op, string path, object? arguments, params (string Name, object Value)[] operands)
    {
        var definition = OpCatalog.Find(op) ?? throw new ArgumentException($"No op {op}.");
        var values = operands.ToDictionary(o => o.Name, o => (object?)o.Value);
        foreach (var p in arguments?.GetType().GetProperties() ?? []) values[p.Name] = p.GetValue(arguments);
        Builder.Origin = new(++_count, op, path, (path.Length > 0 ? path : op.ToLowerInvariant()) + "(…)");
        var call = new OpCall(definition, Builder, values, op, IsTraining,
            (name, shape, kind, start) =>
            {
                var full = path.Length > 0 ? path + "." + name : name;
                if (_leaves.TryGetValue(full, out var known)) return known;
                return _leaves[full] = Builder.Leaf(kind, new(ElementType.F32, shape), full.Replace('.', '_'), full, start: start);
            },
            _ => { });
        var results = definition.Build(call);
        var label = (path.Length > 0 ? path : op.ToLowerInvariant()).Replace('.', '_');
        _calls[label] = _calls.GetValueOrDefault(label) + 1;
        if (Builder[results[0].Id].Name.Length == 0) Builder.Rename(results[0], _calls[label] == 1 ? label : label + _calls[label]);
        return results;
    }

    private Graph Run()
    {
        var (outputs, loss) = _body(this);
        return Builder.Build(_name, outputs, loss);
    }

    private static Shape PerSample(int[] shape) => Shape.Of(shape.Select(s => (Axis)s).Prepend(Axis.Batch));
}
