using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>How a <see cref="Scatter"/> sum is computed for one vector width: tasks are ranges of columns, so every element is added up in the order of the
/// terms, whatever the number of threads.</summary>
/// <param name="Loop">The loops.</param>
/// <param name="Row">The variable of the row that an index names.</param>
/// <param name="Columns">The variable of the columns.</param>
/// <param name="Chunk">Columns of a task.</param>
internal sealed record ScatterSchedule(CpuTarget Target, LoopKernel Loop, int Row, int Columns, int Chunk) : CpuSchedule(Target)
{
    /// <inheritdoc/>
    public override string Description => $"scatter, {(Target.IsPlain ? "column by column" : "vectorised over columns")}, {Count(Chunk, "column")} in a task";

    /// <summary>The schedules of all widths that fill a vector, and that of numbers; null where the kernel is no such sum, or its columns do not lie in
    /// rows.</summary>
    public static IReadOnlyList<ScatterSchedule>? Of(CpuFamily family, Kernel kernel)
    {
        if (kernel.IsStepped || kernel.Stages.Count != 2 || kernel.Stages[0] is not ReduceStage { Combine: Combine.Sum }
            || kernel.Stages[1] is not StoreStage { Value: Expr.Local }) return null;
        // One row for all columns: an index of its own for each column names a row for each.
        if (Scatter.Row(kernel.Stages[0].Expression, kernel.Outer.Count) < 0) return null;
        var loop = LoopKernel.Of(kernel);
        var (sum, store) = (loop.Stages[0], loop.Stages[1].Store!);
        if (Scatter.Parts(sum.Stage.Expression) is not var (_, position, _)) return null;
        var row = sum.Reindex(position).AsVariable();
        var columns = loop.Outer.Count - 1;
        if (row < 0 || row == columns || loop.Outer.Any(a => a.PerSample) || store.Strides[columns] != 1) return null;
        if (sum.Reads.Values.Any(a => !a.IsPlainAlong(columns) || a.Strides[columns] is not (0 or 1))) return null;
        return family.Targets.Where(t => t.IsPlain || loop.Outer[columns].Factor >= t.Lanes)
            .Select(t => new ScatterSchedule(t, loop, row, columns, family.Tasks.ColumnsOfAScatter)).ToList();
    }
}
