using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Common;

/// <summary>The comment over a kernel call: each value it computes, with the user's name, shape and source; a derivative names the forward step it is
/// of.</summary>
internal sealed class CallText
{
    private readonly Program _program;
    private readonly ValueNames _names;
    private readonly bool _isTangent;

    // The last forward node of each call in the user's source.
    private readonly Dictionary<Origin, int> _forward = new();

    /// <param name="isTangent">True in forward mode, where what follows the forward values are directional derivatives.</param>
    public CallText(Program program, ValueNames names, bool isTangent)
    {
        (_program, _names, _isTangent) = (program, names, isTangent);
        foreach (var node in program.Graph.Nodes.Take(program.Graph.ForwardCount))
            if (node is not (LeafNode or ComputeNode { IsKept: true })) _forward[node.Origin] = node.Id;
    }

    /// <summary>A line for each value that a call computes.</summary>
    public IEnumerable<string> Lines(KernelCall call)
    {
        var graph = _program.Graph;
        foreach (var id in call.Nodes)
        {
            var node = graph[id];
            var text = node.Origin.Text.Length > 0 ? node.Origin.Text : node.Origin.Op;
            var head = $"{Number(id)} {_names[id]} {node.Type}";
            if (id < graph.ForwardCount)
            {
                yield return text.Length == 0 ? head : node is ComputeNode { IsKept: true } ? $"{head}: derivative of {text}, kept" : $"{head} = {text}";
                continue;
            }
            // The step it differentiates.
            var rule = (_isTangent ? "jvp" : "vjp") + (_forward.TryGetValue(node.Origin, out var forward) ? " " + Number(forward) : "");
            yield return text.Length > 0 ? $"{head}: {rule} of {text}" : $"{head}: {(_isTangent ? "forward mode" : "backward")}";
        }
    }

    private static string Number(int id) => "%" + id.ToString(CultureInfo.InvariantCulture);
}
