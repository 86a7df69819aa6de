using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;

namespace ModelGen.Generator.Emit.Common;

/// <summary>Formulas of compute nodes in words a reader knows: <c>h[i,j] = max(sum over k of x[i,k] * w[j,k], 0)</c>.</summary>
internal static class KernelText
{
    private static readonly string[] OutputLetters = { "i", "j", "k", "l", "m", "o", "p", "q" };
    private static readonly string[] ReducedLetters = { "r", "s", "t", "u", "v", "w" };

    public static string Of(Graph graph, Node value, ValueNames names)
    {
        if (value is PreviousNode p) return $"{names[p.Id]} = {(p.Initial < 0 ? "0" : names[p.Initial])} at the first step";
        var node = (ComputeNode)value;
        string Letter(int j) => j < node.OutputRank ? OutputLetters[j % OutputLetters.Length] : ReducedLetters[(j - node.OutputRank) % ReducedLetters.Length];
        var left = names[node.Id] + (node.OutputRank == 0 ? "" : "[" + string.Join(", ", Enumerable.Range(0, node.OutputRank).Select(Letter)) + "]");
        var right = ExprPrinter.Print(node.Body, n => names[n], Letter);
        if (node.Combine == Combine.None) return $"{left} = {right}";
        var over = string.Join(", ", Enumerable.Range(node.OutputRank, node.Reduced.Count).Select(j => $"{Letter(j)}<{node.Axes[j]}"));
        return $"{left} = {node.Combine.ToString().ToLowerInvariant()}({over}) of {right}";
    }
}
