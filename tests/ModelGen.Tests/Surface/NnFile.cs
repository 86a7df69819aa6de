using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Surface;

/// <summary>One part of <see cref="Nn"/>: the methods of a group of ops, written from the catalogue.</summary>
internal static class NnFile
{
    private const string Indent = "    ", BodyIndent = "        ", MoreIndent = "            ";

    private const int Longest = 160;

    /// <summary>The text of the file.</summary>
    public static string Write(OpGroup group) => SurfaceFiles.Text(
    [
        "public static partial class Nn", "{",
        .. group.Ops.Where(o => o.Operator is null).SelectMany(Methods).Skip(1), "}",
    ]);

    /// <summary>The declaration of the first overload in one line: <c>Tensor Elu(Tensor x, float alpha = 1)</c>.</summary>
    public static string Signature(Op op) =>
        op.Operator is null ? $"{op.ReturnType} {op.Name}({string.Join(", ", CSharpParameter.Of(op).Select(p => p.Declaration(asNumber: false)))})"
        : op.Parameters.Count == 1 ? $"Tensor {op.Operator}x" : $"Tensor x {op.Operator} y";

    // A blank line before each.
    private static IEnumerable<string> Methods(Op op)
    {
        // Each operand that may be a number once as a tensor and once as a number.
        var either = op.Parameters.Where(p => p.Kind == ParameterKind.TensorOrReal).Select(p => p.Name).ToList();
        var methods = Enumerable.Range(0, 1 << either.Count).SelectMany(mask => Method(op, either.Where((_, i) => (mask >> i & 1) != 0).ToHashSet()));
        return op is { ClassForm: ClassForm.Step, IsLayer: false } ? methods.Concat(Factory(op)) : methods;
    }

    // The function as a layer, to stand among others.
    private static IEnumerable<string> Factory(Op op)
    {
        var parameters = CSharpParameter.Of(op).Where(p => !p.IsInput).ToList();
        List<string> lines = ["", .. XmlDocumentation.Element("summary",
            $"Creates a layer without parameters of its own that calls <see cref=\"{Reference(op)}\"/>.", Indent)];
        foreach (var p in parameters)
            lines.AddRange(XmlDocumentation.Element($"param name=\"{p.Parameter.Name}\"", XmlDocumentation.Sentence(About(p.Parameter)), Indent));
        var head = $"public static Layer {op.Name}(";
        var declared = parameters.Select(p => p.Declaration(asNumber: false)).ToList();
        var body = $"x => {op.Name}({string.Join(", ", parameters.Select(p => p.Name).Prepend("x"))});";
        var one = $"{Indent}{head}{string.Join(", ", declared)}) => {body}";
        return one.Length <= Longest ? [.. lines, one] : [.. lines, .. Filled(head, declared, ") =>", Indent, BodyIndent), BodyIndent + body];
    }

    /// <summary>The method of an op as documentation refers to it: its overloads differ in their parameters.</summary>
    public static string Reference(Op op)
    {
        static string Type(CSharpParameter p) =>
            p.Declaration(asNumber: false).Split(' ').First(word => word != "params").Replace("[]?", "[]", StringComparison.Ordinal);
        return $"{op.Name}({string.Join(", ", CSharpParameter.Of(op).Select(Type))})";
    }

    private static IEnumerable<string> Method(Op op, IReadOnlySet<string> numbers)
    {
        var parameters = CSharpParameter.Of(op);
        var inputs = parameters.Where(p => p.IsInput && !numbers.Contains(p.Parameter.Name)).ToList();
        List<string> lines = ["", .. XmlDocumentation.Element("summary", op.Summary, Indent)];
        foreach (var p in parameters)
            lines.AddRange(XmlDocumentation.Element($"param name=\"{p.Parameter.Name}\"", XmlDocumentation.Sentence(About(p.Parameter)), Indent));
        if (!op.IsLayer && inputs.Count > 0) lines.AddRange(XmlDocumentation.Element("exception cref=\"ArgumentNullException\"", Exception(op, inputs),
            Indent));
        lines.AddRange(XmlDocumentation.Element("remarks", Remarks(op), Indent));

        var head = $"public static {op.ReturnType} {op.Name}(";
        var declared = parameters.Select(p => p.Declaration(numbers.Contains(p.Parameter.Name))).ToList();
        var (call, arguments) = Body(op, parameters, inputs);
        // What the body itself reads; a null among the inputs is found by who records the call.
        var guarded = inputs.Where(p => p.Parameter is { Kind: ParameterKind.Labels or ParameterKind.Tensors, Optional: false })
            .Concat(op.ReturnsSequence ? [parameters[^1]] : []).ToList();
        if (guarded.Count > 0)
        {
            lines.AddRange(Filled(head, declared, ")", Indent, BodyIndent));
            lines.Add(Indent + "{");
            lines.AddRange(guarded.Select(p => $"{BodyIndent}ArgumentNullException.ThrowIfNull({p.Name});"));
            lines.AddRange(Filled("return " + call, arguments, ";", BodyIndent, MoreIndent));
            lines.Add(Indent + "}");
            return lines;
        }
        var one = $"{Indent}{head}{string.Join(", ", declared)}) => {call}{string.Join(", ", arguments)};";
        if (one.Length <= Longest) return [.. lines, one];
        return [.. lines, .. Filled(head, declared, ") =>", Indent, BodyIndent), .. Filled(call, arguments, ";", BodyIndent, MoreIndent)];
    }

    // The call that records the op, and its arguments; the last one closes it.
    private static (string Call, IReadOnlyList<string> Arguments) Body(
        Op op, IReadOnlyList<CSharpParameter> parameters, IReadOnlyList<CSharpParameter> inputs)
    {
        var constants = parameters.Except(inputs).Select(p => $"(\"{p.Parameter.Name}\", {p.Recorded})").ToList();
        List<string> arguments = op.IsLayer ? [$"\"{op.Name}\"", .. constants] : [$"\"{op.Name}\"", "null", Inputs(inputs), .. constants];
        arguments[^1] += ")";
        if (op.ReturnsSequence) arguments.Add($"{parameters[^1].Name}.Length)");
        if (op.Results.Count > 0) arguments[^1] += ")";
        // The delegate of a layer names the method of Nn that makes it.
        return (op.IsLayer ? $"Declare{op.ReturnType[..^"Layer".Length]}(" : op.ReturnsSequence ? "Results(Tensor.Record("
            : op.Results.Count > 0 ? "Pair(Tensor.Record(" : "Tensor.Record(", arguments);
    }

    private static string Inputs(IReadOnlyList<CSharpParameter> inputs)
    {
        string List(IEnumerable<CSharpParameter> some) => $"[{string.Join(", ", some.Select(p => p.Parameter.Kind switch
        {
            ParameterKind.Labels => p.Name + (p.Parameter.Optional ? "?.Node" : ".Node"),
            ParameterKind.Tensors => ".. " + p.Name,
            _ => p.Name,
        }))}]";
        var optional = inputs.Where(p => p.Parameter.Optional).ToList();
        return optional.Count switch
        {
            0 => List(inputs),
            1 => $"{optional[0].Name} is null ? {List(inputs.Except(optional))} : {List(inputs)}",
            _ => $"[.. {List(inputs)[1..^1].Insert(0, "new Tensor?[] { ")} }}.OfType<Tensor>()]",
        };
    }

    private static string About(OpParameter parameter) =>
        parameter.Unless is { } unless && !(parameter.Kind == ParameterKind.Integer && parameter.SameAs is null) ? $"{parameter.About}; {unless} unless given"
            : parameter.About;

    private static string Exception(Op op, IReadOnlyList<CSharpParameter> inputs)
    {
        var names = inputs.Where(p => !p.Parameter.Optional).Select(p => p.Parameter.Name).Concat(op.ReturnsSequence ? [op.Parameters[^1].Name] : [])
            .Select(name => $"<paramref name=\"{name}\"/>").ToList();
        return (names.Count == 1 ? names[0] : string.Join(", ", names.SkipLast(1)) + " or " + names[^1]) + " is null.";
    }

    // The formula, unless the summary has it in the same words.
    private static string Remarks(Op op)
    {
        var formula = op.Doc.FormulaAsXml;
        var parts = new[] { op.Summary.Contains(formula, StringComparison.Ordinal) ? "" : $"Formula: <c>{formula}</c>.", $"Shapes: {Xml(op.Doc.Shapes)}.",
            $"Source: {Xml(op.Doc.Source)}.", Xml(op.Doc.Remarks) };
        return string.Join(" ", parts.Where(p => p.Length > 0));
    }

    private static string Xml(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal);

    // As many items in a line as it takes.
    private static IEnumerable<string> Filled(string head, IReadOnlyList<string> items, string tail, string first, string more)
    {
        var line = first + head;
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i] + (i == items.Count - 1 ? tail : ",");
            var opens = i == 0;
            if (line.Length + (opens ? 0 : 1) + item.Length > Longest)
            {
                yield return line;
                (line, opens) = (more, true);
            }
            line += (opens ? "" : " ") + item;
        }
        yield return items.Count == 0 ? line + tail : line;
    }
}
