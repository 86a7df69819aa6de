using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Programs;

/// <summary>A parameter or buffer in its flat array.</summary>
internal sealed record LayoutEntry(LeafNode Leaf, int Offset)
{
    public int Length => Leaf.Shape.Length.Factor;
}

/// <summary>Where parameters and buffers lie, common to all programs of a model.</summary>
internal sealed class ModelLayout
{
    private readonly Dictionary<EquatableArray<double>, int> _constants = new();
    private readonly Dictionary<(LeafKind, string), int> _offsets = new();

    public ModelLayout(IEnumerable<LeafNode> leaves)
    {
        var parameters = new List<LayoutEntry>();
        var buffers = new List<LayoutEntry>();
        foreach (var leaf in leaves)
        {
            var list = leaf.Kind == LeafKind.Parameter ? parameters : leaf.Kind == LeafKind.Buffer ? buffers : null;
            if (list is null || _offsets.ContainsKey((leaf.Kind, leaf.Path))) continue;
            list.Add(new(leaf, End(list)));
            _offsets.Add((leaf.Kind, leaf.Path), list[list.Count - 1].Offset);
        }
        (Parameters, Buffers) = (parameters, buffers);
        ParameterFloats = End(parameters);
        BufferFloats = End(buffers);
    }

    public IReadOnlyList<LayoutEntry> Parameters { get; }

    public IReadOnlyList<LayoutEntry> Buffers { get; }

    public int ParameterFloats { get; }

    public int BufferFloats { get; }

    public int OffsetOf(LeafNode leaf) => _offsets[(leaf.Kind == LeafKind.Buffer ? LeafKind.Buffer : LeafKind.Parameter, leaf.Path)];

    /// <summary>The number of a constant: one for each distinct content, common to all programs of the model.</summary>
    public int NumberOf(LeafNode constant)
    {
        if (!_constants.TryGetValue(constant.Data, out var number)) _constants.Add(constant.Data, number = _constants.Count);
        return number;
    }

    public static long Align(long floats) => Lengths.Aligned(floats);

    private static int End(List<LayoutEntry> list) => list.Count == 0 ? 0 : (int)Align((long)list[list.Count - 1].Offset + list[list.Count - 1].Length);
}
