using System;
using System.Collections.Generic;
using System.Globalization;
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
    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);

    public GraphNames(GraphBuilder builder) => _builder = builder;

    /// <summary>A name for a leaf.</summary>
    public string Take(string path) => _taken.Take(Identifiers.FromPath(path));

    /// <summary>Names a value after the variable that holds it, unless it has a name.</summary>
    /// <param name="isOnlyValue">False for a variable that holds other values before or after: the value then is called by what computes it.</param>
    public void Name(TensorValue value, string path, bool isOnlyValue = true)
    {
        var node = _builder[value.Node];
        if (!IsNamed(node)) Rename(node, isOnlyValue ? path : Stem(node));
        value.Text = _builder[value.Node].Name;
    }

    /// <summary>Names a value that nothing has named yet after its call, for a formula that would be too long with the call in it.</summary>
    public void NameByCall(TensorValue value) => Name(value, "", isOnlyValue: false);

    /// <summary>What the next call of an op that is no layer is called: by how many there are of its kind.</summary>
    public string Label(string kind)
    {
        _kinds[kind] = _kinds.TryGetValue(kind, out var count) ? count + 1 : 1;
        return kind + _kinds[kind].ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Says what the values of a call are called if nothing names them.</summary>
    public void Expect(Origin call, IEnumerable<Node> results)
    {
        _stems[call.Call] = call.Label;
        foreach (var result in results) _results.Add(result.Id);
    }

    /// <summary>Names all that is still without a name.</summary>
    public void Finish()
    {
        for (var id = 0; id < _builder.Count; id++)
            if (!IsNamed(_builder[id]) && _results.Contains(id)) Rename(_builder[id], Stem(_builder[id]));
        for (var id = 0; id < _builder.Count; id++)
            if (!IsNamed(_builder[id])) _builder.Rename(_builder[id], Take(Whole(_builder[id]) + "_" + Purpose.WordOf(_builder[id])));
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

    // A view is one of what it shows; everything else is a step to the result of its call.
    private string Whole(Node node) => node is ReshapeNode view && _builder[view.Source].Name is { Length: > 0 } source ? source : Stem(node);

    private string Stem(Node node) => _stems.TryGetValue(node.Origin.Call, out var stem) ? stem : "value";

}
