using System.Reflection;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Frontend;

/// <summary>Forward is ordinary C#: the CLR runs it on symbolic tensors, and the trace, replayed through the catalogue, is the graph that the
/// compiler evaluated from the source, node by node.</summary>
public class OracleTests
{
    [Theory]
    [InlineData(Models.LeNet, "LeNet")]
    [InlineData(Models.Settings, "Settings")]
    [InlineData(Models.ResNet, "Zoo.ResNet18")]
    [InlineData(Models.Lstm, "CharLstm")]
    [InlineData(Models.Transformer, "TinyGpt")]
    public void Trace_EqualsEvaluatedGraph(string source, string model)
    {
        var compilation = Driver.Compile(source);
        Driver.AssertCompiles(compilation);
        var result = Driver.Evaluate(compilation, model);
        Assert.Empty(result.Findings);

        // Without the generated part: a declaration is complete C# by itself.
        var traced = Driver.Run(compilation, assembly => new Replay().Run(assembly.GetType(model)!));

        List<string> expected = Canonical(traced), actual = Canonical(result.Training!);
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++) Assert.Equal(expected[i], actual[i]);
    }

    // Every node that a result needs, numbered from the results on: the source may make values in another order than they are used in.
    // Names and paths come from the source, which a trace does not know.
    private static List<string> Canonical(Graph graph)
    {
        var lines = new List<string>();
        var numbers = new Dictionary<int, int>();
        int Visit(int id)
        {
            if (numbers.TryGetValue(id, out var known)) return known;
            foreach (var input in graph[id].Inputs) Visit(input);
            lines.Add($"%{lines.Count} {graph[id].Type} " + graph[id] switch
            {
                LeafNode l => $"{l.Kind} {l.Classes} {l.Start} {string.Join(",", l.Data)}",
                ReshapeNode r => $"reshape %{Visit(r.Source)}",
                ComputeNode c => $"{c.Combine} {string.Join(",", c.Reduced)} {ExprPrinter.Print(c.Body, i => "%" + Visit(i))}",
                _ => "",
            });
            return numbers[id] = lines.Count - 1;
        }

        lines.Add("results " + string.Join(" ", graph.Outputs.Append(graph.Loss).Select(Visit)) + " updates "
            + string.Join(" ", graph.Updates.Select(u => (Visit(u.Buffer), Visit(u.Value)))));
        return lines;
    }

    /// <summary>Builds a graph from a trace, in the order in which the calls were made.</summary>
    private sealed class Replay : ITraceShapes
    {
        private readonly GraphBuilder _builder = new();
        private readonly Dictionary<Tensor, Node[]> _values = new(ReferenceEqualityComparer.Instance);
        private readonly Dictionary<(object Layer, string Name), LeafNode> _leaves = [];

        public Graph Run(Type model)
        {
            Tensor.ShapeSource = this;
            try
            {
                var instance = Activator.CreateInstance(model)!;
                var forward = model.GetMethod("Forward")!;
                var inputs = forward.GetParameters().ToDictionary(p => p.Name!, Input);
                var outputs = Tensors(forward.Invoke(instance, [.. forward.GetParameters().Select(p => inputs[p.Name!])])!);
                var nodes = outputs.Select(t => Value(t)[0]).ToList();
                var loss = model.GetMethod("Loss")!;
                var targets = loss.GetParameters().Skip(outputs.Count).Select(p => inputs.TryGetValue(p.Name!, out var same) ? same : Input(p));
                var scalar = Value((Tensor)loss.Invoke(instance, [.. outputs, .. targets])!)[0];
                return _builder.Build(model.Name, nodes, scalar);
            }
            finally
            {
                Tensor.ShapeSource = null;
            }
        }

        public int[] ShapeOf(Tensor tensor) => [.. Value(tensor)[0].Shape.Axes.Select(a => a.PerSample ? -1 : a.Factor)];

        private object Input(ParameterInfo parameter)
        {
            var sizes = parameter.GetCustomAttribute<ShapeAttribute>()?.Sizes ?? [];
            var classes = parameter.GetCustomAttribute<ClassesAttribute>()?.Count ?? 0;
            var isLabels = parameter.ParameterType == typeof(Labels);
            var shape = Shape.Of(sizes.Select(s => (Axis)s).Prepend(Axis.Batch));
            var leaf = _builder.Leaf(isLabels ? LeafKind.Labels : LeafKind.Input, new(isLabels ? ElementType.I32 : ElementType.F32, shape), parameter.Name!,
                classes: classes);
            object value = isLabels ? Labels.Input(parameter.Name!, classes, sizes) : Tensor.Input(parameter.Name!, sizes);
            _values[value is Labels l ? l.Node : (Tensor)value] = [leaf];
            return value;
        }

        private static List<Tensor> Tensors(object returned) => returned is Tensor one ? [one]
            : [.. Enumerable.Range(0, ((System.Runtime.CompilerServices.ITuple)returned).Length)
                .Select(i => (Tensor)((System.Runtime.CompilerServices.ITuple)returned)[i]!)];

        // A trace is a tree of calls; evaluating operands first, left to right, is the order in which C# made them.
        private Node[] Value(Tensor tensor)
        {
            if (_values.TryGetValue(tensor, out var known)) return known;
            if (tensor.Op == "Result") return _values[tensor] = [Value(tensor.Inputs[0])[(int)tensor.Arguments["index"]!]];
            if (tensor.Op == "Parameter")
            {
                var sizes = (int[])tensor.Arguments["shape"]!;
                var length = sizes.Aggregate(1, (p, s) => p * s);
                var rule = tensor.Arguments.TryGetValue("init", out var init) ? (StartRule)Constant(init!)! : new StartRule("TorchDefault");
                var start = sizes.Length > 1 ? rule.For(length / sizes[0], length / sizes[1]) : rule.For(length, length);
                return _values[tensor] = [_builder.Leaf(LeafKind.Parameter, new(ElementType.F32, Shape.Of(sizes.Select(s => (Axis)s))), "", start: start)];
            }

            var operands = tensor.Inputs.Select(i => Value(i)[0]).ToList();
            var op = OpCatalog.Find(tensor.Op) ?? throw new InvalidOperationException("No op " + tensor.Op);
            var arguments = tensor.Arguments.Where(a => a.Value is not null).ToDictionary(a => a.Key, a => Constant(a.Value!));
            var kinds =
                op.Parameters.Where(p => p.Kind is ParameterKind.Tensor or ParameterKind.Labels or ParameterKind.Tensors or ParameterKind.TensorOrReal
                    && !arguments.ContainsKey(p.Name)).ToList();
            if (kinds is [{ Kind: ParameterKind.Tensors } list]) arguments[list.Name] = operands.ToArray();
            else
                foreach (var (parameter, operand) in kinds.Zip(operands)) arguments[parameter.Name] = operand;
            LeafNode Leaf(string name, Shape shape, LeafKind kind, Initialization start) => _leaves.TryGetValue((tensor.Layer!, name), out var leaf)
                ? leaf
                : _leaves[(tensor.Layer!, name)] = _builder.Leaf(kind, new(ElementType.F32, shape), "", start: start);
            return _values[tensor] = [.. op.Build(new(op, _builder, arguments, tensor.Op, true, Leaf, _ => { }))];
        }

        private static object? Constant(object value) => value switch
        {
            Size2 s => new[] { s.Height, s.Width },
            Size3 s => new[] { s.Depth, s.Height, s.Width },
            Init i => new StartRule(i.Kind.ToString(), i.Parameter, i.Mean, i.CountsOutputs),
            float[] f => f.Select(x => (double)x).ToArray(),
            _ => value,
        };
    }
}
