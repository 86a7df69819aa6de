using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>How a kernel is computed on a GPU: what Halide calls a schedule. It is made once; whoever needs a decision reads it here.</summary>
/// <param name="Kernel">What is computed.</param>
/// <param name="Parameters">What its method takes.</param>
internal abstract record GpuSchedule(Kernel Kernel, GpuParameters Parameters)
{
    /// <summary>Gets the threads of a group.</summary>
    public abstract int Threads { get; }

    /// <summary>Gets the groups that must fit one multiprocessor at a time: bounds the registers of a thread.</summary>
    public abstract int MinGroups { get; }

    /// <summary>Gets the bytes of the arrays that a group shares.</summary>
    public abstract int SharedBytes { get; }

    /// <summary>Gets the groups along each side of what is computed.</summary>
    public abstract IReadOnlyList<GroupCount> Grid { get; }

    /// <summary>Gets the schedule in one line, in the field's terms, as it is printed above the kernel.</summary>
    public string Description => string.Join(", ", Share.Concat(SharedBytes == 0 ? new string[0] : new[] { Text(SharedBytes) + " bytes shared" }));

    /// <summary>Gets whether the number of groups is told by one literal.</summary>
    public bool HasLiteralGrid => Grid.All(g => g.IsLiteral) && Grid.Count(g => !g.IsOne) <= 1;

    /// <summary>Gets how the work is shared out to groups and threads, in parts of a line.</summary>
    protected abstract IEnumerable<string> Share { get; }

    /// <summary>A number in words.</summary>
    protected static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
