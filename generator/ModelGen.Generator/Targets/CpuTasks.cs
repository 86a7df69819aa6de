namespace ModelGen.Generator.Targets;

/// <summary>What makes a task: enough work that handing it to another thread costs little, and tasks enough for an even share. The number of tasks follows
/// from the sizes alone, so results have the same bits on any number of threads.</summary>
internal sealed record CpuTasks
{
    /// <summary>Gets the floating-point operations of a product's task: some 5 µs at 80 GFLOP/s.</summary>
    public int FlopsOfAProduct { get; init; } = 400_000;

    /// <summary>Gets the scalar operations of a task of any other kernel, or of a transform: some microseconds.</summary>
    public int OperationsOfALoop { get; init; } = 60_000;

    /// <summary>Gets the floating-point operations for each byte of B that a task reads anew from memory: 64 keep a core of 80 GFLOP/s busy at 1.3
    /// GB/s.</summary>
    public int FlopsPerByteRead { get; init; } = 64;

    /// <summary>Gets the rows that do as much with each element of B that a task reads: two operations a row, four bytes an element.</summary>
    public int RowsPerElementRead => FlopsPerByteRead * sizeof(float) / 2;

    /// <summary>Gets the parts of the columns that make tasks enough by themselves: half of <see cref="Enough"/>.</summary>
    public int EnoughColumnParts => Enough / 2;

    /// <summary>Gets the tasks that share out evenly among a few threads: with 16, four threads wait for a sixteenth of the work at most.</summary>
    public int Enough { get; init; } = 16;

    /// <summary>Gets the tasks that are enough where each reads all of an operand from memory.</summary>
    public int Few { get; init; } = 4;

    /// <summary>Gets the tiles of rows that a task has at least, so that a panel of B is used more than once.</summary>
    public int TilesOfRows { get; init; } = 8;

    /// <summary>Gets the tiles of rows below which a task's size is not cut down for the cache.</summary>
    public int LeastTilesOfRows { get; init; } = 4;

    /// <summary>Gets the columns of a task of a product at least: one wide panel.</summary>
    public int Columns { get; init; } = 64;

    /// <summary>Gets the tiles of columns that a task has at least where it copies its part of B.</summary>
    public int TilesOfACopy { get; init; } = 2;

    /// <summary>Gets the rows that share such a copy at least.</summary>
    public int RowsOfACopy { get; init; } = 512;

    /// <summary>Gets the floats of such a copy at most: it lies on the stack.</summary>
    public int FloatsOfACopy { get; init; } = 16 * 1024;

    /// <summary>Gets the tiles of rows that a task has at least where it copies rows of B that lie far apart.</summary>
    public int TilesThatShareACopy { get; init; } = 4;

    /// <summary>Gets the columns of a task of a scatter: a write to a column is a line at least, and no two tasks share one.</summary>
    public int ColumnsOfAScatter { get; init; } = 64;

    /// <summary>Gets the points of a task from which it is a whole number of four vectors of the widest kind.</summary>
    public int WholeStrips { get; init; } = 64;

    /// <summary>Gets the most rows of a task where their number is known at run time only: rows stay 32-bit numbers.</summary>
    public int MostRows { get; init; } = 1 << 20;

    /// <summary>Gets the most points of a task of a transform where their number is known at run time only.</summary>
    public int MostPoints { get; init; } = 1 << 16;
}
