namespace ModelGen.Generator.Targets;

/// <summary>Caches as kernels see them, in floats of four bytes. Sizes are the smallest that servers and desktops since Skylake and Zen have: 32 KB of
/// first-level data cache and 256 KB of second-level cache for each core. The shares are heuristics, to be judged by the products and convolutions of the
/// benchmarks.</summary>
internal sealed record CpuCaches
{
    /// <summary>Gets the floats in a cache line: 64 bytes.</summary>
    public int LineFloats { get; init; } = 16;

    /// <summary>Gets the floats of two neighbouring lines, which the second-level cache fetches together (the adjacent-line prefetcher).</summary>
    public int PairOfLinesFloats { get; init; } = 32;

    /// <summary>Gets the floats that the first-level cache holds: 32 KB. A block of B of that size is read from it while each step of k takes a line of A as
    /// well, and a matrix up to that size needs no packing.</summary>
    public int L1Floats { get; init; } = 8 * 1024;

    /// <summary>Gets the floats of a block of B, kc·nr: four fifths of 256 KB, the rest is for A and C.</summary>
    public int L2BlockFloats { get; init; } = 52 * 1024;

    /// <summary>Gets the floats of A that the rows of one task take of the second-level cache: three quarters of 256 KB.</summary>
    public int L2RowsFloats { get; init; } = 48 * 1024;

    /// <summary>Gets the floats that stay in the second-level cache while another operand streams past: 256 KB. Panels of a larger matrix are asked for ahead
    /// (software prefetch).</summary>
    public int L2Floats { get; init; } = 64 * 1024;

    /// <summary>Gets the floats that the larger second-level caches hold: 512 KB. Transformed filters up to that size stay there; a tensor of that size at
    /// the usual batch is seldom in a near cache when a kernel begins.</summary>
    public int LargeL2Floats { get; init; } = 128 * 1024;

    /// <summary>Gets the distance of rows from which they share few sets of a cache, and many pages: 512 bytes, an eighth of a page.</summary>
    public int FarApartFloats { get; init; } = 128;
}
