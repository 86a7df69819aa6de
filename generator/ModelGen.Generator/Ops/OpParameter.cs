namespace ModelGen.Generator.Ops;

internal enum ParameterKind
{
    Tensor,
    Tensors,

    /// <summary>A tensor, or a number that stands for a tensor of that one value.</summary>
    TensorOrReal,
    Labels,
    Integer,
    Integers,
    Real,
    Reals,
    Boolean,
    Text,

    /// <summary>One size for both spatial axes, or (height, width): the runtime's Size2.</summary>
    Size2,

    /// <summary>One size, or three.</summary>
    Size3,

    /// <summary>How a parameter starts: the runtime's Init, or its text.</summary>
    Init,
}

/// <summary>How the attribute of an op takes an argument.</summary>
internal enum AttributeArgument
{
    /// <summary>By the constructor where it is required, otherwise as a property.</summary>
    ByNeed,

    /// <summary>By the constructor, although it may be left out.</summary>
    Positional,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>A parameter of an op, and of its method of <c>Nn</c>.</summary>
/// <param name="About">What it is, as XML documentation: a noun phrase or a clause ("whether there is a bias") without a full stop.</param>
/// <param name="Default">The value of an omitted argument.</param>
/// <param name="Optional">True where the argument may be left out.</param>
internal sealed record OpParameter(string Name, ParameterKind Kind, string About, object? Default = null, bool Optional = false)
{
    private const string AnyAxis = "; the batch axis counts as 0, negative counts from the last";

    /// <summary>What holds where the argument is left out, for the documentation of one whose default C# cannot write.</summary>
    public string? Unless { get; init; }

    /// <summary>The parameter whose value an omitted argument has.</summary>
    public string? SameAs { get; init; }

    public AttributeArgument InAttribute { get; init; }

    /// <summary>What it is where it belongs to the attribute, unless that is the same.</summary>
    public string? AboutInAttribute { get; init; }

    public static OpParameter Tensor(string name, string about = "the input") => new(name, ParameterKind.Tensor, about);

    public static OpParameter OptionalTensor(string name, string about) => new(name, ParameterKind.Tensor, about, null, true);

    public static OpParameter Tensors(string name, string about) => new(name, ParameterKind.Tensors, about);

    public static OpParameter TensorOrReal(string name, string about) => new(name, ParameterKind.TensorOrReal, about);

    public static OpParameter Labels(string name, string about) => new(name, ParameterKind.Labels, about);

    public static OpParameter OptionalLabels(string name, string about) => new(name, ParameterKind.Labels, about, null, true);

    public static OpParameter Integer(string name, string about) => new(name, ParameterKind.Integer, about);

    public static OpParameter Integer(string name, string about, int value) => new(name, ParameterKind.Integer, about, value, true);

    /// <summary>May be left out; <see cref="OpCall.Has"/> tells.</summary>
    public static OpParameter OptionalInteger(string name, string about) => new(name, ParameterKind.Integer, about, null, true);

    /// <summary>An axis of a tensor, as <see cref="OpCall.Axis(string, Graphs.Node)"/> reads it.</summary>
    public static OpParameter Axis(string name, string about) => Integer(name, about + AnyAxis);

    public static OpParameter Axis(string name, string about, int value) => Integer(name, about + AnyAxis, value);

    public static OpParameter Integers(string name, string about) => new(name, ParameterKind.Integers, about);

    public static OpParameter OptionalIntegers(string name, string about) => new(name, ParameterKind.Integers, about, null, true);

    public static OpParameter Real(string name, string about) => new(name, ParameterKind.Real, about);

    public static OpParameter Real(string name, string about, double value) => new(name, ParameterKind.Real, about, value, true);

    public static OpParameter OptionalReal(string name, string about) => new(name, ParameterKind.Real, about, null, true);

    public static OpParameter Reals(string name, string about) => new(name, ParameterKind.Reals, about);

    public static OpParameter OptionalReals(string name, string about) => new(name, ParameterKind.Reals, about, null, true);

    public static OpParameter Text(string name, string about) => new(name, ParameterKind.Text, about);

    public static OpParameter Text(string name, string about, string value) => new(name, ParameterKind.Text, about, value, true);

    public static OpParameter Boolean(string name, string about, bool value) => new(name, ParameterKind.Boolean, about, value, true);

    /// <summary>How a parameter of a layer starts; as PyTorch's unless the argument or <paramref name="unless"/> says otherwise.</summary>
    public static OpParameter OptionalInit(string name, string about, string unless = "<see cref=\"Init.TorchDefault\"/>") =>
        new(name, ParameterKind.Init, about, null, true) { Unless = unless };

    /// <summary>A size for both axes; required where <paramref name="value"/> is null and not optional.</summary>
    public static OpParameter Size2(string name, string about, int? value = null, bool optional = false) => Size(2, name, about, value, optional);

    /// <summary>A size for each of one, two or three spatial axes.</summary>
    public static OpParameter Size(int rank, string name, string about, int? value = null, bool optional = false) =>
        new(name, rank == 1 ? ParameterKind.Integer : rank == 2 ? ParameterKind.Size2 : ParameterKind.Size3, about, value, optional || value is not null)
        {
            Unless = value?.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };

    /// <summary>A size that is another parameter's where it is left out.</summary>
    public static OpParameter SizeLike(string other, int rank, string name, string about) =>
        Size(rank, name, about, optional: true) with { SameAs = other, Unless = "the " + other };

    /// <summary>The same parameter, which the attribute takes by its constructor.</summary>
    public OpParameter Positional() => this with { InAttribute = AttributeArgument.Positional };

    /// <summary>The same parameter, which the attribute does not have.</summary>
    public OpParameter NotInAttribute() => this with { InAttribute = AttributeArgument.None };
}
