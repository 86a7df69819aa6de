using System.Collections.Generic;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>A layer: an op with its constants and its own parameters. Calling it twice uses the same parameters.</summary>
internal sealed class LayerValue : IPathHolder
{
    public LayerValue(Op op, Dictionary<string, object?> arguments, Site site, Site? inner) => (Op, Arguments, Site, Inner) = (op, arguments, site, inner);

    public Op Op { get; }

    public Dictionary<string, object?> Arguments { get; }

    /// <summary>Where it is made, as seen from the model.</summary>
    public Site Site { get; }

    /// <summary>Where inside a module it is made.</summary>
    public Site? Inner { get; }

    public string? Path { get; set; }

    /// <summary>Parameters and buffers by their name within the layer.</summary>
    public Dictionary<string, LeafNode> Leaves { get; } = new();

    public int Calls { get; set; }
}
