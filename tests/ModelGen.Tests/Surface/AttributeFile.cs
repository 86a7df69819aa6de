using System.Text.RegularExpressions;
using ModelGen.Generator.Ops;

namespace ModelGen.Tests.Surface;

/// <summary>The attribute of an op, for a network that is a list of attributes, written from the catalogue.</summary>
internal static partial class AttributeFile
{
    /// <summary>The name of the class; a loss is called one.</summary>
    public static string ClassName(Op op) =>
        op.Name + (op.ClassForm == ClassForm.Loss && !op.Name.EndsWith("Loss", StringComparison.Ordinal) ? "Loss" : "") + "Attribute";

    /// <summary>The text of the file.</summary>
    public static string Write(Op op)
    {
        var (constructor, properties) = CSharpParameter.OfAttribute(op);
        var usage = op.ClassForm == ClassForm.Step ? "as a step of a network in class form."
            : "as the loss of a network in class form; " + (op.Parameters.Any(p => p.Kind == ParameterKind.Labels)
                ? "the number of classes is the size of the class axis." : "the target has the shape of the output.");
        List<string> lines = [.. XmlDocumentation.Element("summary", $"Adds <see cref=\"Nn.{NnFile.Reference(op)}\"/> {usage}", "")];
        foreach (var p in constructor)
            lines.AddRange(XmlDocumentation.Element($"param name=\"{p.Parameter.Name}\"", XmlDocumentation.Sentence(About(p)), ""));
        lines.Add("[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]");
        var head = $"public sealed class {ClassName(op)}";
        if (constructor.Count > 0) head += $"({string.Join(", ", constructor.Select(p => p.AttributeDeclaration))})";
        if (constructor.Count + properties.Count == 0) return SurfaceFiles.Text([.. lines, head + " : LayerAttribute;"]);

        lines.AddRange([head + " : LayerAttribute", "{"]);
        var members = constructor.Select(p => Property(p, "Gets ", "get;", p.Name))
            .Concat(properties.Select(p => Property(p, "Gets or sets ", "get; set;", p.AttributeDefault)));
        lines.AddRange(members.SelectMany(m => m.Prepend("")).Skip(1));
        return SurfaceFiles.Text([.. lines, "}"]);
    }

    private static IEnumerable<string> Property(CSharpParameter p, string verb, string accessors, string? value)
    {
        var isFlag = p.Parameter.Kind == ParameterKind.Boolean;
        var about = verb + (isFlag ? "a value indicating " : "") + About(p) + (verb == "Gets " ? "" : Default(p)) + ".";
        return
        [
            .. XmlDocumentation.Element("summary", about, "    "),
            $"    public {p.AttributeType} {p.PropertyName} {{ {accessors} }}{(value is null ? "" : $" = {value};")}",
        ];
    }

    private static string About(CSharpParameter p)
    {
        var about = ParameterReference().Replace(p.Parameter.AboutInAttribute ?? p.Parameter.About,
            m => $"<see cref=\"{m.Groups[1].Value.ToUpperInvariant()}{m.Groups[2]}\"/>");
        return about + p.Parameter switch
        {
            { Kind: ParameterKind.Size2, Optional: true } => ", on both axes",
            { Kind: ParameterKind.Size3, Optional: true } => ", on all axes",
            { Kind: ParameterKind.Init, Name: "init" } =>
                ": a text of <see cref=\"ModelGen.Init\"/> such as <c>\"KaimingNormal\"</c>, <c>\"Normal(0.02)\"</c> or <c>\"XavierUniform.For(Tanh)\"</c>",
            { Kind: ParameterKind.Init } => ", in the form of <see cref=\"Init\"/>",
            _ => "",
        };
    }

    private static string Default(CSharpParameter p) => p.Parameter switch
    {
        // In the class a property hides the type.
        { Kind: ParameterKind.Init, Unless: { } unless } => $"; {unless.Replace("\"Init.", "\"ModelGen.Init.", StringComparison.Ordinal)} unless it is set",
        { SameAs: { } other } => $"; the default is the {other}",
        { Default: not null } => $"; the default is {p.DefaultValue}",
        _ => "; none unless it is set",
    };

    [GeneratedRegex("<paramref name=\"(.)(\\w*)\"/>")]
    private static partial Regex ParameterReference();
}
