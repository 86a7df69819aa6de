using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The memory behind an argument: from <c>PerSample·N + Fixed</c>, and as long.</summary>
/// <param name="Space">The region, with the number of an input or constant; scratch areas are below 0.</param>
internal readonly record struct MemoryRange(int Space, int Index, long PerSample, long Fixed, long LengthPerSample, long Length)
{
    public static MemoryRange Of(Program program, int node)
    {
        // Of a part the whole is passed.
        var owner = program.Storage.IsPart(node) ? program.Storage.Owner(node) : node;
        var place = program.Places[owner];
        var whole = program.Storage[node].Whole.Length;
        var space = (int)place.Region;
        // Several outputs lie row by row, one beside the other.
        if (place.Region is Region.Output or Region.Loss or Region.Input or Region.Constant) return new(space, place.Region is Region.Output or Region.Loss ? 0
            : place.Index, 0, 0, 1, 1);
        return new(space, 0, place.PerSample, place.Fixed - program.Storage[owner].Start, whole.PerSample ? whole.Factor : 0, whole.PerSample ? 0
            : whole.Factor);
    }

    public static MemoryRange OfScratch(int area, long start, long length) => new(-1 - area, 0, 0, start, 0, length);

    /// <summary>False where the two lie apart, whatever the batch.</summary>
    public bool Overlaps(MemoryRange other) => Space == other.Space && Index == other.Index && !Precedes(other) && !other.Precedes(this);

    private bool Precedes(MemoryRange other) => PerSample + LengthPerSample <= other.PerSample && Fixed + Length <= other.Fixed;
}
