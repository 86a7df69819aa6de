using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>A tensor of its own, trained or not, made by <c>Nn.Parameter</c> or <c>Nn.Buffer</c>. Using the same field twice is weight tying.</summary>
internal sealed class ParameterValue : IPathHolder
{
    public ParameterValue(LeafKind kind, Shape shape, Initialization start, Site site, Site? inner) =>
        (Kind, Shape, Start, Site, Inner) = (kind, shape, start, site, inner);

    /// <summary>A parameter, or a buffer.</summary>
    public LeafKind Kind { get; }

    public Shape Shape { get; }

    public Initialization Start { get; }

    public Site Site { get; }

    public Site? Inner { get; }

    public string? Path { get; set; }

    /// <summary>Its leaf, made at the first use.</summary>
    public TensorValue? Leaf { get; set; }
}
