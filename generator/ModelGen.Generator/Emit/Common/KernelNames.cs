using System.Collections.Generic;
using System.Linq;
using System.Text;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Common;

/// <summary>What kernels are called: <c>Conv1_Forward_Relu</c>, <c>Fc2_GradInput_Relu</c>, <c>Pool2_ToNchw</c>.</summary>
/// <remarks>The name begins with the layer or op of the first value that a call computes and with what that value is for. What else is computed is appended:
/// for the same op what it is for, for another the op.</remarks>
internal sealed class KernelNames
{
    // A name is a word, not a list: what follows further says that there is more.
    private const int MostAppended = 3;
    private const int LongestLabel = 40;
    private const string Forward = "Forward";

    private readonly Graph _graph;
    private readonly Dictionary<string, Node> _byName = new();

    // The last value of each call that the forward part computes.
    private readonly Dictionary<int, int> _results = new();
    private readonly Dictionary<int, HashSet<int>> _operands = new();

    public KernelNames(Graph graph)
    {
        _graph = graph;
        foreach (var node in graph.Nodes.Where(n => n is LeafNode || n.Id < graph.ForwardCount))
        {
            if (node.Name.Length > 0 && !_byName.ContainsKey(node.Name)) _byName[node.Name] = node;
            if (node is LeafNode or ComputeNode { IsKept: true } || IsCopy(node)) continue;
            _results[node.Origin.Call] = node.Id;
            if (!_operands.TryGetValue(node.Origin.Call, out var operands)) _operands[node.Origin.Call] = operands = new();
            operands.UnionWith(node.Inputs.Where(i => graph[i] is not LeafNode { Kind: not LeafKind.Input } && graph[i].Origin.Call != node.Origin.Call));
        }
    }

    /// <summary>The name of the kernel of a call; those of others may be the same.</summary>
    public string this[KernelCall call]
    {
        get
        {
            var nodes = call.Nodes.Select(n => _graph[n]).ToList();
            // What is computed inside of a value comes before it.
            var parts = nodes.SelectMany(n => Inlined(n).Append(n)).ToList();
            var first = parts[0];
            var words = new List<string> { Label(first) + "_" + Of(first, nodes) };
            var appended = parts.Skip(1).Select(n => n.Origin.Call == first.Origin.Call ? Of(n, nodes) : Identifiers.Pascal(n.Origin.Op))
                .Where(w => w.Length > 0).Distinct().Except(new[] { Of(first, nodes), Forward }).ToList();
            words.AddRange(appended.Take(MostAppended));
            if (appended.Count > MostAppended) words.Add("More");
            return string.Join("_", words);
        }
    }

    // What a value is for, in a kernel that computes these.
    private string Of(Node node, IReadOnlyList<Node> computed)
    {
        switch (node.Purpose.Role)
        {
            case Role.Cotangent or Role.Gradient: return "Grad" + By(node);
            case Role.Tangent: return "Tangent";
            case Role.PaddedCopy: return OfSource(node) + "Pad";
            case Role.LayoutCopy: return OfSource(node) + "To" + Identifiers.Pascal(Purpose.LayoutOf(node.Shape));
            case Role.Copy or Role.Tiles: return OfSource(node) + Words(node.Purpose.Word);
            case Role.Argmax: return "Argmax";
        }
        if (node is ComputeNode { IsKept: true }) return "Derivative";
        // A loss is the sum of what it is of each row.
        if (node.Purpose is { Role: Role.LossPart, Word: var part }) return part == "sum" ? "Sum" : Forward;
        // Parts of a call are named only where its result is made elsewhere.
        return !_results.TryGetValue(node.Origin.Call, out var result) || computed.Any(n => n.Id == result) || node.Purpose.Word.Length == 0 ? Forward
            : Words(computed.Last(n => n.Origin.Call == node.Origin.Call && n.Purpose.Role == node.Purpose.Role).Purpose.Word);
    }

    private static IEnumerable<Node> Inlined(Node node) =>
        node is ComputeNode c ? c.Inlined.Select(i => node with { Purpose = i.Purpose, Origin = i.Origin }) : Enumerable.Empty<Node>();

    // What a copy is a copy of, where it is no value of the forward part.
    private string OfSource(Node copy) => Source(copy) switch
    {
        { Purpose.Role: Role.Gradient } gradient => "Grad" + By(gradient) + "_",
        { Purpose.Role: Role.Cotangent } => "Grad_",
        _ => "",
    };

    // What a derivative is taken by: a parameter, the operand, one of several, or a value on the way.
    private string By(Node derivative)
    {
        if (!_byName.TryGetValue(derivative.Purpose.Of, out var of)) return "Input";
        if (of is LeafNode { Kind: LeafKind.Parameter } parameter) return Words(parameter.Path.Substring(parameter.Path.LastIndexOf('.') + 1));
        if (of.Origin.Call == derivative.Origin.Call && of is not LeafNode) return Words(Purpose.WordOf(of));
        return _operands.TryGetValue(derivative.Origin.Call, out var operands) && operands.Count > 1 ? Words(of.Name) : "Input";
    }

    private string Label(Node node)
    {
        var of = IsCopy(node) ? Source(node) : node;
        // A copy of a derivative belongs to what that is taken by.
        var label = IsCopy(node) && of.Purpose is { Role: Role.Cotangent, Of: var value } ? _byName.TryGetValue(value, out var by) ? LabelOf(by) : value
            : LabelOf(of);
        var parts = label.Split('.', '_').Select(Word).Where(p => p.Length > 0).ToList();
        // Of a long path the end tells most.
        while (parts.Count > 1 && parts.Sum(p => p.Length + 1) > LongestLabel) parts.RemoveAt(0);
        var text = string.Join("_", parts);
        if (text.Length > LongestLabel) text = text.Substring(0, LongestLabel);
        return text.Length == 0 ? "Value" : char.IsLetter(text[0]) ? text : "Layer" + text;
    }

    private static string LabelOf(Node node) => node is LeafNode || node.Origin.Label.Length == 0 ? node.Name : node.Origin.Label;

    // What is copied, through copies of it and views without a purpose of their own.
    private Node Source(Node copy)
    {
        while (IsCopy(copy) && copy is ComputeNode { Body: var body } && body.Reads.Count > 0)
        {
            var read = _graph[body.Reads[0]];
            copy = read.Purpose.Role is Role.Cotangent or Role.Gradient ? read : _graph[_graph.Source(read.Id)];
        }
        return copy;
    }

    private static bool IsCopy(Node node) => node.Purpose.Role is Role.PaddedCopy or Role.LayoutCopy or Role.Copy or Role.Tiles;

    private static string Words(string text) => string.Concat(text.Split('_', '.').Select(Word));

    private static string Word(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) word.Append(word.Length == 0 ? char.ToUpperInvariant(c) : c);
        return word.ToString();
    }
}
