using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>How a kernel that only moves data is computed: rows copied with a border around them, or a change of layout, plane by plane.</summary>
/// <param name="Row">The variable along which the store is contiguous.</param>
/// <param name="Column">The variable along which the read is contiguous, where that is another one; else -1.</param>
internal sealed record CopyForm(int Row, int Column)
{
    /// <summary>Gets a value indicating whether planes are transposed.</summary>
    public bool IsTransposed => Column >= 0;

    /// <summary>Null where a kernel does more than move data, or the data do not lie in rows.</summary>
    public static CopyForm? Of(CpuFamily family, LoopKernel loop) => !IsCopy(loop) ? null : Transposed(family, loop) ?? Bordered(family, loop);

    private static CopyForm? Transposed(CpuFamily family, LoopKernel loop)
    {
        var stage = loop.Stages[0];
        Access read = stage.Reads[(Expr.Load)stage.Stage.Expression], store = stage.Store!;
        var axes = Enumerable.Range(0, loop.Outer.Count)
            .Where(j => !loop.Outer[j].PerSample && loop.Outer[j].Factor >= family.Crossovers.LengthOfACopy).ToList();
        int Contiguous(Access along, Access across) => axes.Where(j => along.Strides[j] == 1 && across.Strides[j] > 1).DefaultIfEmpty(-1).Last();
        int row = Contiguous(store, read), column = Contiguous(read, store);
        // Tasks are ranges of the first axis: where it is one of the plane's, nothing of it may be outside.
        return row >= 0 && column >= 0 && !(System.Math.Min(row, column) == 0 && read.Guards.Any(g => g.Index.DependsOn(0))) ? new(row, column) : null;
    }

    private static CopyForm? Bordered(CpuFamily family, LoopKernel loop)
    {
        var stage = loop.Stages[0];
        Access read = stage.Reads[(Expr.Load)stage.Stage.Expression], store = stage.Store!;
        var last = loop.Outer.Count - 1;
        return read.Guards.Count > 0 && !loop.Outer[last].PerSample && read.Strides[last] == 1 && store.Strides[last] == 1
            && loop.Outer[last].Factor >= family.Crossovers.LengthOfACopy
            ? new(last, -1) : null;
    }

    // One store of one read; each guard looks at one variable.
    private static bool IsCopy(LoopKernel loop) => !loop.Kernel.IsStepped && loop.Stages.Count == 1 && loop.Outer.Count > 0
        && loop.Stages[0].Stage is StoreStage { Inner.Count: 0, Value: Expr.Load load }
        && loop.Stages[0].Reads[load] is { Special.Count: 0 } read && loop.Stages[0].Store is { Special.Count: 0, Guards.Count: 0 }
        && loop.Kernel.Arguments[read.Argument].Element == ElementType.F32
        && read.Guards.All(g => !g.Size.PerSample && g.Index is { Divisor: 1, Lookup: null } && g.Index.Coefficients.Count(c => c != 0) == 1
            && g.Index.Coefficients.All(c => c is 0 or 1));
}
