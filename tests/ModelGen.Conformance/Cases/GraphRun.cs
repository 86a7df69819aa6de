using ModelGen.Generator.Autodiff;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Conformance;

/// <summary>Runs a case at the level of the graph: builds it from the description, differentiates it both ways, interprets everything in
/// double precision and compares with the file.</summary>
internal sealed class GraphRun
{
    private readonly ConformanceCase _case;
    private readonly CaseDescription _description;
    private readonly bool _symbolic;
    private readonly GraphBuilder _builder = new();
    private readonly Dictionary<string, Node> _values = [];
    private readonly Dictionary<string, LeafNode> _leaves = [];
    private readonly Dictionary<int, double[]> _data = [];
    private readonly List<string> _failures = [];
    private int _batch = 1;

    private GraphRun(ConformanceCase @case, CaseDescription description, bool symbolic) => (_case, _description, _symbolic) = (@case, description, symbolic);

    /// <summary>What differs, one line each; nothing where the case passes.</summary>
    /// <param name="symbolic">Whether the batch axis is symbolic or a number.</param>
    public static IReadOnlyList<string> Run(ConformanceCase @case, CaseDescription description, bool symbolic = true)
    {
        var run = new GraphRun(@case, description, symbolic);
        run.Run();
        return run._failures;
    }

    /// <summary>Forward and reverse mode of the case's graph against each other, for random cotangents and directions.</summary>
    public static AdjointIdentity Adjoint(ConformanceCase @case, CaseDescription description, Random random)
    {
        var run = new GraphRun(@case, description, symbolic: true);
        var graph = run.Build((_, output) => AdjointIdentity.Draw(random, output.Shape.Length.At(run._batch))).Forward;
        return AdjointIdentity.Of(graph, run._batch, run._data,
            [.. graph.Nodes.OfType<LeafNode>().Select(l => l.Id).Except(run._leaves.Values.Select(l => l.Id))], random);
    }

    private void Run()
    {
        var (forward, outputs, loss) = Build((name, _) => _case.Cotangents.TryGetValue(name, out var cotangent) ? Moved(name, cotangent).Data : null);
        Verifier.Check(forward, "building");
        CompareReverse(forward, outputs, loss);
        CompareForward(forward, outputs, loss);
    }

    // The loss is Σ v·y over the outputs that have a cotangent v.
    private (Graph Forward, Dictionary<string, Node> Outputs, Node Loss) Build(Func<string, Node, double[]?> cotangents)
    {
        foreach (var (name, tensor) in _case.Inputs) AddInput(name, tensor);
        if (_case.Target is { } target) AddInput("target", target);
        foreach (var step in _description.Steps) Call(step);

        var outputs = _case.Outputs.Keys.ToDictionary(o => o, o => _values[_description.Outputs.GetValueOrDefault(o, o)]);
        Node? loss = null;
        foreach (var (name, output) in outputs)
        {
            if (cotangents(name, output) is not { } cotangent) continue;
            var leaf = _builder.Leaf(LeafKind.Input, output.Type, "cotangent_" + name);
            _data[leaf.Id] = cotangent;
            var term = _builder.Reduce(Combine.Sum, _builder.Map(t => t[0] * t[1], output, leaf), Enumerable.Range(0, output.Shape.Rank).ToArray());
            loss = loss is null ? term : _builder.Map(t => t[0] + t[1], loss, term);
        }

        return (_builder.Build(_case.Name, outputs.Values, loss), outputs, loss!);
    }

    private void CompareReverse(Graph forward, Dictionary<string, Node> outputs, Node loss)
    {
        var wanted = _case.Gradients.Keys.ToDictionary(n => n, n => _leaves.TryGetValue(n, out var leaf) ? leaf.Id : -1);
        foreach (var missing in wanted.Where(w => w.Value < 0))
            _failures.Add($"no parameter '{missing.Key}'; the layers have {string.Join(", ", _leaves.Keys)}");
        var joint = ReverseMode.Apply(forward, wanted.Values.Where(v => v >= 0).ToArray());
        Verifier.Check(joint, nameof(ReverseMode));
        var run = new Interpreter(joint, _batch, _data);
        foreach (var (name, node) in outputs) Compare("output " + name, run[node.Id], Moved(name, _case.Outputs[name]));
        Compare("loss", run[loss.Id], _case.LossValue);
        foreach (var (name, leaf) in wanted.Where(w => w.Value >= 0))
            Compare("gradient " + name, run[joint.Gradients.Single(g => g.Of == leaf).Value], Moved(name, _case.Gradients[name]));
        foreach (var update in joint.Updates)
        {
            var name = _leaves.Single(l => l.Value.Id == update.Buffer).Key;
            Compare("buffer " + name, run[update.Value], _case.BuffersAfter[name]);
        }
    }

    private void CompareForward(Graph forward, Dictionary<string, Node> outputs, Node loss)
    {
        if (_case.Tangents.Count == 0) return;
        var builder = new GraphBuilder(forward);
        var data = new Dictionary<int, double[]>(_data);
        var directions = new Dictionary<int, Node>();
        foreach (var (name, tangent) in _case.Tangents)
        {
            if (!_leaves.TryGetValue(name, out var leaf)) continue;
            var direction = builder.Leaf(LeafKind.Input, leaf.Type, "tangent_" + name);
            directions[leaf.Id] = direction;
            data[direction.Id] = Moved(name, tangent).Data;
        }
        var tangents = ForwardMode.Apply(builder, forward, directions);
        var graph = builder.Build(forward.Name, outputs.Values, loss);
        Verifier.Check(graph, nameof(ForwardMode));
        var run = new Interpreter(graph, _batch, data);
        double[] Tangent(Node node) => tangents.TryGetValue(node.Id, out var t) ? run[t.Id] : new double[node.Shape.Length.At(_batch)];
        foreach (var (name, node) in outputs) Compare("tangent " + name, Tangent(node), Moved(name, _case.OutputTangents[name]));
        Compare("loss tangent", Tangent(loss), _case.LossTangent);
    }

    private void AddInput(string name, TensorData tensor)
    {
        tensor = Moved(name, tensor);
        var type = tensor.IsInteger && _description.Labels.ContainsKey(name) ? ElementType.I32 : ElementType.F32;
        Shape shape;
        if (_description.AsParameters.Contains(name)) shape = Shape.Of(tensor.Shape.Select(s => (Axis)s));
        else if (_description.Batch == CaseBatch.Prepended) shape = Shape.Of(new[] { _symbolic ? Axis.Batch : 1 }.Concat(tensor.Shape.Select(s => (Axis)s)));
        else
        {
            _batch = tensor.Shape[0];
            shape = Shape.Of(new[] { _symbolic ? Axis.Batch : _batch }.Concat(tensor.Shape.Skip(1).Select(s => (Axis)s)));
        }
        var kind = _description.AsParameters.Contains(name) ? LeafKind.Parameter : type == ElementType.I32 ? LeafKind.Labels : LeafKind.Input;
        var leaf = _builder.Leaf(kind, new(type, shape), name, name, _description.Labels.GetValueOrDefault(name));
        _leaves[name] = leaf;
        _values[name] = leaf;
        _data[leaf.Id] = tensor.Data;
    }

    private void Call(CaseStep step)
    {
        var op = OpCatalog.Find(step.Op) ?? throw new InvalidOperationException($"There is no op {step.Op}.");
        var arguments = step.Arguments.ToDictionary(a => a.Name, a => a.Value switch
        {
            TensorRef r => _values[r.Name],
            TensorRef[] many => many.Select(r => _values[r.Name]).ToArray(),
            var constant => constant,
        });
        foreach (var name in arguments.Keys) _ = op[name];
        var call = new OpCall(op, _builder, arguments, step.Op, _description.Training,
            (name, shape, kind, start) => Leaf(step.Path.Length == 0 ? name : step.Path + "." + name, shape, kind, start), _ => { });
        var results = op.Build(call);
        for (var i = 0; i < step.Results.Length; i++) _values[step.Results[i]] = results[i];
    }

    private LeafNode Leaf(string path, Shape shape, LeafKind kind, Initialization start)
    {
        if (_leaves.TryGetValue(path, out var known)) return known;
        var leaf = _builder.Leaf(kind, new(ElementType.F32, shape), path, path, start: start);
        _leaves[path] = leaf;
        if (!(_case.Parameters.TryGetValue(path, out var tensor) || _case.Buffers.TryGetValue(path, out tensor)))
            throw new InvalidOperationException($"The op has a parameter '{path}' {shape} that the file has not.");
        if (shape != Shape.Of(tensor.Shape.Select(s => (Axis)s))) _failures.Add($"parameter {path} is {shape}, in the file [{string.Join(",", tensor.Shape)}]");
        _data[leaf.Id] = tensor.Data;
        return leaf;
    }

    private TensorData Moved(string name, TensorData tensor) => _description.BatchSecond.Contains(name) ? tensor.SwapFirstAxes() : tensor;

    private void Compare(string what, double[] actual, double expected) => Compare(what, actual, new TensorData([], [expected], "float64"));

    private void Compare(string what, double[] actual, TensorData expected)
    {
        if (actual.Length != expected.Data.Length)
        {
            _failures.Add($"{what}: {actual.Length} elements, expected {expected.Data.Length}");
            return;
        }
        var (relative, absolute) = _case.Float64;
        for (var i = 0; i < actual.Length; i++)
        {
            if (Math.Abs(actual[i] - expected.Data[i]) <= absolute + relative * Math.Abs(expected.Data[i])) continue;
            _failures.Add(FormattableString.Invariant($"{what}[{i}] is {actual[i]:G10}, expected {expected.Data[i]:G10}"));
            return;
        }
    }
}
