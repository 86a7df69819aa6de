namespace ModelGen.Generator.Lowering.Cpu;

/// <summary>The shape of one micro-kernel.</summary>
/// <param name="Rows">Rows, for each group of them.</param>
/// <param name="Columns">Columns, lanes included, for each group of them.</param>
/// <param name="Vectors">Vectors that those columns take.</param>
/// <param name="RowGroups">Points of <see cref="GemmNest.ExtraRows"/>.</param>
/// <param name="ColumnGroups">Points of <see cref="GemmNest.ExtraColumns"/>.</param>
/// <param name="Panels">Panels side by side that the columns lie in.</param>
internal readonly record struct TileForm(int Rows, int Columns, int Vectors, int RowGroups, int ColumnGroups, int Panels = 1)
{
    public int AllRows => Rows * RowGroups;

    public int AllVectors => Vectors * ColumnGroups;

    /// <summary>Gets the accumulators, each a register.</summary>
    public int Sums => AllRows * AllVectors;
}

/// <summary>What a micro-kernel asks for ahead of its use.</summary>
internal enum Prefetch
{
    /// <summary>Nothing: the operand stays in a near cache, or the hardware prefetcher follows it.</summary>
    None,

    /// <summary>A part of the next panel of a packed B that is too large for the second-level cache.</summary>
    NextPanel,

    /// <summary>A part of the next columns of B as it lies.</summary>
    NextColumns,

    /// <summary>A part of the rows of B that the task copies next.</summary>
    NextCopy,
}

/// <summary>How one micro-kernel runs.</summary>
/// <param name="Form">Its shape.</param>
/// <param name="Steps">Steps of k that one turn of the innermost loop is unrolled to.</param>
/// <param name="Prefetch">What it asks for ahead.</param>
/// <param name="PrefetchPerTurn">Cache lines, or rows of columns, that one turn asks for.</param>
/// <param name="HasEpilogueLoop">Whether its sums go through memory to a loop over the tile, because the epilogue has functions of many instructions.</param>
internal sealed record MicroKernel(TileForm Form, int Steps, Prefetch Prefetch, int PrefetchPerTurn, bool HasEpilogueLoop);
