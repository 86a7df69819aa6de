using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit;

/// <summary>The comment over a kernel call: each value it computes, with the user's name, shape and source; a derivative names the forward step it is of.</summary>
internal static class CallText
{
    /// <param name="isTangent">True in forward mode, where what follows the forward values are directional derivatives.</param>
    public static IEnumerable<string> Lines(Program program, KernelCall call, ValueNames names, bool isTangent)
    {
        var graph = program.Graph;
        foreach (var id in call.Nodes)
        {
            var node = graph[id];
            var text = node.Origin.Text.Length > 0 ? node.Origin.Text : node.Origin.Op;
            var head = $"{Number(id)} {names[id]} {node.Type}";
            if (id < graph.ForwardCount)
            {
                yield return text.Length == 0 ? head : node is ComputeNode { IsKept: true } ? $"{head}: derivative of {text}, kept" : $"{head} = {text}";
                continue;
            }
            // The step it differentiates: the last forward node of the same call in the user's source.
            var forward = graph.Nodes.Take(graph.ForwardCount).LastOrDefault(n => n is not (LeafNode or ComputeNode { IsKept: true }) && n.Origin == node.Origin);
            var rule = (isTangent ? "jvp" : "vjp") + (forward is null ? "" : " " + Number(forward.Id));
            yield return text.Length > 0 ? $"{head}: {rule} of {text}" : $"{head}: {(isTangent ? "forward mode" : "backward")}";
        }
    }

    private static string Number(int id) => "%" + id.ToString(CultureInfo.InvariantCulture);
}
