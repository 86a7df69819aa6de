using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>A trained tensor of its own, made by <c>Nn.Parameter</c>. Using the same field twice is weight tying.</summary>
internal sealed class ParameterValue : IPathHolder
{
    public ParameterValue(Shape shape, Initialization start, Site site, Site? inner) => (Shape, Start, Site, Inner) = (shape, start, site, inner);

    public Shape Shape { get; }

    public Initialization Start { get; }

    public Site Site { get; }

    public Site? Inner { get; }

    public string? Path { get; set; }

    /// <summary>Its leaf, made at the first use.</summary>
    public TensorValue? Leaf { get; set; }
}
