using System;
using System.Collections.Generic;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One emitted kernel: how it is launched and its body.</summary>
internal abstract class GpuKernelText
{
    /// <param name="names">What the scope calls the arguments, and what else has a number behind theirs; null for the arguments alone.</param>
    protected GpuKernelText(KernelEntry entry, IReadOnlyCollection<int> based, IReadOnlyList<string>? names = null)
    {
        Entry = entry;
        Scope = new GpuScope(entry.Kernel, names ?? entry.Arguments, based);
    }

    public KernelEntry Entry { get; }

    public GpuScope Scope { get; }

    /// <summary>Threads of a group.</summary>
    public abstract int Threads { get; }

    /// <summary>Groups that must fit one multiprocessor at a time: bounds the registers of a thread.</summary>
    public abstract int MinGroups { get; }

    /// <summary>The number of groups as C# over n.</summary>
    public abstract string Groups { get; }

    /// <summary>Bytes of the arrays that a group shares.</summary>
    public abstract int SharedBytes { get; }

    /// <summary>Whether the body reads the number of the group.</summary>
    public virtual bool UsesGroup => true;

    /// <summary>One sentence on how the work is shared out.</summary>
    public abstract string Remark { get; }

    /// <summary>Arguments of which the method also takes the address, a number: none but for inline PTX.</summary>
    public virtual IReadOnlyList<int> Addressed => Array.Empty<int>();

    /// <summary>Writes the statements of the method.</summary>
    public abstract void Body(CodeWriter writer);
}
