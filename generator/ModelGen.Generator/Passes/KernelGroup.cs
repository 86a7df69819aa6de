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
    public bool IsMap => !IsClosed && Members.All(m => m.Combine == Combine.None && m.OutputRank == Outer.Count && OuterVariables[m.Id].SequenceEqual(Enumerable.Range(0, Outer.Count)));

    public void Add(ComputeNode node, int[] outer)
    {
        Members.Add(node);
        OuterVariables[node.Id] = outer;
    }

    /// <summary>Takes the members of another group over.</summary>
    public void Absorb(KernelGroup other)
    {
        foreach (var member in other.Members) Add(member, other.OuterVariables[member.Id]);
        Members.Sort((a, b) => a.Id.CompareTo(b.Id));
    }
}
