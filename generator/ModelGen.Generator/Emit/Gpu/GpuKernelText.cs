using System.Collections.Generic;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One emitted kernel: how it is launched and its body.</summary>
internal abstract class GpuKernelText
{
    /// <param name="names">What the scope calls the arguments, and what else has a number behind theirs; null for the arguments alone.</param>
    protected GpuKernelText(KernelEntry entry, GpuSchedule schedule, IReadOnlyList<string>? names = null)
    {
        (Entry, Schedule) = (entry, schedule);
        Scope = new GpuScope(entry.Kernel, names ?? entry.Arguments, schedule.Parameters);
    }

    public KernelEntry Entry { get; }

    /// <summary>How it is computed.</summary>
    public GpuSchedule Schedule { get; }

    public GpuScope Scope { get; }

    /// <summary>The number of groups as C# over n.</summary>
    public abstract string Groups { get; }

    /// <summary>Whether the body reads the number of the group.</summary>
    public virtual bool UsesGroup => true;

    /// <summary>One sentence on how the work is shared out.</summary>
    public abstract string Remark { get; }

    /// <summary>Writes the statements of the method.</summary>
    public abstract void Body(CodeWriter writer);

    /// <summary>The text of a kernel that is scheduled like this.</summary>
    public static GpuKernelText Of(KernelEntry entry, GpuSchedule schedule) => schedule switch
    {
        ProductSchedule { Tile: TensorTile tile } product => new TensorContraction(entry, product, tile),
        ProductSchedule { Tile: FloatTile tile } product => new FloatContraction(entry, product, tile),
        StepLoopSchedule steps => new StepLoopKernel(entry, steps),
        _ => new GpuLoopKernel(entry, (GpuLoopSchedule)schedule),
    };
}
