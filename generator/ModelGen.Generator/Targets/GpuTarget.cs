using ModelGen.Generator.Support;

namespace ModelGen.Generator.Targets;

/// <summary>The device that GPU kernels are shaped for. They compute the same on any other; what is decided by these numbers is how long they take.</summary>
/// <remarks>Threads, warps and shared memory are those of compute capability 8.0 and 9.0 (CUDA C++ programming guide, technical specifications). Latencies,
/// bandwidths and everything that says when one form gains over another are estimates: no kernel has been timed on a device yet.</remarks>
/// <param name="Multiprocessors">Streaming multiprocessors.</param>
internal sealed record GpuTarget(int Multiprocessors)
{
    /// <summary>H100 and H200.</summary>
    public static readonly GpuTarget Large = new(132);

    /// <summary>Gets the threads of a group: eight warps, of which two groups with 128 registers a thread fill a multiprocessor.</summary>
    public int GroupThreads { get; init; } = 256;

    /// <summary>Gets the threads of a warp.</summary>
    public int WarpThreads { get; init; } = 32;

    /// <summary>Gets the threads that a group may have.</summary>
    public int MostGroupThreads { get; init; } = 1024;

    /// <summary>Gets the rows of a warp's threads in a product; its columns follow from <see cref="WarpThreads"/>. 4×8 threads read the fewest elements for
    /// their sums.</summary>
    public int LaneRows { get; init; } = 4;

    /// <summary>Gets the sides that a product's tile may have.</summary>
    public EquatableArray<int> Tiles { get; init; } = EquatableArray.Of(128, 64, 32, 16);

    /// <summary>Gets the longest side of a tile, with a quarter of it the other way, for results that are as narrow: as many sums a thread as
    /// 128×128.</summary>
    public int LongestTile { get; init; } = 256;

    /// <summary>Gets the steps of k in shared memory at a time where a thread has many sums; twice as many else. More would make the unrolled body longer than
    /// 512 multiply-adds.</summary>
    public int StepDepth { get; init; } = 8;

    /// <summary>Gets the sums of a thread up to which twice as many steps of k are in shared memory.</summary>
    public int SumsOfADeepStep { get; init; } = 32;

    /// <summary>Gets the instructions for borders and counters in a step of a product, counted in its text.</summary>
    public int InstructionsOfAStep { get; init; } = 40;

    /// <summary>Gets the sides that the tile of a product on tensor cores may have.</summary>
    public EquatableArray<int> TensorTiles { get; init; } = EquatableArray.Of(128, 64);

    /// <summary>Gets the steps of k in shared memory at a time on tensor cores: rows of 64 bytes.</summary>
    public int TensorStepDepth { get; init; } = 16;

    /// <summary>Gets the stages in shared memory: the copies of all but one are under way.</summary>
    public int TensorStages { get; init; } = 3;

    /// <summary>Gets the warps of a group along each side of a tile on tensor cores.</summary>
    public int TensorWarps { get; init; } = 2;

    /// <summary>Gets the rows that four registers of a warp hold over 8 of k: <c>ldmatrix.x4</c>, <c>mma.m16n8k8</c>.</summary>
    public int TensorFragmentRows { get; init; } = 16;

    /// <summary>Gets the bytes that one <c>cp.async.cg</c> copies.</summary>
    public int CopyBytes { get; init; } = 16;

    /// <summary>Gets the bytes of shared memory that a group may have without asking the driver for more, which ILGPU does not.</summary>
    public int SharedBytes { get; init; } = 48 * 1024;

    /// <summary>Gets the multiply-adds that a multiprocessor begins in a cycle.</summary>
    public int MultiplyAddsPerCycle { get; init; } = 128;

    /// <summary>Gets the multiply-adds in a cycle that a loop gets done whose operands come from a cache: half of what it can begin, estimated.</summary>
    public double SustainedMultiplyAddsPerCycle { get; init; } = 64;

    /// <summary>Gets the bytes that a multiprocessor reads from shared memory in a cycle, or copies to it.</summary>
    public double SharedBytesPerCycle { get; init; } = 128;

    /// <summary>Gets the bytes of the first-level cache that keep what is read again and again.</summary>
    public double L1Bytes { get; init; } = 128 * 1024;

    /// <summary>Gets the bytes that a multiprocessor reads from its first-level cache in a cycle.</summary>
    public double L1BytesPerCycle { get; init; } = 128;

    /// <summary>Gets the bytes that one multiprocessor reads from the second-level cache in a cycle.</summary>
    public double L2BytesPerCycle { get; init; } = 64;

    /// <summary>Gets the bytes that all multiprocessors together read from the second-level cache in a cycle.</summary>
    public double L2BytesPerCycleOfAll { get; init; } = 3200;

    /// <summary>Gets the cycles until an element of the second-level cache is there.</summary>
    public double L2Latency { get; init; } = 300;

    /// <summary>Gets the cycles until an element of memory is there.</summary>
    public double MemoryLatency { get; init; } = 600;

    /// <summary>Gets the cycles that a barrier of a group takes.</summary>
    public double BarrierCycles { get; init; } = 40;

    /// <summary>Gets the cycles of a microsecond: 1.7 GHz.</summary>
    public double CyclesPerMicrosecond { get; init; } = 1700;

    /// <summary>Gets the microseconds from one launch to the next on the same stream.</summary>
    public double LaunchMicroseconds { get; init; } = 2.5;

    /// <summary>Gets the batch that sizes are weighed for; any other is computed as rightly.</summary>
    public int TypicalBatch { get; init; } = 128;

    /// <summary>Gets the groups that keep the device busy: some four on each multiprocessor.</summary>
    public int WantedGroups { get; init; } = 512;

    /// <summary>Gets the inner points from which a reduction is split into parts that run side by side: fewer are not worth a second launch.</summary>
    public int PointsOfASplit { get; init; } = 4096;

    /// <summary>Gets the inner points of a part at least.</summary>
    public int PointsOfAPart { get; init; } = 512;

    /// <summary>Gets the most parts of a split.</summary>
    public int MostParts { get; init; } = 256;

    /// <summary>Gets the outer points from which a reduction needs no split: there are groups enough.</summary>
    public int PointsThatFill { get; init; } = 1024;

    /// <summary>Gets the inner extent from which several threads share a point.</summary>
    public int SharedPointFrom { get; init; } = 32;

    /// <summary>Gets the outer points from which each has a thread of its own, however long its inner loops are.</summary>
    public int PointsWithoutSharing { get; init; } = 1 << 15;

    /// <summary>Gets the length of a row from which as many threads as possible share it.</summary>
    public int LongRow { get; init; } = 1 << 14;

    /// <summary>Gets the kernels that run side by side in one launch at most: more would hold registers for the largest of them in all.</summary>
    public int KernelsOfALaunch { get; init; } = 4;

    /// <summary>Gets the launches in one method of a launch list: the JIT stops optimising very large methods, and a launch has many arguments.</summary>
    public int LaunchesOfAMethod { get; init; } = 50;

    /// <summary>Gets the floats of shared memory that the sums of a tile take on their way out at a time: what leaves room for two groups on a
    /// multiprocessor.</summary>
    public int FloatsOut { get; init; } = 5120;

    /// <summary>Gets the side of a product, and its sum, from which tensor cores gain: shorter ones leave most of a tile empty, or most of the time to its
    /// beginning and end.</summary>
    public int LeastTensorSide { get; init; } = 64;

    /// <summary>Gets the rounds of an inner loop up to which it is written out: ILGPU unrolls nothing.</summary>
    public int UnrolledRounds { get; init; } = 32;

    /// <summary>Gets the operations up to which a loop is written out.</summary>
    public int UnrolledOperations { get; init; } = 640;

    /// <summary>Gets the points of a thread that are written out.</summary>
    public int UnrolledPoints { get; init; } = 8;

    /// <summary>Gets the parts of a sum whose addition is written out.</summary>
    public int UnrolledParts { get; init; } = 16;

    /// <summary>Gets the samples that a group may have through all steps of a recurrence: each has a sum in the registers of a thread, for each of four
    /// columns.</summary>
    public EquatableArray<int> SamplesOfAGroup { get; init; } = EquatableArray.Of(8, 4, 2, 1);

    /// <summary>Gets the terms of a sum that a thread loads at once inside a recurrence; half of them where registers are short or some would be left
    /// over.</summary>
    public int TermsInFlight { get; init; } = 8;

    /// <summary>Gets the sums of a thread beside which there are registers for <see cref="TermsInFlight"/>.</summary>
    public int SumsBesideManyTerms { get; init; } = 16;

    /// <summary>Gets the inner extent from which several threads share a point inside a recurrence.</summary>
    public int SharedStepPointFrom { get; init; } = 16;

    /// <summary>Gets the cycles that an operation of a point takes a group, estimated.</summary>
    public int CyclesPerOperation { get; init; } = 4;

    /// <summary>Gets the elements that may be under way while a product is computed: each takes a register.</summary>
    public int LoadsInFlight { get; init; } = 24;
}
