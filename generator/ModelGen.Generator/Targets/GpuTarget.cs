namespace ModelGen.Generator.Targets;

/// <summary>The device that GPU kernels are shaped for. They compute the same on any other; what is decided by these numbers is how long they take.</summary>
/// <remarks>Hardware figures are the vendor's for compute capability 9.0 (CUDA C++ programming guide, table of technical specifications; Hopper tuning
/// guide). Estimates of latency and bandwidth are of published micro-benchmarks, rounded. No kernel has been timed on a device yet: where a number says so,
/// it was weighed by the instructions that ptxas makes.</remarks>
/// <param name="Name">What it stands for.</param>
/// <param name="Multiprocessors">Streaming multiprocessors.</param>
internal sealed record GpuTarget(string Name, int Multiprocessors)
{
    /// <summary>H100 and H200.</summary>
    public static readonly GpuTarget Large = new("132 multiprocessors", 132);

    /// <summary>Gets the threads of a group: eight warps, of which two groups with 128 registers a thread fill a multiprocessor.</summary>
    public int GroupThreads { get; init; } = 256;

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

    /// <summary>Gets the elements that may be under way while a product is computed: each takes a register.</summary>
    public int LoadsInFlight { get; init; } = 24;
}
