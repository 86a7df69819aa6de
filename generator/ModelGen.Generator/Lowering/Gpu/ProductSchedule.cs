using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>How <c>C[m,n] = epilogue(Σ_k A[m,k]·B[n,k])</c> is computed: a group computes one tile of C, and goes through k in steps whose elements pass
/// through shared memory, some steps at a time in each of its stages.</summary>
/// <param name="Sides">Which factor has the rows, which the columns.</param>
/// <param name="Tile">What a group computes.</param>
/// <param name="A">How the factor with the rows comes to shared memory.</param>
/// <param name="B">How that with the columns does.</param>
internal sealed record ProductSchedule(Kernel Kernel, GpuParameters Parameters, ProductSides Sides, ProductTile Tile, OperandCopy A, OperandCopy B)
    : GpuSchedule(Kernel, Parameters)
{
    /// <inheritdoc/>
    public override int Threads => Tile.Threads;

    /// <inheritdoc/>
    public override int MinGroups => Tile.MinGroups;

    /// <inheritdoc/>
    public override int SharedBytes => sizeof(float) * SharedFloats;

    /// <summary>Gets the floats of shared memory: what the stages take, or the sums on their way out.</summary>
    public int SharedFloats => (Math.Max(Tile.FloatsOfStages(A, B), Tile.RowsOut * Tile.LineOut) + 3) / 4 * 4;

    /// <inheritdoc/>
    public override IReadOnlyList<GroupCount> Grid => new GroupCount[] { new(A.Extent, A.Tile), new(B.Extent, B.Tile), new(Sides.Batches, 1) };

    /// <inheritdoc/>
    protected override IEnumerable<string> Share
    {
        get
        {
            yield return $"{Text(Tile.TileM)}×{Text(Tile.TileN)} tile";
            yield return Tile.Share;
            yield return $"k in {Text(Tile.Stages)} stages of {Text(Tile.Depth)}";
            if (Sides.Parts > 1) yield return $"k split into {Text(Sides.Parts)} parts";
            var inFours = new[] { (Copy: A, Name: "A"), (Copy: B, Name: "B") }.Where(o => o.Copy.IsInFours).Select(o => o.Name).ToList();
            if (inFours.Count > 0) yield return $"16-byte copies of {string.Join(" and ", inFours)}";
            yield return $"{Text(Threads)} threads in a group";
        }
    }

    /// <summary>The FP32 form of a product.</summary>
    /// <param name="based">Arguments that do not start where their view starts.</param>
    public static ProductSchedule Of(GpuTarget target, ProductSides sides, IReadOnlyCollection<int> based) =>
        Of(sides, FloatTile.Choose(target, sides.M, sides.N, sides.Batches, sides.Parts > 1), based);

    /// <summary>The form for tensor cores; null where it does not pay, or a factor cannot be copied 16 bytes at a time.</summary>
    /// <param name="based">Arguments that do not start where their view starts.</param>
    public ProductSchedule? OnTensorCores(IReadOnlyCollection<int> based)
    {
        if (TensorTile.Choose(Tile, Sides.M, Sides.N, Sides.K, Sides.Batches, Sides.Parts > 1) is not { } tile) return null;
        var tensor = Of(Sides, tile, based);
        return tensor.A.IsInFours && tensor.B.IsInFours ? tensor : null;
    }

    /// <summary>Groups of each part, where k is cut into parts, at a typical batch size.</summary>
    public static long GroupsOfAPart(GpuTarget target, ProductSides sides) =>
        FloatTile.Choose(target, sides.M, sides.N, sides.Batches, isSplit: true).Groups(sides.M, sides.N, sides.Batches);

    private static ProductSchedule Of(ProductSides sides, ProductTile tile, IReadOnlyCollection<int> based)
    {
        OperandCopy a = new(sides.Loop, sides.A, sides.Rows, tile, isA: true, based), b = new(sides.Loop, sides.B, sides.Columns, tile, isA: false, based);
        var kernel = sides.Loop.Kernel;
        var addressed = tile is TensorTile ? new[] { a.Access.Argument, b.Access.Argument }.Distinct().ToEquatableArray() : EquatableArray<int>.Empty;
        // A batch of products is counted last; what it is split into may be divided by the batch.
        var countsByBatch = !sides.M.IsLiteral || !sides.N.IsLiteral || sides.Batch.Skip(1).Any(j => sides.Loop.Outer[j].PerSample);
        return new(kernel, GpuParameters.Of(kernel, based, sides.Loop.Stages, countsByBatch, addressed), sides, tile, a, b);
    }
}
