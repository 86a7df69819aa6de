using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Common;

/// <summary>A unique C# identifier for each node of a graph, from the user's names where there are any.</summary>
internal sealed class ValueNames
{
    // Names the generated code uses itself.
    private static readonly HashSet<string> Reserved = new(Identifiers.Keywords.Concat(Imports.Names))
    {
        "s", "n", "a", "t", CallList.Step, CallList.Done, CallList.Some, "k", "m", "n0", "A", "B", "kEnd", "kFrom", "kTo", "next", "panel", "scratch", "point",
            "rowsFrom", "rowsTo", "columnsFrom", "columnsTo", "lanes", "tile", "first", "last", "row", "args", "sums", "tileSums", "c",
        // GPU kernels: what they call their threads, tiles and parts, and ILGPU's classes.
        "i", "d", "e", "tx", "ty", "part", "thread", "isPoint", "samples", "start", "kFirst", "kLast", "kLength", "length", "column", "Scratch", "batch",
            "seed", "tileA", "tileB", "tileC", "tileA4", "tileB4", "accelerator",
        "group", "shared4", "sums4", "side", "stage", "steps", "turn", "m0", "readA", "readB", "fromA", "fromB", "to", "toC", "rowInTile", "columnInTile",
            "firstFromA", "firstFromB", "nextFromA", "nextFromB", "firstToA", "firstToB", "nextToA", "nextToB",
        "lane", "warpRow", "warpColumn", "rowOfSums", "toA", "toB", "copyTo", "computeFrom",
        "Groups", "CheckBatch", "Address", "UsesTensorCores",
        // What call lists and kernels of the CPU call sizes, memory and operands, and their types.
        "C", "H", "K", "L", "N", "R", "T", "V", "columns", "count", "grain", "memory", "panels", "rows", "team", "weights",
        // Words that begin an expression or a statement of another kind.
        "_", "await", "from", "nameof", "var", "yield",
        // Types and members of the emitted classes; those with numbers see IsLoopName.
        "Arguments", "Compiled", "CompiledInDouble", "Description", "Formulas", "GpuCompiled", "GpuKernels",
    };

    // Members whose names go on with a number.
    private static readonly string[] Members = { "Kernel", "_kernel", "Formula", "Formulas", "Constant", "_constant", "HasAvx" };

    // What the names of loops and intermediate values go on with.
    private static readonly string[] Ends = { "All", "At", "Block", "From", "Is", "Rest", "Start", "Sum", "To", "Wide" };

    private readonly string[] _names;

    public ValueNames(Graph graph)
    {
        _names = new string[graph.Nodes.Count];
        // Where a formula has an axis, its name is the axis'.
        var reserved = new HashSet<string>(Reserved.Concat(graph.Nodes.SelectMany(n => n is ComputeNode c ? c.Axes : n.Shape.Axes).Select(a => a.Name)));
        reserved.Add(AxisNames.Row);
        var taken = new UniqueNames(StringComparer.Ordinal, taken: reserved);
        foreach (var node in graph.Nodes)
        {
            var wanted = Word(node.Name.Length > 0 ? node.Name : node is LeafNode { Path.Length: > 0 } leaf ? leaf.Path : Fallback(graph, node));
            _names[node.Id] = taken.Take(reserved.Contains(wanted) ? wanted + "_" : wanted);
        }
    }

    public string this[int node] => _names[node];

    private static string Word(string text)
    {
        var clean = new string(text.Select(c => char.IsLetterOrDigit(c) ? c : '_').ToArray());
        if (clean.Length == 0) return "_";
        // Conv1_Forward is a kernel, and _conv1_Forward the field of its launcher on a GPU.
        if (clean.IndexOf('_', 1) > 0) clean = clean[0] == '_' ? clean + "_" : Identifiers.Camel(clean);
        if (char.IsDigit(clean[0]) || IsLoopName(clean)) return "_" + clean;
        return Identifiers.Keywords.Contains(clean) || IsPointerName(clean) ? clean + "_" : clean;
    }

    // Of a graph that was built without names.
    private static string Fallback(Graph graph, Node node)
    {
        var label = node.Origin.Label.Length > 0 ? node.Origin.Label : "value";
        return (node.Id >= graph.ForwardCount ? "d" + Identifiers.Pascal(label) : label) + "_" + Purpose.WordOf(node);
    }

    // x__3: a pointer into the value x.
    private static bool IsPointerName(string name)
    {
        var stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return stem.Length < name.Length && stem.EndsWith("__", System.StringComparison.Ordinal);
    }

    // i0, j1, t3_0, r2, v1, c4_1: names of loops and intermediate values in kernels; Kernel3_Linear, _constant0: of kernels and constants.
    private static bool IsLoopName(string name)
    {
        foreach (var end in Ends)
            if (name.EndsWith(end, System.StringComparison.Ordinal) && IsLoopName(name.Substring(0, name.Length - end.Length))) return true;
        var word = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '_');
        var isLocal = word.Length < name.Length && char.IsDigit(name[word.Length])
            && (word.Length == 1 && "ijtrvckmbqeopnadAB".IndexOf(word[0]) >= 0
                || word is "scratch" or "held" or "shared" or "sharedIndex" or "sum" or "starts" or "views" or "at" or "in"
                or "firstA" or "firstB" or "nextA" or "nextB" || word[0] is 'a' or 'b'
                    && word.Substring(1) is "At" or "From" or "In" or "K" or "Last" or "Row" or "Step" or "To");
        return isLocal || Members.Any(m => name.Length > m.Length && name.StartsWith(m, System.StringComparison.Ordinal) && char.IsDigit(name[m.Length]));
    }
}
