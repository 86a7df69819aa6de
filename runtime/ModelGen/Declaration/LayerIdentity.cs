namespace ModelGen;

/// <summary>Says which layer a traced call belongs to: one object for each factory call, so that sharing can be seen.</summary>
public sealed class LayerIdentity
{
    internal LayerIdentity(string kind, IReadOnlyDictionary<string, object?> arguments)
    {
        Kind = kind;
        Arguments = arguments;
    }

    /// <summary>The name of the factory: <c>"Conv2d"</c>.</summary>
    public string Kind { get; }

    /// <summary>The factory's arguments by parameter name.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; }

    /// <summary>Writes the kind.</summary>
    public override string ToString() => Kind;
}
