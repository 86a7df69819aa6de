using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Runs the IR of a model at compile time: loops unrolled, modules inlined, every size known. Calls of layers and functions become nodes of a
/// graph.</summary>
/// <remarks>It knows nothing of the compiler. One instance builds one graph. It cannot run away: see <see cref="Budget"/>.</remarks>
internal sealed partial class Evaluator
{
    private readonly ModuleIr _model;
    private readonly Func<string, ModuleIr?> _find;
    private readonly EvaluationMode _mode;
    private readonly Budget _budget;
    private readonly GraphBuilder _builder;
    private readonly GraphNames _names;
    private readonly Dictionary<(string Module, string Method), HashSet<string>> _reassigned = new();
    private readonly List<Finding> _findings = new();
    private readonly HashSet<Finding> _warned = new();
    private readonly List<LayerValue> _layers = new();
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<object?> _receivers = new();
    private int _calls;
    private bool _isRunning;

    private Evaluator(ModuleIr model, Func<string, ModuleIr?> find, EvaluationMode mode, CancellationToken cancellation)
    {
        (_model, _find, _mode, _budget) = (model, find, mode, new(cancellation));
        _builder = new() { Adding = _budget.Node };
        _names = new(_builder);
    }

    /// <summary>The graphs of a model in training and in evaluation mode, each with the loss where there is one.</summary>
    /// <param name="find">Gives the IR of a module by id, or null.</param>
    public static EvaluationResult Run(ModuleIr model, Func<string, ModuleIr?> find, CancellationToken cancellation = default)
    {
        var (training, evaluator) = Build(model, find, model.InEvaluationMode ? EvaluationMode.Evaluation : EvaluationMode.Training, cancellation);
        if (training is null) return new(null, null, evaluator._findings);
        var (evaluation, second) = Build(model, find, EvaluationMode.Evaluation, cancellation);
        if (evaluation is null) return new(null, null, second._findings);
        evaluator.Warn(training);
        return new(training, evaluation, evaluator._findings);
    }

    private static (Graph? Graph, Evaluator Evaluator) Build(ModuleIr model, Func<string, ModuleIr?> find, EvaluationMode mode, CancellationToken cancellation)
    {
        var evaluator = new Evaluator(model, find, mode, cancellation);
        try
        {
            return (evaluator.Build(), evaluator);
        }
        catch (EvaluationException e)
        {
            evaluator._findings.Add(e.Finding);
        }
        catch (BudgetException e)
        {
            evaluator._findings.Add(new("MG1009", new(model.Id, model.Ordinal), $"Evaluating '{model.Name}' {e.Message}"));
        }
        catch (InsufficientExecutionStackException)
        {
            evaluator._findings.Add(new("MG1009", new(model.Id, model.Ordinal), $"Evaluating '{model.Name}' nests too deeply"));
        }
        return (null, evaluator);
    }

    private Graph Build()
    {
        var root = new ModuleValue(_model) { Path = "" };
        var frame = new Frame(_model, root, _model.Name, null, null);
        Construct(root, new(StringComparer.Ordinal), frame);
        AssignPaths(root);
        _isRunning = true;

        var forward = _model.MethodNamed(ModuleIr.ForwardName) ?? throw Stop("MG1006", _model.Ordinal, $"The model '{_model.Name}' has no Forward method");
        var inputs = forward.Parameters.ToDictionary(p => p.Name, p => (object?)Input(p), StringComparer.Ordinal);
        var returned = Run(forward, inputs, root, frame);
        // A part may be absent, as a head that only training has; it is no output then.
        var parts = (Items(returned) ?? new[] { returned }).Select(o => o is null && returned is not null ? null
            : AsTensor(o) ?? throw Stop("MG1006", forward.Ordinal, $"Forward of '{_model.Name}' returns {Arithmetic.Describe(o)}, not a tensor")).ToList();
        if (parts.All(p => p is null)) throw Stop("MG1006", forward.Ordinal, $"Forward of '{_model.Name}' returns no tensor");

        var loss = _model.MethodNamed(ModuleIr.LossName);
        for (var i = 0; i < parts.Count; i++)
            if (parts[i] is { } part) _names.Name(part, OutputName(forward, loss, i));
        var scalar = loss is null ? null : RunLoss(loss, parts, inputs, root, frame);
        _names.Finish();
        var graph = _builder.Build(_model.Name, parts.OfType<TensorValue>().Select(o => _builder[o.Node]), scalar);
        CheckTotals(graph, forward);
        return graph;
    }

    // The element of the tuple, else the parameter of Loss.
    private static string OutputName(MethodIr forward, MethodIr? loss, int output) =>
        output < forward.ResultNames.Count ? Identifiers.Camel(forward.ResultNames[output])
            : loss is not null && output < loss.Parameters.Count ? loss.Parameters[output].Name : "output";

    // Each part is within the limit by now.
    private void CheckTotals(Graph graph, MethodIr forward)
    {
        foreach (var (kind, what) in new[] { (LeafKind.Parameter, "parameters"), (LeafKind.Buffer, "numbers in buffers") })
        {
            var lengths = graph.Nodes.OfType<LeafNode>().Where(l => l.Kind == kind).Select(l => l.Shape.Elements).ToList();
            if (Lengths.Sum(lengths.Select(Lengths.Aligned)) > Lengths.Most)
                throw Stop("MG2014", _model.Ordinal,
                    $"{_model.Name} has {Lengths.Text(Lengths.Sum(lengths))} {what}; a model has at most {Lengths.Text(Lengths.Most)}");
        }
        var outputs = Lengths.Sum(graph.Outputs.Select(o => graph[o].Shape.Elements));
        if (outputs > Lengths.Most) throw Stop("MG2014", forward.Ordinal,
            $"Forward of '{_model.Name}' returns {Lengths.Text(outputs)} elements a sample; outputs have at most {Lengths.Text(Lengths.Most)} together");
    }

    private Node RunLoss(MethodIr loss, IReadOnlyList<TensorValue?> outputs, Dictionary<string, object?> inputs, ModuleValue root, Frame frame)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var i = 0; i < loss.Parameters.Count; i++)
        {
            var parameter = loss.Parameters[i];
            arguments[parameter.Name] = i < outputs.Count ? outputs[i]
                : parameter.IsInferred ? InferredTarget(loss, outputs[0]!)
                // A target that is the input itself, as an autoencoder's, has the input's name.
                : inputs.TryGetValue(parameter.Name, out var input) && IsSame(parameter, (TensorValue)input!) ? input
                : Input(parameter);
        }
        var value = AsTensor(Run(loss, arguments, root, frame)) ?? throw Stop("MG1007", loss.Ordinal, $"Loss of '{_model.Name}' does not return a tensor");
        _names.Name(value, "loss");
        var node = _builder[value.Node];
        if (node.Shape.Rank != 0)
            throw Stop("MG3001", loss.Ordinal,
                $"Loss of '{_model.Name}' has shape {node.Shape}; training needs one number: use a loss such as CrossEntropy or MseLoss, or take the mean");
        return node;
    }

    private TensorValue Input(ParameterIr parameter)
    {
        var isLabels = parameter.Type == ParameterTypeIr.Labels;
        var type = new TensorType(isLabels ? ElementType.I32 : ElementType.F32, Shape.Of(new[] { Axis.Batch }.Concat(parameter.Sizes.Select(s => (Axis)s))));
        return Input(parameter.Name, type, parameter.Classes, parameter.Ordinal);
    }

    private TensorValue Input(string parameter, TensorType type, int classes, int ordinal)
    {
        if (type.Shape.Elements > Lengths.Most)
            throw Stop("MG2014", ordinal,
                $"Input '{parameter}' {type.Shape} has {Lengths.Text(type.Shape.Elements)} elements a sample; a tensor has at most "
                    + $"{Lengths.Text(Lengths.Most)}");
        var name = _names.Take(parameter);
        _builder.Origin = Origin.None;
        var leaf = _builder.Leaf(type.Element == ElementType.I32 ? LeafKind.Labels : LeafKind.Input, type, name, classes: classes);
        return new(leaf.Id, name);
    }

    private bool IsSame(ParameterIr parameter, TensorValue input)
    {
        var leaf = (LeafNode)_builder[input.Node];
        return parameter.Type == (leaf.Kind == LeafKind.Labels ? ParameterTypeIr.Labels : ParameterTypeIr.Tensor) && parameter.Classes == leaf.Classes
            && leaf.Shape.Axes.Skip(1).SequenceEqual(parameter.Sizes.Select(s => (Axis)s));
    }

    // In class form the loss says what the target is: labels over the class axis of the output, or a tensor of its shape.
    private TensorValue InferredTarget(MethodIr loss, TensorValue output)
    {
        var call = loss.Body[0][0];
        var shape = _builder[output.Node].Shape;
        if (FindOp(call[0].Text)?.Parameters.Any(p => p.Kind == Ops.ParameterKind.Labels) != true)
            return Input("target", new(ElementType.F32, shape), 0, loss.Ordinal);
        var axes = shape.Axes.Take(1).Concat(shape.Axes.Skip(2));
        return Input("label", new(ElementType.I32, Shape.Of(axes)), shape.Rank > 1 ? shape[1].Factor : 1, loss.Ordinal);
    }

    // Fields name their layers as PyTorch's modules do: by field, then by position in a sequence. What two fields share has its name from the first.
    private void AssignPaths(ModuleValue module)
    {
        string Join(string name) => JoinPath(module.Path!, name);
        foreach (var field in module.Ir.Fields)
            if (module.Fields.TryGetValue(field.Name, out var value)) AssignPath(value, Join(Identifiers.FieldPath(field.Name)));
        foreach (var parameter in module.Ir.Constructor)
            if (module.Constructor.TryGetValue(parameter.Name, out var value)) AssignPath(value, Join(parameter.Name));
    }

    private void AssignPath(object? value, string path)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (value is LayerSequence { Path: null } sequence)
        {
            sequence.Path = path;
            value = sequence.Layers;
        }
        if (Items(value) is { } items)
        {
            // A path is as long as what it leads to is deep.
            _budget.Make(items.Length);
            _budget.Write(path.Length);
            for (var i = 0; i < items.Length; i++)
                if (items[i] is IPathHolder or object?[] or ListValue) AssignPath(items[i],
                    JoinPath(path, i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        if (value is not IPathHolder { Path: null } holder) return;
        holder.Path = path;
        if (value is ModuleValue module) AssignPaths(module);
    }

    private static string JoinPath(string outer, string inner) => outer.Length == 0 ? inner : inner.Length == 0 ? outer : outer + "." + inner;

    private EvaluationException Stop(string id, int ordinal, string message) => new(new(id, new(_model.Id, ordinal), message));
}
