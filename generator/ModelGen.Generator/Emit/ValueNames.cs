using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit;

/// <summary>A unique C# identifier for each node of a graph, from the user's names where there are any.</summary>
internal sealed class ValueNames
{
    // Names the generated code uses itself.
    private static readonly HashSet<string> Reserved = new(Identifiers.Keywords.Concat(Identifiers.UsedTypes))
    {
        "s", "n", "a", "t", CallList.Step, CallList.Done, CallList.Some, "k", "m", "n0", "A", "B", "kEnd", "kFrom", "kTo", "next", "panel", "scratch", "point", "rowsFrom", "rowsTo", "columnsFrom", "columnsTo", "lanes", "tile", "first", "last", "row", "args", "sums", "tileSums", "c",
        // GPU kernels: what they call their threads, tiles and parts, and ILGPU's classes.
        "i", "d", "e", "tx", "ty", "part", "thread", "isPoint", "kFirst", "kLast", "kLength", "length", "column", "Scratch", "batch", "seed", "tileA", "tileB", "tileC", "tileA4", "tileB4", "accelerator",
        "Grid", "Group", "Groups", "CheckBatch", "GpuMath", "XMath", "IntrinsicMath", "Utilities", "SharedMemory", "Float4",
    };

    private readonly string[] _names;

    public ValueNames(Graph graph)
    {
        _names = new string[graph.Nodes.Count];
        var taken = new HashSet<string>(Reserved);
        foreach (var node in graph.Nodes)
        {
            var wanted = Identifier(node.Name.Length > 0 ? node.Name : node is LeafNode { Path.Length: > 0 } leaf ? leaf.Path : Fallback(graph, node));
            if (IsLoopName(wanted)) wanted = "_" + wanted;
            var name = wanted;
            for (var k = 2; !taken.Add(name); k++) name = wanted + "_" + k.ToString(CultureInfo.InvariantCulture);
            _names[node.Id] = name;
        }
    }

    public string this[int node] => _names[node];

    public static string Identifier(string text)
    {
        var clean = new string(text.Select(c => char.IsLetterOrDigit(c) ? c : '_').ToArray());
        return clean.Length == 0 || char.IsDigit(clean[0]) ? "_" + clean : clean;
    }

    private static string Fallback(Graph graph, Node node)
    {
        var op = node.Origin.Op.Length > 0 ? char.ToLowerInvariant(node.Origin.Op[0]) + node.Origin.Op.Substring(1) : "value";
        return node.Id >= graph.ForwardCount ? op + "Backward" : op;
    }

    // i0, j1, t3_0, r2, v1, c4_1: names of loops and intermediate values in kernels.
    private static bool IsLoopName(string name)
    {
        var word = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '_');
        return word.Length < name.Length && char.IsDigit(name[word.Length]) && (word.Length == 1 && "ijtrvckmbqeopnadAB".IndexOf(word[0]) >= 0 || word is "scratch" or "shared" or "sharedIndex" or "sum" or "views" or "aAt" or "bAt" or "at" or "in");
    }
}
