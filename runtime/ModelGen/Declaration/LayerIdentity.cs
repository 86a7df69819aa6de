namespace ModelGen;

/// <summary>Identifies the layer that a traced call belongs to: there is one object for each factory call, so that sharing can be seen.</summary>
public sealed class LayerIdentity
{
    internal LayerIdentity(string kind, IReadOnlyDictionary<string, object?> arguments)
    {
        Kind = kind;
        Arguments = arguments;
    }

    /// <summary>Gets the name of the factory: <c>"Conv2d"</c>.</summary>
    public string Kind { get; }

    /// <summary>Gets the factory's arguments by parameter name.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; }

    /// <summary>Returns the kind.</summary>
    public override string ToString() => Kind;
}
