using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Frontend.Evaluation;

internal sealed partial class Evaluator
{
    /// <summary>What is legal and probably a mistake, known only when the whole graph is built.</summary>
    private IReadOnlyList<Finding> Warnings()
    {
        var reported = new HashSet<(Site, Site?)>();
        foreach (var layer in _layers.Where(l => l.Calls == 0))
        {
            var name = layer.Path is null ? layer.Op.Name : $"{layer.Op.Name} '{layer.Path}'";
            if (reported.Add((layer.Site, layer.Inner)))
                _findings.Add(new("MG1004", layer.Site, $"{name} is never called; its parameters do not exist", layer.Inner));
        }
        return _findings;
    }
}
