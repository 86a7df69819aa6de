using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Passes;

/// <summary>Nodes that one kernel computes, while kernels are being formed.</summary>
internal sealed class KernelGroup
{
    /// <param name="isClosed">True where only epilogues may join: the kernel has a form of its own.</param>
    /// <param name="recurrence">The recurrence it is a step of, or -1.</param>
    public KernelGroup(EquatableArray<Axis> outer, bool isClosed, int recurrence) => (Outer, IsClosed, Recurrence) = (outer, isClosed, recurrence);

    public EquatableArray<Axis> Outer { get; }

    public bool IsClosed { get; }

    public int Recurrence { get; }

    public List<ComputeNode> Members { get; } = new();

    /// <summary>For each member, which of its variables are the outer ones, in the order of <see cref="Outer"/>.</summary>
    public Dictionary<int, int[]> OuterVariables { get; } = new();

    public int Last => Members[Members.Count - 1].Id;

    /// <summary>True where every member is one number for each point.</summary>
    public bool IsMap => !IsClosed
        && Members.All(m => m.Combine == Combine.None && m.OutputRank == Outer.Count && OuterVariables[m.Id].SequenceEqual(Enumerable.Range(0, Outer.Count)));

    /// <summary>True where a node reads each member of the group that it reads at the point of the outer axes that its own element belongs to: there, and only
    /// there,
    /// the member's value is at hand. Axes of equal length are no proof of that: one may be read as the other.</summary>
    /// <param name="outer">Which variables of the node are the group's outer axes.</param>
    public bool IsReadAtPointBy(ComputeNode node, int[] outer) =>
        node.Body.Loads().All(l => !OuterVariables.TryGetValue(l.Node, out var axes) || IsAt(l, axes, outer));

    /// <summary>True where a load's index along each of some axes is the variable given for it.</summary>
    public static bool IsAt(Expr.Load load, int[] axes, int[] variables)
    {
        for (var k = 0; k < axes.Length; k++)
            if (load.Index[axes[k]].AsVariable() != variables[k]) return false;
        return true;
    }

    public void Add(ComputeNode node, int[] outer)
    {
        Members.Add(node);
        OuterVariables[node.Id] = outer;
    }

    /// <summary>True where the members of both groups could be computed point by point together: none reads another one elsewhere.</summary>
    public bool IsAtPointsOf(KernelGroup other) => other.Members.All(m => IsReadAtPointBy(m, other.OuterVariables[m.Id]))
        && Members.All(m => other.IsReadAtPointBy(m, OuterVariables[m.Id]));

    /// <summary>Takes the members of another group over.</summary>
    public void Absorb(KernelGroup other)
    {
        foreach (var member in other.Members) Add(member, other.OuterVariables[member.Id]);
        Members.Sort((a, b) => a.Id.CompareTo(b.Id));
    }
}
