namespace ModelGen;

/// <summary>
/// Provides what a declaration is made of: layers (factories that return a <see cref="Layer"/>), functions and losses. It is meant for <c>using static
/// ModelGen.Nn;</c>. Names and defaults are PyTorch's.
/// </summary>
/// <remarks>
/// Each call records itself in the trace (<see cref="Tensor"/>); the compiler reads the same calls from the source. The methods of ops stand in the
/// other parts, which are written from the compiler's catalogue.
/// </remarks>
public static partial class Nn
{
    /// <summary>Creates <paramref name="count"/> blocks by calling <paramref name="make"/> with 0, 1, 2, ….</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes the element of an index.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static T[] Repeat<T>(int count, Func<int, T> make)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(make);
        var made = new T[count];
        for (var i = 0; i < count; i++)
            made[i] = make(i);
        return made;
    }

    /// <summary>Gets a value indicating whether the training graph is built: a constant at compile time, true there and false in the graph that
    /// predicts.</summary>
    /// <remarks><c>if (Training)</c> gives auxiliary heads, noise, or what a prediction leaves out. A declaration that is run as plain code is not
    /// trained.</remarks>
    public static bool Training => false;

    /// <summary>Creates a layer that calls layers one after the other. Their parameters are named by their positions, as PyTorch's:
    /// <c>features.0.weight</c>.</summary>
    /// <param name="layers">Layers, functions such as <c>Relu</c>, and what creates a function: <c>MaxPool2d(2)</c>.</param>
    public static Layer Sequential(params Layer[] layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        return x => layers.Aggregate(x, (y, layer) => layer(y));
    }

    private static Layer Declare(string kind, params (string Name, object? Value)[] arguments)
    {
        var identity = new LayerIdentity(kind, Tensor.ByName(arguments));
        return x => Tensor.Record(kind, identity, [x]);
    }

    private static EmbeddingLayer DeclareEmbedding(string kind, params (string Name, object? Value)[] arguments)
    {
        var identity = new LayerIdentity(kind, Tensor.ByName(arguments));
        return x => Tensor.Record(kind, identity, [x.Node]);
    }

    private static RecurrentLayer DeclareRecurrent(string kind, params (string Name, object? Value)[] arguments)
    {
        var identity = new LayerIdentity(kind, Tensor.ByName(arguments));
        return (x, h0) =>
        {
            var results = Results(identity, 2, x, h0);
            return (results[0], results[1]);
        };
    }

    private static LstmLayer DeclareLstm(string kind, params (string Name, object? Value)[] arguments)
    {
        var identity = new LayerIdentity(kind, Tensor.ByName(arguments));
        return (x, h0, c0) =>
        {
            var results = Results(identity, 3, x, h0, c0);
            return (results[0], results[1], results[2]);
        };
    }

    private static AttentionLayer DeclareAttention(string kind, params (string Name, object? Value)[] arguments)
    {
        var identity = new LayerIdentity(kind, Tensor.ByName(arguments));
        return (x, memory, value, keyPaddingMask, attnMask) =>
        {
            var results = Results(identity, 2, x, memory, value, keyPaddingMask, attnMask);
            return (results[0], results[1]);
        };
    }

    private static Tensor[] Results(LayerIdentity layer, int count, params Tensor?[] operands) =>
        Results(Tensor.Record(layer.Kind, layer, [.. operands.OfType<Tensor>()]), count);

    private static (Tensor First, Tensor Second) Pair(Tensor call) => Results(call, 2) is [var first, var second] ? (first, second) : default;

    // A call with several results is one node of the trace; each result is a node "Result" of it with its number.
    private static Tensor[] Results(Tensor call, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Tensor.Record("Result", null, [call], ("index", i)))];
}
