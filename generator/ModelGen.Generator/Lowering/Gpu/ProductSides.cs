using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A contraction as a product: which factor has the rows and which the columns, and which of the outer variables number them.</summary>
/// <param name="Loop">The kernel.</param>
/// <param name="A">The factor with the rows.</param>
/// <param name="B">The factor with the columns.</param>
/// <param name="Rows">Variables of the rows.</param>
/// <param name="Columns">Variables of the columns.</param>
/// <param name="Batch">Variables that number whole products.</param>
/// <param name="Parts">Parts of k, numbered by the first outer axis; 1 where k is whole.</param>
internal sealed record ProductSides(LoopKernel Loop, Expr.Load A, Expr.Load B, IReadOnlyList<int> Rows, IReadOnlyList<int> Columns, IReadOnlyList<int> Batch,
    int Parts)
{
    public Extent M => Size(Rows);

    public Extent N => Size(Columns);

    public Extent K => Extent.Of(Loop.Stages[0].Inner);

    public Extent Batches => Size(Batch);

    /// <summary>The sides of a kernel; null for one that is no product.</summary>
    /// <param name="isSplit">True where the first outer axis numbers parts of k (see <see cref="SplitKernel"/>).</param>
    public static ProductSides? Of(Kernel kernel, bool isSplit)
    {
        if (!kernel.IsContraction) return null;
        var loop = LoopKernel.Of(kernel);
        var product = loop.Stages[0];
        // A sum over nothing but axes of size 1 is a map; a product with a single row or column (a depthwise convolution) reuses nothing.
        if (product.Inner.Count == 0) return null;
        var (first, second) = Contraction.Factors(product.Stage.Expression)!.Value;
        Access a = product.Reads[first], b = product.Reads[second];
        List<int> rows = Only(loop, a, b), columns = Only(loop, b, a);
        if (rows.Count == 0 || columns.Count == 0) return null;
        var outer = Enumerable.Range(0, loop.Outer.Count).ToList();
        var batch = outer.Skip(loop.StepAxes).Except(rows).Except(columns).ToList();
        // The columns are the side along which results lie together.
        var contiguous = outer.Where(j => loop.Stages.Any(s => s.Store is { } store && store.Strides[j] == 1)).DefaultIfEmpty(-1).Last();
        if (rows.Contains(contiguous)) (first, second, rows, columns) = (second, first, columns, rows);
        // The rows in such an order that neighbours lie together in the factor, for the sums leave by columns.
        rows = rows.OrderBy(j => product.Reads[first].Strides[j] == 1).ToList();
        return new(loop, first, second, rows, columns, batch, isSplit ? kernel.Outer[0].Factor : 1);
    }

    private Extent Size(IEnumerable<int> variables) => Extent.Of(variables.Select(j => Loop.Outer[j]));

    // The outer variables that number the rows of one factor; the step is one for the whole launch.
    private static List<int> Only(LoopKernel loop, Access own, Access other) =>
        Enumerable.Range(loop.StepAxes, loop.Outer.Count - loop.StepAxes).Where(j => DependsOn(own, j) && !DependsOn(other, j)).ToList();

    private static bool DependsOn(Access access, int variable) => access.Strides[variable] != 0 || !access.IsPlainAlong(variable);
}
