using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Common;

/// <summary>Formulas of what kernels compute: <c>conv_sum[n, o, y, x] = Σ(c&lt;6, ky&lt;5, kx&lt;5) image[n, c, y + ky, x + kx]·conv_weight[o, c, ky, kx]</c>.
/// Axes of size 1 are left out.</summary>
internal static class KernelText
{
    /// <summary>A value by itself, its axes by their own names.</summary>
    public static string Of(Graph graph, Node value, ValueNames names) => value switch
    {
        PreviousNode p => $"{names[p.Id]} = {(p.Initial < 0 ? "0" : names[p.Initial])} at the first step",
        ComputeNode c => Of(graph, c, names, AxisNames.Distinct(c.Axes)),
        _ => $"{names[value.Id]} = {GraphPrinter.Formula(graph, value)}",
    };

    /// <summary>The values that a call computes, in order; where they share axes, these have one name in all of them.</summary>
    public static IEnumerable<string> Of(Graph graph, KernelCall call, ValueNames names) =>
        call.Nodes.Select((id, k) => graph[id] is ComputeNode c ? Of(graph, c, names, Variables(c, call, k)) : Of(graph, graph[id], names));

    private static string Of(Graph graph, ComputeNode node, ValueNames names, IReadOnlyList<string> variables) =>
        GraphPrinter.Indexed(names[node.Id], node, variables) + " = " + GraphPrinter.Formula(graph, node, i => names[i], variables);

    // The outer axes as the kernel calls them, then the node's own.
    private static string[] Variables(ComputeNode node, KernelCall call, int number)
    {
        if (number >= call.OuterVariables.Count) return AxisNames.Distinct(node.Axes);
        var outer = call.OuterVariables[number];
        var shared = AxisNames.Distinct(call.Kernel.Outer);
        var variables = new string[node.Axes.Count];
        for (var k = 0; k < outer.Count; k++) variables[outer[k]] = shared[k];
        var own = Enumerable.Range(0, variables.Length).Where(j => variables[j] is null).ToList();
        var names = AxisNames.Distinct(own.Select(j => node.Axes[j]).ToList(), shared);
        for (var k = 0; k < own.Count; k++) variables[own[k]] = names[k];
        return variables;
    }
}
