namespace ModelGen.Generator.Targets;

/// <summary>Where the .NET JIT compiler stops optimising: it keeps track of 1,024 locals (<c>JitMaxLocalsToTrack</c>), inlines within a budget, and leaves
/// methods of more than 60,000 bytes of IL or 2,000 basic blocks as they are (<c>DEFAULT_MIN_OPTS_CODE_SIZE</c> and <c>DEFAULT_MIN_OPTS_BB_COUNT</c> of the
/// runtime's sources).</summary>
internal sealed record JitLimits
{
    /// <summary>Gets the calls of kernels in one method of a call list.</summary>
    public int CallsOfAMethod { get; init; } = 100;

    /// <summary>Gets the entries of a table in one method that makes it.</summary>
    public int EntriesOfAMethod { get; init; } = 100;

    /// <summary>Gets the operations of one expression: a chain of maps longer than that stays in several kernels.</summary>
    public int OperationsOfAnExpression { get; init; } = 160;

    /// <summary>Gets the statements that follow the sums of a micro-kernel, over all of its vectors.</summary>
    public int StatementsOfAnEpilogue { get; init; } = 500;

    /// <summary>Gets the accumulators of a micro-kernel up to which a costly epilogue is written out for each; with more it is a loop over the
    /// tile.</summary>
    public int SumsWithACostlyEpilogue { get; init; } = 4;

    /// <summary>Gets the multiply-adds that one turn of the innermost loop of a micro-kernel is unrolled to: from there on the loop's branch is lost among
    /// them.</summary>
    public int MultiplyAddsOfATurn { get; init; } = 96;

    /// <summary>Gets the part of <see cref="MultiplyAddsOfATurn"/> that the remainder tiles get: they run seldom.</summary>
    public int PartOfATurnForRemainders { get; init; } = 3;

    /// <summary>Gets the most steps of k that are unrolled at once.</summary>
    public int StepsOfATurn { get; init; } = 8;

    /// <summary>Gets the most steps of a dot product that are unrolled at once.</summary>
    public int StepsOfADot { get; init; } = 4;

    /// <summary>Gets the steps of k up to which the whole loop is written out.</summary>
    public int UnrolledSteps { get; init; } = 8;

    /// <summary>Gets the multiply-adds up to which the whole loop is written out.</summary>
    public int UnrolledMultiplyAdds { get; init; } = 200;

    /// <summary>Gets the vectors of a dot product up to which they are written out.</summary>
    public int UnrolledVectorsOfADot { get; init; } = 4;

    /// <summary>Gets the positions of a window up to which they are written out: a loop over so few costs more than what is done in it.</summary>
    public int UnrolledPositions { get; init; } = 4;

    /// <summary>Gets the partial loads in one method: each becomes some instructions, and only so many are inlined.</summary>
    public int PartialLoads { get; init; } = 6;
}
