namespace ModelGen.Generator.Targets;

/// <summary>Sizes from which one form of a kernel takes less time than another. They are heuristics: each says why there is such a size, and the project's
/// benchmarks are how to judge another one.</summary>
internal sealed record CpuCrossovers
{
    /// <summary>Gets the rows that are enough for a micro-kernel of its own kind: axes with fewer are no candidates for rows while there are
    /// others.</summary>
    public int RowsOfATile { get; init; } = 4;

    /// <summary>Gets the columns of a cache block of B that go through the cache together.</summary>
    public int ColumnsOfABlock { get; init; } = 64;

    /// <summary>Gets the columns up to which points of another loop are further columns of a tile: half of the widest.</summary>
    public int ColumnsToExtend { get; init; } = 32;

    /// <summary>Gets the rows up to which a matrix B that differs from point to point is not cut into cache blocks: it is read by two tiles at most.</summary>
    public int RowsOfAnUncutBlock { get; init; } = 8;

    /// <summary>Gets the lanes of which one is idle at least for dot products to be preferred to packing, where their depth allows it.</summary>
    public int LanesOfAnIdleOne { get; init; } = 3;

    /// <summary>Gets the turns of the innermost loop from which its bounds are computed, to leave out what is zero.</summary>
    public int TurnsWithBounds { get; init; } = 2;

    /// <summary>Gets the positions that blocks of k are whole multiples of: what a turn of the innermost loop takes, and what batches are made of.</summary>
    public int StepOfABlock { get; init; } = 8;

    /// <summary>Gets the samples below which a sum over the batch is not cut into blocks.</summary>
    public int PositionsOfASample { get; init; } = 16;

    /// <summary>Gets the depth from which multiplying vectors of k outweighs adding up the lanes of each result, of sixteen lanes too.</summary>
    public int DepthOfDots { get; init; } = 192;

    /// <summary>Gets the columns below which dot products use more lanes than rows of B do.</summary>
    public int ColumnsOfRows { get; init; } = 16;

    /// <summary>Gets the lanes that the share of idle ones is judged by.</summary>
    public int LanesOfFewColumns { get; init; } = 8;

    /// <summary>Gets the results of a tile of dot products, about.</summary>
    public int ResultsOfADotTile { get; init; } = 10;

    /// <summary>Gets the tiles that share a block of samples at least, for a sum over the batch to be cut for the cache.</summary>
    public int TilesOfABlock { get; init; } = 4;

    /// <summary>Gets the rows that are worth a loop around them all where each of its points has another matrix B.</summary>
    public int RowsOfOwnLoops { get; init; } = 64;

    /// <summary>Gets the columns from which a task transposes B for itself.</summary>
    public int ColumnsOfAGather { get; init; } = 16;

    /// <summary>Gets the rows from which a task transposes B for itself.</summary>
    public int RowsOfAGather { get; init; } = 24;

    /// <summary>Gets the depth up to which a task transposes B for itself: the copy stays in the first-level cache.</summary>
    public int DepthOfAGather { get; init; } = 256;

    /// <summary>Gets the cost of a tile beside its sums, in multiply-adds of a step of k: decides between cuts of rows that are as good else.</summary>
    public double CostOfATile { get; init; } = 0.5;

    /// <summary>Gets the depth from which the lines of an epilogue are prefetched: with less, the sums are done before a line has come from memory.</summary>
    public int DepthOfAPrefetch { get; init; } = 48;

    /// <summary>Gets the tiles that share the prefetch of the next panel, each a part of it.</summary>
    public int TilesOfAPrefetch { get; init; } = 4;

    /// <summary>Gets the share of lanes at work from which vectors are faster than numbers.</summary>
    public double ShareOfLanes { get; init; } = 0.25;

    /// <summary>Gets the values read up to which a formula with costly functions is computed for two vectors at a time: with two of each at hand there are
    /// registers left.</summary>
    public int ReadsOfPairs { get; init; } = 4;

    /// <summary>Gets the operations, reads among them, up to which a map of two reads is computed once for each of its readers rather than stored: fewer than
    /// a pass over memory costs.</summary>
    public int OperationsOfACheapMap { get; init; } = 12;

    /// <summary>Gets the stretches of an axis that a map is taken apart into at most, each a kernel of its own.</summary>
    public int PiecesOfAMap { get; init; } = 16;

    /// <summary>Gets the values that a map computes at most: with more, too many of them are alive at once for the registers.</summary>
    public int ValuesOfAMap { get; init; } = 24;

    /// <summary>Gets the rows from which a sum over rows takes several vectors of columns at once.</summary>
    public int RowsOfAStrip { get; init; } = 16;

    /// <summary>Gets the sums over columns at once at most: half of sixteen registers, the others are for what is added.</summary>
    public int SumsOfAStrip { get; init; } = 8;

    /// <summary>Gets the strips of columns that are enough to share out.</summary>
    public int StripsToShare { get; init; } = 4;

    /// <summary>Gets the length from which a row or column is copied as such: shorter ones are moved number by number.</summary>
    public int LengthOfACopy { get; init; } = 4;

    /// <summary>Gets the operations that take as long as a float that is stored and read again: what a transform costs beside the products it
    /// saves.</summary>
    public double OperationsPerFloatMoved { get; init; } = 16;

    /// <summary>Gets the columns of a panel of the matrices of transformed convolutions: a register tile of the widest vectors.</summary>
    public int ColumnsOfATransformedPanel { get; init; } = 64;

    /// <summary>Gets the rows of such a matrix in one block of samples: a filter matrix that comes from far is used that often.</summary>
    public int RowsOfTransformedTiles { get; init; } = 32;

    /// <summary>Gets the tiles that a filter's gradient sums up in one block, so that sums are seldom put away.</summary>
    public int TilesOfAFilterGradient { get; init; } = 128;

    /// <summary>Gets the points along an axis of a transformed tile for filters of three taps: more points save more products and lose more digits.</summary>
    public int PointsOfShortFilters { get; init; } = 6;
}
