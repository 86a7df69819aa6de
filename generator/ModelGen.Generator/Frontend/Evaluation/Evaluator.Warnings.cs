using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Frontend.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>What is legal and probably a mistake, known only when the whole graph is built.</summary>
    private void Warn(Graph training)
    {
        var reported = new HashSet<(Site, Site?)>();
        foreach (var layer in _layers.Where(l => l.Calls == 0))
        {
            var name = layer.Path is null ? layer.Op.Name : $"{layer.Op.Name} '{layer.Path}'";
            if (reported.Add((layer.Site, layer.Inner)))
                _findings.Add(new("MG1004", layer.Site, $"{name} is never called; its parameters do not exist", layer.Inner));
        }
        WarnOfStarts(training);
        if (training.Loss < 0) return;
        var used = Reached(training);
        foreach (var layer in _layers)
            foreach (var leaf in layer.Leaves.Values.Where(l => l.Kind == LeafKind.Parameter && !used.Contains(l.Id)).Take(1))
                _findings.Add(new("MG3002", layer.Site, $"The loss does not depend on '{leaf.Path}'; training leaves it as it is", layer.Inner));
    }

    // Nodes that the loss is computed from.
    private static HashSet<int> Reached(Graph graph)
    {
        var reached = new HashSet<int> { graph.Loss };
        for (var id = graph.Loss; id >= 0; id--)
            if (reached.Contains(id)) reached.UnionWith(graph[id].Inputs);
        return reached;
    }
}
