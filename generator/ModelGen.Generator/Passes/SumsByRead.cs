using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>The kernels with reductions, by what these read and over which axes: where one more that reads the same data could be computed in the same
/// loops.</summary>
internal sealed class SumsByRead
{
    private readonly Dictionary<(Expr.Load, EquatableArray<Axis>), List<KernelGroup>> _groups = new();
    private readonly Dictionary<KernelGroup, int> _number = new();

    /// <summary>Notes that a group has a node; one that is no reduction does not count.</summary>
    public void Add(ComputeNode node, KernelGroup group)
    {
        if (node.Combine == Combine.None) return;
        if (!_number.ContainsKey(group)) _number[group] = _number.Count;
        foreach (var load in node.Body.Loads())
        {
            if (!_groups.TryGetValue((load, node.Reduced), out var groups)) _groups[(load, node.Reduced)] = groups = new();
            if (groups.Count == 0 || groups[groups.Count - 1] != group) groups.Add(group);
        }
    }

    /// <summary>The groups that have a reduction over the same axes as a node that reads something the node reads too, the latest first.</summary>
    public IEnumerable<KernelGroup> Beside(ComputeNode node) => node.Body.Loads()
        .SelectMany(load => _groups.TryGetValue((load, node.Reduced), out var groups) ? groups : Enumerable.Empty<KernelGroup>()).Distinct()
            .OrderByDescending(g => _number[g]);
}
