using System.Text;

namespace ModelGen.Conformance;

/// <summary>Writes a row of a table of numbers as the source of a model.</summary>
internal static class RowSourceWriter
{
    /// <summary>The parameter of zeros that is added to the input x, whose gradient so is the one of x.</summary>
    public const string InputOffset = "p";

    /// <param name="className">The model's class.</param>
    public static ModelSource Write(NumberRow row, string className)
    {
        var text = new StringBuilder();
        void Line(string line = "") => text.Append(line).Append('\n');
        var hasX = row.Inputs.TryGetValue("x", out var x);
        Line($"// {row.Name}: {row.Kind}");
        Line("using ModelGen;");
        Line("using static ModelGen.Nn;");
        Line();
        Line("[Model(Jvp = true)]");
        Line($"public partial class {className}");
        Line("{");
        if (hasX) Line($"    readonly Tensor {InputOffset} = Parameter(Init.Zeros, {x!.ShapeText});");
        foreach (var (name, tensor) in row.Parameters.Where(p => !p.Key.Contains('.', StringComparison.Ordinal)))
            Line($"    readonly Tensor {name} = Parameter({tensor.ShapeText});");
        if (row.Fields.Length > 0) Line("    " + row.Fields);
        Line();
        Line($"    public Tensor Forward({string.Join(", ", row.Inputs.Select(i => Declaration(i.Key, i.Value)))})");
        Line("    {");
        if (hasX) Line($"        var v = x + {InputOffset};");
        Line($"        return {row.Forward};");
        Line("    }");
        if (row.Loss is not null)
        {
            Line();
            Line($"    public Tensor Loss({string.Join(", ", row.Targets.Select(t => Declaration(t.Key, t.Value)).Prepend("Tensor y"))}) => {row.Loss};");
        }
        Line("}");
        return new(className, text.ToString(), row.Batch, new Dictionary<string, string>(), new Dictionary<string, SourceField>(), []);
    }

    private static string Declaration(string name, RowTensor tensor) => tensor.Classes == 0 ? $"[Shape({tensor.ShapeText})] Tensor {name}"
        : tensor.Shape.Length == 0 ? $"[Classes({tensor.Classes})] Labels {name}"
        : $"[Classes({tensor.Classes}, Shape = new[] {{ {tensor.ShapeText} }})] Labels {name}";
}
