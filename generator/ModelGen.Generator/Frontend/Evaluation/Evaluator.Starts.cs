using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Ops;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <content>Whether a layer's chosen initialiser fits what the layer feeds. Defaults are never questioned.</content>
internal sealed partial class Evaluator
{
    private void WarnOfStarts(Graph training)
    {
        var consumers = new Dictionary<int, List<Node>>();
        foreach (var node in training.Nodes)
            foreach (var input in node.Inputs)
                (consumers.TryGetValue(input, out var known) ? known : consumers[input] = new()).Add(node);
        var ofCall = training.Nodes.Where(n => n is not LeafNode).ToLookup(n => n.Origin.Call);
        var reported = new HashSet<(Diagnostics.Site, Diagnostics.Site?)>();
        foreach (var layer in _layers)
        {
            if (!layer.Arguments.TryGetValue("init", out var given) || given is not StartRule start) continue;
            if (StartMismatch(training, ofCall, layer, start, consumers) is not { } why || !reported.Add((layer.Site, layer.Inner))) continue;
            var name = string.IsNullOrEmpty(layer.Path) || IsPosition(layer.Path!) ? layer.Op.Name : $"{layer.Op.Name} '{layer.Path}'";
            _findings.Add(new("MG2106", layer.Site, $"{name} starts with {start.Kind}, {why}", layer.Inner));
        }
    }

    private static string? StartMismatch(Graph graph, ILookup<int, Node> ofCall, LayerValue layer, StartRule start, Dictionary<int, List<Node>> consumers)
    {
        var weights = layer.Leaves.Values.Where(l => l.Kind == LeafKind.Parameter && l.Shape.Rank > 1).ToList();
        var calls = new HashSet<int>(weights.SelectMany(w => consumers.TryGetValue(w.Id, out var readers) ? readers : new()).Select(n => n.Origin.Call));
        var own = calls.SelectMany(c => ofCall[c]).OrderBy(n => n.Id).ToList();
        // A table whose rows are looked up or added has no units that could be copies of each other.
        if (!own.Any(n => n is ComputeNode { Combine: Combine.Sum })) return null;

        var fed = Fed(own, consumers);
        var activations = fed.Select(n => OpCatalog.Find(n.Origin.Op)).OfType<Op>().Where(o => o.Activation != ActivationKind.None).ToList();
        if (start.IsConstant)
        {
            // Zeros before an addition are a branch that starts closed, which is done on purpose.
            if (activations.Count == 0 && (fed.Count == 0 || fed.All(n => n.Origin.Op == "Add") || !HasTrainedBefore(graph, own, layer))) return null;
            return "so all its weights are equal: its units start as copies of each other"
                + (start.Kind == "Zeros" ? ", and no gradient reaches what lies before it" : "")
                + "; draw them, for example with "
                    + $"Init.{(activations.Any(a => a.Activation == ActivationKind.Saturating) ? "XavierUniform" : "KaimingUniform")}";
        }
        var distribution = start.Kind.EndsWith("Normal", System.StringComparison.Ordinal) ? "Normal" : "Uniform";
        // A gain of one's own is a decision.
        if (start.IsXavier && start.Value == 1 && activations.FirstOrDefault(a => a.Activation == ActivationKind.Rectifier) is { } rectifier)
            return $"which keeps the variance of values that pass unchanged, but feeds {rectifier.Name}, which loses about half of it; use "
                + $"Init.Kaiming{distribution}";
        if (start.IsKaiming && start.Value == StartRule.Apply(null, start.Kind).Value
            && activations.FirstOrDefault(a => a.Activation == ActivationKind.Saturating) is { } saturating)
            return $"whose gain of √2 makes up for what a ReLU cuts off, but feeds {saturating.Name}, which cuts off nothing and is driven towards its "
                + $"limits; use Init.Xavier{distribution}";
        return null;
    }

    // The first nodes of other calls that read the results, looking through calls that keep the scale.
    private static List<Node> Fed(IEnumerable<Node> results, Dictionary<int, List<Node>> consumers)
    {
        var fed = new List<Node>();
        var seen = new HashSet<int>();
        var pending = new Queue<Node>(results);
        while (pending.Count > 0)
        {
            var node = pending.Dequeue();
            if (!seen.Add(node.Id) || !consumers.TryGetValue(node.Id, out var readers)) continue;
            foreach (var reader in readers)
                if (reader.Origin.Call == node.Origin.Call || OpCatalog.Find(reader.Origin.Op) is { KeepsScale: true }) pending.Enqueue(reader);
                else fed.Add(reader);
        }
        return fed;
    }

    private static bool HasTrainedBefore(Graph graph, IReadOnlyList<Node> own, LayerValue layer)
    {
        var mine = new HashSet<int>(layer.Leaves.Values.Select(l => l.Id));
        var reached = new HashSet<int>(own.SelectMany(n => n.Inputs).Where(i => !mine.Contains(i)));
        for (var id = reached.DefaultIfEmpty(-1).Max(); id >= 0; id--)
        {
            if (!reached.Contains(id)) continue;
            if (graph[id] is LeafNode { Kind: LeafKind.Parameter }) return true;
            reached.UnionWith(graph[id].Inputs.Where(i => !mine.Contains(i)));
        }
        return false;
    }
}
