using System.Globalization;
using ModelGen.Generator.Ops;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Surface;

/// <summary>A parameter of an op as C# declares it, in a method of <see cref="Nn"/> or in an attribute.</summary>
/// <param name="parameter">The parameter.</param>
/// <param name="isLast">Whether no parameter follows.</param>
internal sealed class CSharpParameter(OpParameter parameter, bool isLast)
{
    /// <summary>The parameters of a method of <see cref="Nn"/>: of a factory, those that the layer does not get when it is called.</summary>
    public static IReadOnlyList<CSharpParameter> Of(Op op) => Listed(op.Parameters.Where(p => !op.IsLayer || !IsOperand(p)));

    /// <summary>The parameters of the attribute: those of the constructor, and those that are properties.</summary>
    public static (IReadOnlyList<CSharpParameter> Constructor, IReadOnlyList<CSharpParameter> Properties) OfAttribute(Op op)
    {
        var all = op.Parameters.Where(p => !IsOperand(p) && p.InAttribute != AttributeArgument.None).ToLookup(p =>
            !p.Optional || p.InAttribute == AttributeArgument.Positional);
        return (Listed(all[true]), Listed(all[false]));
    }

    /// <summary>What the catalogue says.</summary>
    public OpParameter Parameter { get; } = parameter;

    /// <summary>The name, with an @ where it is a word of the language.</summary>
    public string Name => Identifiers.Keywords.Contains(Parameter.Name) ? "@" + Parameter.Name : Parameter.Name;

    /// <summary>The name as a property has it.</summary>
    public string PropertyName => char.ToUpperInvariant(Parameter.Name[0]) + Parameter.Name[1..];

    /// <summary>True for a tensor or labels, which the trace lists as inputs.</summary>
    public bool IsInput => IsOperand(Parameter);

    /// <summary>True where C# writes the default as null, and the body puts in what it stands for.</summary>
    private bool HasDefaultInBody => Parameter.SameAs is not null || Parameter is { Kind: ParameterKind.Size2 or ParameterKind.Size3, Default: not null };

    /// <summary>Its declaration in a method.</summary>
    /// <param name="asNumber">Whether a number stands for a tensor of one value.</param>
    public string Declaration(bool asNumber) => (IsParams ? "params " : "") + Type(asNumber) + " " + Name + (Parameter.Optional ? " = " + DefaultText : "");

    /// <summary>Its declaration in the constructor of an attribute.</summary>
    public string AttributeDeclaration => (IsParams ? "params " : "") + AttributeType + " " + Name + (Parameter.Optional ? " = " + DefaultText : "");

    /// <summary>What the body records for it.</summary>
    public string Recorded => Name + (HasDefaultInBody ? " ?? " + (Parameter.SameAs ?? Number(Parameter.Default!)) : "");

    /// <summary>The type of the property of an attribute: one number for all axes, and the text of an Init.</summary>
    public string AttributeType => Parameter.Kind switch
    {
        ParameterKind.Integer or ParameterKind.Size2 or ParameterKind.Size3 => "int",
        ParameterKind.Real => "double",
        ParameterKind.Init => "string?",
        _ => Type(asNumber: false),
    };

    /// <summary>The value of a property that is not set, as C#; null where it is that of the type.</summary>
    public string? AttributeDefault => Parameter.SameAs ?? (Parameter.Default is null or false or 0 or 0.0 ? null : Number(Parameter.Default));

    /// <summary>The default as a person writes it.</summary>
    public string DefaultValue => Number(Parameter.Default!);

    private bool IsParams => isLast && Parameter is { Kind: ParameterKind.Integers or ParameterKind.Tensors, Optional: false };

    private string DefaultText => HasDefaultInBody || Parameter.Default is null ? "null" : Number(Parameter.Default);

    private string Type(bool asNumber)
    {
        var type = Parameter.Kind switch
        {
            ParameterKind.TensorOrReal => asNumber ? "double" : "Tensor",
            ParameterKind.Tensor => "Tensor",
            ParameterKind.Tensors => "Tensor[]",
            ParameterKind.Labels => "Labels",
            ParameterKind.Integer => "int",
            ParameterKind.Integers => "int[]",
            ParameterKind.Real => "double",
            // Arrays of float come as a span, which C# prefers where both would do.
            ParameterKind.Reals => Parameter.Optional ? "float[]" : "double[]",
            ParameterKind.Boolean => "bool",
            ParameterKind.Text => "string",
            ParameterKind.Size2 => "Size2",
            ParameterKind.Size3 => "Size3",
            ParameterKind.Init => "Init",
            var kind => throw new NotSupportedException($"A parameter of kind {kind}."),
        };
        return Parameter.Optional && DefaultText == "null" ? type + "?" : type;
    }

    private static List<CSharpParameter> Listed(IEnumerable<OpParameter> parameters)
    {
        var all = parameters.ToList();
        return [.. all.Select((p, i) => new CSharpParameter(p, i == all.Count - 1))];
    }

    private static bool IsOperand(OpParameter parameter) =>
        parameter.Kind is ParameterKind.Tensor or ParameterKind.Tensors or ParameterKind.TensorOrReal or ParameterKind.Labels;

    /// <summary>A default as C# writes it: <c>0.25</c>, <c>1e-5</c>, <c>10000</c>.</summary>
    private static string Number(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        double number when number == Math.Floor(number) && Math.Abs(number) < 1e9 => number.ToString("F0", CultureInfo.InvariantCulture),
        double number => Short(number.ToString("R", CultureInfo.InvariantCulture)),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Short(string number) => number.Split('E') is [var mantissa, var exponent]
        ? mantissa + "e" + int.Parse(exponent, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : number;
}
