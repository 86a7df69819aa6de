using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Emit.Common;

/// <summary>The comment over a kernel call: its number, what it is in the person's words, and the formula of each value it computes. A step of the backward
/// part names the one that it differentiates.</summary>
internal sealed class CallText
{
    private readonly Program _program;
    private readonly ValueNames _names;
    private readonly bool _isTangent;
    private readonly Derivatives _derivatives;
    private readonly Dictionary<KernelCall, int> _numbers = new();
    private readonly Dictionary<string, int> _byName = new();

    /// <param name="isTangent">True in forward mode, where what follows the forward values are directional derivatives.</param>
    public CallText(Program program, ValueNames names, bool isTangent)
    {
        (_program, _names, _isTangent, _derivatives) = (program, names, isTangent, new(program));
        for (var c = 0; c < program.Calls.Count; c++) _numbers[program.Calls[c]] = c;
        foreach (var node in program.Graph.Nodes)
            if (!_byName.ContainsKey(node.Name)) _byName[node.Name] = node.Id;
    }

    /// <summary>The number of a call and a sentence, then a line for each value that it computes.</summary>
    public IEnumerable<string> Lines(KernelCall call) =>
        KernelText.Of(_program.Graph, call, _names).Prepend($"{Number(_numbers[call])}. {Sentence(call)}");

    /// <summary>What a call is: as the person wrote it, or which steps it differentiates.</summary>
    public string Sentence(KernelCall call)
    {
        var nodes = call.Nodes.Select(n => _program.Graph[n]).ToList();
        var forward = nodes.LastOrDefault(n => n.Id < _program.Graph.ForwardCount);
        var parts = new List<string>();
        if (forward is not null) parts.Add(Forward(forward));
        var derivatives = _derivatives.Of(call);
        if (derivatives.Count > 0)
            parts.Add((_isTangent ? "Directional derivative" : "Backward") + string.Join(", and", derivatives.Select(d =>
                $" of step {Number(d.Call)} with respect to {string.Join(" and ", d.By.Select(Named))}")));
        else if (forward is null) parts.Add(Forward(nodes[0]));
        return string.Join("; ", parts);
    }

    private string Forward(Node node) => node.Purpose.Role switch
    {
        Role.PaddedCopy => $"{Named(node.Purpose.Of)} with a border",
        Role.LayoutCopy => $"{Named(node.Purpose.Of)} in another layout",
        Role.Tiles => $"{Named(node.Purpose.Of)}: {node.Purpose.Word}",
        _ when node is ComputeNode { IsKept: true } => $"Derivative of {Text(node)}, kept",
        _ => Text(node),
    };

    private string Text(Node node) => node.Origin.Text.Length > 0 ? node.Origin.Text : node.Origin.Op.Length > 0 ? node.Origin.Op : _names[node.Id];

    // As the value is called here, where it is still one.
    private string Named(string value) => _byName.TryGetValue(value, out var node) ? _names[node] : value;

    private static string Number(int call) => (call + 1).ToString(CultureInfo.InvariantCulture);
}
