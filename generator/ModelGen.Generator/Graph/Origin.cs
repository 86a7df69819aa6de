using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>Where a node comes from: one call of an op in the user's source. Nodes of one call share it.</summary>
/// <param name="Call">Number of the call, in the order of evaluation.</param>
/// <param name="Op">The op's name, as in Nn.</param>
/// <param name="Path">The layer's path (<c>layer1.0.conv1</c>), or empty for a function.</param>
/// <param name="Text">The call as a formula over named values: <c>relu(conv1(image))</c>.</param>
internal sealed record Origin(int Call, string Op, string Path, string Text)
{
    public static readonly Origin None = new(0, "", "", "");

    private readonly string? _label;

    /// <summary>What the call is called where its result has no name of the person's, and in the names of its kernels: the layer's path, or the op and how
    /// many of its kind there are up to here (<c>relu3</c>).</summary>
    public string Label
    {
        get => _label ?? (Path.Length > 0 ? Path : Identifiers.Camel(Op));
        init => _label = value;
    }
}
