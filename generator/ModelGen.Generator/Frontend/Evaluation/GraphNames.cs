using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Gives each value of a graph a name that is a unique identifier: the person's where there is one.</summary>
internal sealed class GraphNames
{
    private readonly GraphBuilder _builder;
    private readonly UniqueNames _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _stems = new();
    private readonly HashSet<int> _results = new();
    private readonly HashSet<int> _named = new();
    private readonly HashSet<int> _firsts = new();

    public GraphNames(GraphBuilder builder) => _builder = builder;

    /// <summary>A name for a leaf.</summary>
    public string Take(string path) => _taken.Take(Identifiers.FromPath(path));

    /// <summary>Names a value after the variable that holds it, unless it has a name.</summary>
    public void Name(TensorValue value, string path)
    {
        var node = _builder[value.Node];
        if (!IsNamed(node)) Rename(node, path);
        value.Text = _builder[value.Node].Name;
    }

    /// <summary>Names a value that nothing has named yet after its call, for a formula that would be too long with the call in it.</summary>
    public void NameByCall(TensorValue value) => Name(value, Stem(_builder[value.Node]));

    /// <summary>Says what the values of a call are called if nothing names them.</summary>
    public void Expect(int call, string stem, IEnumerable<Node> results)
    {
        _stems[call] = stem;
        foreach (var result in results) _results.Add(result.Id);
    }

    /// <summary>Names all that is still without a name.</summary>
    public void Finish()
    {
        for (var id = 0; id < _builder.Count; id++)
            if (!IsNamed(_builder[id]) && _results.Contains(id)) Rename(_builder[id], Stem(_builder[id]));
        for (var id = 0; id < _builder.Count; id++)
            if (!IsNamed(_builder[id])) _builder.Rename(_builder[id], Take(Stem(_builder[id]) + Role(_builder[id])));
    }

    // What an op calls a value is its role among those of the call.
    private bool IsNamed(Node node) => node is LeafNode ? node.Name.Length > 0 : _named.Contains(node.Id);

    // The values on the way to a call's first result are then named after it as well.
    private void Rename(Node node, string path)
    {
        _builder.Rename(node, Take(path));
        if (_firsts.Add(node.Origin.Call)) _stems[node.Origin.Call] = _builder[node.Id].Name;
        _named.Add(node.Id);
    }

    private string Stem(Node node) => _stems.TryGetValue(node.Origin.Call, out var stem) ? stem : "value";

    private static string Role(Node node) => node switch
    {
        { Name.Length: > 0 } => char.ToUpperInvariant(node.Name[0]) + node.Name.Substring(1),
        PreviousNode => "Before",
        ReshapeNode => "View",
        ComputeNode { Combine: Combine.None } => "Part",
        ComputeNode c => c.Combine.ToString(),
        _ => "",
    };
}
