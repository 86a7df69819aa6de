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
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _stems = new();
    private readonly HashSet<int> _results = new();

    public GraphNames(GraphBuilder builder) => _builder = builder;

    /// <summary>A name for a leaf.</summary>
    public string Take(string path) => Identifiers.Unique(Identifiers.FromPath(path), _taken);

    /// <summary>Names a value after the variable that holds it, unless it has a name.</summary>
    public void Name(TensorValue value, string path)
    {
        var node = _builder[value.Node];
        if (node.Name.Length == 0)
        {
            _builder.Rename(node, Take(path));
            // The values on the way to it are then named after it as well.
            _stems[node.Origin.Call] = _builder[value.Node].Name;
        }
        value.Text = _builder[value.Node].Name;
    }

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
            if (_builder[id].Name.Length == 0 && _results.Contains(id))
            {
                var name = Take(Stem(_builder[id]));
                _builder.Rename(_builder[id], name);
                _stems[_builder[id].Origin.Call] = name;
            }
        for (var id = 0; id < _builder.Count; id++)
            if (_builder[id].Name.Length == 0) _builder.Rename(_builder[id], Take(Stem(_builder[id]) + Role(_builder[id])));
    }

    private string Stem(Node node) => _stems.TryGetValue(node.Origin.Call, out var stem) ? stem : "value";

    private static string Role(Node node) => node switch
    {
        ReshapeNode => "View",
        ComputeNode { Combine: Combine.None } => "Part",
        ComputeNode c => c.Combine.ToString(),
        _ => "",
    };
}
