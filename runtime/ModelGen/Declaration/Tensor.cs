using System.Collections.ObjectModel;

namespace ModelGen;

/// <summary>
/// Represents a symbolic tensor of a declaration. It holds no numbers: the compiler reads <c>Forward</c> as source, and running <c>Forward</c> on symbolic
/// tensors records the same graph, node by node.
/// </summary>
public sealed partial class Tensor
{
    private static readonly IReadOnlyDictionary<string, object?> s_noArguments =
        new ReadOnlyDictionary<string, object?>(new Dictionary<string, object?>(0));

    private static readonly AsyncLocal<ITraceShapes?> s_shapeSource = new();

    private Tensor(string op, LayerIdentity? layer, IReadOnlyList<Tensor> inputs, IReadOnlyDictionary<string, object?> arguments)
    {
        Op = op;
        Layer = layer;
        Inputs = inputs;
        Arguments = arguments;
    }

    /// <summary>Gets or sets what answers <see cref="Shape"/> in this flow of execution; null while nothing does.</summary>
    public static ITraceShapes? ShapeSource
    {
        get => s_shapeSource.Value;
        set => s_shapeSource.Value = value;
    }

    /// <summary>Gets the name of the op or layer that made this tensor: <c>"Add"</c>, <c>"MaxPool2d"</c>, <c>"Input"</c>.</summary>
    public string Op { get; }

    /// <summary>Gets the layer whose call made this tensor, the same object for each call of one field; null for plain functions.</summary>
    public LayerIdentity? Layer { get; }

    /// <summary>Gets the operands, in the order of the function's parameters.</summary>
    public IReadOnlyList<Tensor> Inputs { get; }

    /// <summary>Gets the constant arguments by parameter name; the layer's own for a layer call.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; }

    /// <summary>Gets the sizes of all axes; the batch axis comes first and is −1. In a declaration it is a compile-time constant.</summary>
    /// <exception cref="InvalidOperationException">No <see cref="ShapeSource"/> is set: shapes are computed by the compiler.</exception>
    public int[] Shape => (ShapeSource ?? throw new InvalidOperationException(
        "Shapes are computed by the compiler: a Tensor of a declaration holds no sizes when the declaration is run as plain code. " +
        $"To trace one, set {nameof(Tensor)}.{nameof(ShapeSource)} first.")).ShapeOf(this);

    /// <summary>Gets a part of the tensor: for each of the first axes a range, or a position, which takes the axis away. The first is that of the batch axis,
    /// <c>..</c>.</summary>
    /// <param name="indices">Positions and ranges: <c>x[.., ^1]</c>, <c>x[.., 2..5, ..]</c>.</param>
    public Tensor this[params TensorIndex[] indices]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(indices);
            return Record("Part", null, [this], ("indices", indices));
        }
    }

    /// <summary>Creates the symbolic tensor of one input of a model.</summary>
    /// <param name="name">The name of the parameter of <c>Forward</c> or <c>Loss</c>.</param>
    /// <param name="shape">The sizes without the batch axis.</param>
    public static Tensor Input(string name, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        return Record("Input", null, [], ("name", name), ("shape", shape));
    }

    /// <summary>Adds one call to the trace.</summary>
    /// <param name="op">The name of the function.</param>
    /// <param name="layer">The layer called, or null.</param>
    /// <param name="inputs">The operands.</param>
    /// <param name="arguments">The constant arguments by parameter name.</param>
    /// <returns>The result of the call as a symbolic tensor.</returns>
    public static Tensor Record(
        string op, LayerIdentity? layer, IReadOnlyList<Tensor> inputs, params (string Name, object? Value)[] arguments)
    {
        ArgumentNullException.ThrowIfNull(op);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(arguments);
        for (var i = 0; i < inputs.Count; i++)
            ArgumentNullException.ThrowIfNull(inputs[i], $"{nameof(inputs)}[{i}]");
        return new Tensor(op, layer, inputs, layer is null ? ByName(arguments) : layer.Arguments);
    }

    internal static IReadOnlyDictionary<string, object?> ByName((string Name, object? Value)[] arguments)
    {
        if (arguments.Length == 0)
            return s_noArguments;
        var byName = new Dictionary<string, object?>(arguments.Length, StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
            byName.Add(name, value);
        return new ReadOnlyDictionary<string, object?>(byName);
    }

    /// <summary>Returns the call as text: <c>Add(Relu, Input)</c>.</summary>
    public override string ToString() => $"{Op}({string.Join(", ", Inputs.Select(input => input.Op))})";
}
