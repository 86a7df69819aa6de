using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A number of points: a literal, times the batch size for each of the axes that is the batch.</summary>
internal readonly record struct Extent(long Factor, int BatchPower)
{
    public static Extent Of(IEnumerable<Axis> axes) =>
        axes.Aggregate(new Extent(1, 0), (e, a) => new(e.Factor * a.Factor, e.BatchPower + (a.PerSample ? 1 : 0)));

    public bool IsLiteral => BatchPower == 0;

    public bool IsOne => Factor == 1 && BatchPower == 0;

    /// <summary>The number for a batch.</summary>
    public long At(int batch)
    {
        var value = Factor;
        for (var k = 0; k < BatchPower; k++) value *= batch;
        return value;
    }

    /// <summary>True where groups of a size cover it without a rest, whatever the batch.</summary>
    public bool IsMultipleOf(int size) => Factor % size == 0;
}

/// <summary>The groups along a side of what a kernel computes: as many as cover it, some points each.</summary>
/// <param name="Extent">The side.</param>
/// <param name="Size">Points of a group along it.</param>
internal readonly record struct GroupCount(Extent Extent, int Size)
{
    public bool IsLiteral => Extent.IsLiteral;

    /// <summary>True where one group has all of the side, whatever the batch.</summary>
    public bool IsOne => Extent.IsLiteral && Extent.Factor <= Size;
}
