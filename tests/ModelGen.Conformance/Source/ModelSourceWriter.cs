using System.Globalization;
using System.Text;
using ModelGen.Generator.Support;

namespace ModelGen.Conformance;

/// <summary>Writes a case as the source of a model, as a person would declare it.</summary>
/// <remarks>An input that must have a gradient is a table, a parameter with a row for each sample; the batch brings the numbers of its rows. So
/// the batch axis stays symbolic, and the gradient of the input comes out as that of the table.</remarks>
internal sealed class ModelSourceWriter
{
    private static readonly Dictionary<string, string> s_operators = new() { ["Add"] = "+", ["Sub"] = "-", ["Mul"] = "*", ["Div"] = "/" };

    private readonly ConformanceCase _case;
    private readonly CaseDescription _description;
    private readonly HashSet<string> _taken = new(typeof(Nn).GetMethods().Select(m => m.Name), StringComparer.Ordinal)
    {
        ModelSource.RowsName, "Info", "Parameters", "Threads", "Summary", "Diagram", "Compiled", "Forward", "Loss",
    };

    private readonly Dictionary<string, string> _inputs = [];
    private readonly Dictionary<string, SourceField> _fields = [];
    private readonly Dictionary<string, string> _layers = [];
    private readonly Dictionary<string, string> _values = [];
    private readonly List<string> _declarations = [];
    private readonly List<string> _forwardParameters = [];
    private readonly List<string> _lossParameters = [];
    private readonly List<string> _body = [];
    private readonly int _samples;
    private bool _takesRows;

    private ModelSourceWriter(ConformanceCase @case, CaseDescription description)
    {
        (_case, _description) = (@case, description);
        _samples = description.Samples(@case);
    }

    /// <exception cref="CaseFormatException">ModelGen has no such op, or not with these arguments.</exception>
    public static ModelSource Write(ConformanceCase @case, CaseDescription description, string className) =>
        new ModelSourceWriter(@case, description).Write(className);

    private ModelSource Write(string className)
    {
        foreach (var (name, tensor) in _case.Inputs) Input(name, tensor, _forwardParameters);
        foreach (var name in _description.AsParameters.Except(_case.Inputs.Keys)) ParameterField(name, _case.Parameters[name].Shape);
        if (_case.Target is { } target) Input("target", target, _description.Loss is null ? _forwardParameters : _lossParameters);
        foreach (var step in _description.Steps) Step(step);

        var outputs = _case.Outputs.Count > 0 ? _case.Outputs.Keys.ToList() : [.. _description.Outputs.Keys];
        var returned = outputs.Select(o => _values[_description.Outputs.GetValueOrDefault(o, o)]).ToList();
        // A result that is named twice, or an input handed through, is still an output of its own.
        var lossNames = outputs.Select(o => Take(o)).ToList();
        var loss = Loss(outputs, lossNames);
        if (_takesRows) _forwardParameters.Insert(0, $"[Classes({_samples}, Shape = new[] {{ 1 }})] Labels {ModelSource.RowsName}");

        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        Line($"// {_case.Name}: {_case.Op}");
        Line("using ModelGen;");
        Line("using static ModelGen.Nn;");
        Line();
        Line(_description.Training ? "[Model(Jvp = true)]" : "[Model(Jvp = true, InEvaluationMode = true)]");
        Line($"public partial class {className}");
        Line("{");
        foreach (var declaration in _declarations) Line("    " + declaration);
        if (_declarations.Count > 0) Line();
        Line($"    public {(returned.Count == 1 ? "Tensor" : $"({string.Join(", ", returned.Select(_ => "Tensor"))})")} "
            + $"Forward({string.Join(", ", _forwardParameters)})");
        Line("    {");
        foreach (var line in _body) Line("        " + line);
        Line($"        return {(returned.Count == 1 ? returned[0] : $"({string.Join(", ", returned)})")};");
        Line("    }");
        Line();
        Line($"    public Tensor Loss({string.Join(", ", lossNames.Select(n => "Tensor " + n).Concat(_lossParameters))}) =>");
        Line($"        {loss};");
        Line("}");
        return new(className, text.ToString(), _samples, _inputs, _fields, outputs);
    }

    private void Input(string name, TensorData given, List<string> parameters)
    {
        var tensor = _description.Moved(name, given);
        if (_description.AsParameters.Contains(name))
        {
            ParameterField(name, tensor.Shape);
            return;
        }
        var shape = _description.Batch == CaseBatch.Prepended ? tensor.Shape : tensor.Shape[1..];
        if (_description.Labels.TryGetValue(name, out var classes) && tensor.IsInteger)
        {
            var labels = _values[name] = Take(name);
            _inputs[labels] = name;
            parameters.Add($"[Classes({classes}{(shape.Length == 0 ? "" : $", Shape = new[] {{ {Numbers(shape)} }}")})] Labels {labels}");
        }
        else if (_case.Gradients.ContainsKey(name))
        {
            var table = Take(name + "Table");
            _fields[table] = new(name);
            _declarations.Add($"readonly Tensor {table} = Parameter({_samples}, {shape.Aggregate(1, (p, s) => p * s)});");
            _takesRows = true;
            _body.Add($"var {_values[name] = Take(name)} = Reshape(Take({table}, "
                + $"{ModelSource.RowsName}){string.Concat(shape.Select(s => ", " + s.ToString(CultureInfo.InvariantCulture)))});");
        }
        else
        {
            var input = _values[name] = Take(name);
            _inputs[input] = name;
            parameters.Add($"[Shape({Numbers(shape)})] Tensor {input}");
        }
    }

    private void ParameterField(string name, int[] shape)
    {
        var field = _values[name] = Take(name);
        _fields[field] = new(name);
        _declarations.Add($"readonly Tensor {field} = Parameter({Numbers(shape)});");
    }

    private void Step(CaseStep step)
    {
        var given = step.Arguments.Where(a => a.Value is not null).ToList();
        if (s_operators.TryGetValue(step.Op, out var sign))
        {
            _body.Add($"var {_values[step.Results[0]] = Take(step.Results[0])} = {Value(given[0].Value!, null)} {sign} {Value(given[1].Value!, null)};");
            return;
        }
        var signature = Signature(step, given);
        string Arguments(IEnumerable<(string Name, object? Value)> arguments) =>
            string.Join(", ", arguments.Select(a => $"{ArgumentName(a.Name)}: {Value(a.Value!, signature.Parameters.GetValueOrDefault(a.Name))}"));
        string call;
        if (signature.LayerType is null) call = $"{step.Op}({Arguments(given)})";
        else
        {
            if (!_layers.TryGetValue(step.Path, out var field))
            {
                field = _layers[step.Path] = Take(step.Path.Length == 0 ? "layer" : step.Path);
                _fields[field] = new(step.Path);
                _declarations.Add($"readonly {signature.LayerType} {field} = {step.Op}({Arguments(given.Where(a => !signature.Operands.Contains(a.Name)))});");
            }
            call = $"{field}({Arguments(given.Where(a => signature.Operands.Contains(a.Name)))})";
        }

        if (signature.IsArray)
        {
            var parts = Take("parts");
            _body.Add($"var {parts} = {call};");
            for (var i = 0; i < step.Results.Length; i++) _body.Add($"var {_values[step.Results[i]] = Take(step.Results[i])} = {parts}[{i}];");
        }
        else if (signature.Results == 1) _body.Add($"var {_values[step.Results[0]] = Take(step.Results[0])} = {call};");
        else
        {
            var names = Enumerable.Range(0, signature.Results)
                .Select(i => i < step.Results.Length ? _values[step.Results[i]] = Take(step.Results[i]) : Take("unused")).ToList();
            _body.Add($"var ({string.Join(", ", names)}) = {call};");
        }
    }

    private string Loss(IReadOnlyList<string> outputs, IReadOnlyList<string> names)
    {
        if (_description.Loss is { } loss)
        {
            var given = loss.Arguments.Where(a => a.Value is not null).ToList();
            _values[_description.Outputs.GetValueOrDefault(outputs[0], outputs[0])] = names[0];
            var signature = Signature(loss, given);
            var arguments = given.Select(a => $"{ArgumentName(a.Name)}: {Value(a.Value!, signature.Parameters.GetValueOrDefault(a.Name))}");
            return $"{loss.Op}({string.Join(", ", arguments)})";
        }
        var terms = new List<string>();
        for (var i = 0; i < outputs.Count; i++)
        {
            if (!_case.Cotangents.TryGetValue(outputs[i], out var cotangent)) continue;
            var shape = _description.Moved(outputs[i], cotangent).Shape;
            if (_description.Batch == CaseBatch.Leading && shape.Length == 0)
            {
                // One number for the whole batch, so no input.
                terms.Add($"{names[i]} * {Real(cotangent.Data[0])}");
                continue;
            }
            var input = Take(outputs[i] + "Cotangent");
            _inputs[input] = ModelSource.CotangentPrefix + outputs[i];
            _lossParameters.Add($"[Shape({Numbers(_description.Batch == CaseBatch.Prepended ? shape : shape[1..])})] Tensor {input}");
            terms.Add($"Sum({names[i]} * {input})");
        }
        return string.Join(" + ", terms);
    }

    private static NnSignature Signature(CaseStep step, IReadOnlyCollection<(string Name, object? Value)> given) =>
        NnSignature.Find(step.Op, [.. given.Select(a => a.Name)])
        ?? throw new CaseFormatException($"ModelGen has no {step.Op}({string.Join(", ", given.Select(a => a.Name))})");

    private string Value(object value, Type? type) => value switch
    {
        TensorRef tensor => _values[tensor.Name],
        TensorRef[] tensors => $"new[] {{ {string.Join(", ", tensors.Select(t => _values[t.Name]))} }}",
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        double number => Real(number),
        string text => "\"" + text + "\"",
        double[] numbers => $"new[] {{ {string.Join(", ", numbers.Select(Real))} }}",
        int[] sizes when type == typeof(int[]) => sizes.Length == 0 ? "new int[0]" : $"new[] {{ {Numbers(sizes)} }}",
        int[] { Length: 1 } size => size[0].ToString(CultureInfo.InvariantCulture),
        int[] sizes => $"({Numbers(sizes)})",
        _ => throw new CaseFormatException($"{value} is no argument"),
    };

    private static string ArgumentName(string name) => Identifiers.Escape(name);

    private string Take(string name) => Identifiers.Escape(Identifiers.Unique(Identifiers.FromPath(name.TrimStart('_')), _taken));

    private static string Real(double number) => ((float)number).ToString("R", CultureInfo.InvariantCulture) + "f";

    private static string Numbers(IEnumerable<int> numbers) => string.Join(", ", numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
}
