namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>Executes PTX text, slowly and strictly, on the memory of a device.</summary>
/// <remarks>
/// Threads that touch the same word between two barriers, one of them writing, are a race; in global memory also threads of different groups
/// of one launch, and touching shared memory to which a copy is under way. Whoever races still goes on. A stray or misaligned address, shared memory read
/// before it is written, threads at different barriers and a uniform branch that parts a warp are a <see cref="PtxException"/>.
/// </remarks>
internal sealed class PtxMachine(MemoryMap memory)
{
    private readonly Dictionary<string, string> _races = [];
    private int _stamp = 1;

    /// <summary>What becomes of the text of kernels that are loaded: tests damage it.</summary>
    public Func<string, string> Rewrite { get; set; } = text => text;

    /// <summary>A sentence for each instruction that raced.</summary>
    public IReadOnlyCollection<string> Races => _races.Values;

    /// <summary>The kernels that ran, with their launches.</summary>
    public Dictionary<string, int> Launches { get; } = [];

    /// <summary>Instructions executed, counted for each warp.</summary>
    public long Steps { get; private set; }

    /// <param name="program">The kernel.</param>
    /// <param name="parameters">The bytes of its arguments, as its text lays them out.</param>
    /// <param name="grid">The groups.</param>
    /// <param name="group">The threads of each.</param>
    public void Run(PtxProgram program, byte[] parameters, (int X, int Y, int Z) grid, (int X, int Y, int Z) group)
    {
        var threads = group.X * group.Y * group.Z;
        if (threads < 1 || threads > program.MaxThreads)
            throw new PtxException($"{program.Name} was compiled for groups of up to {program.MaxThreads} threads and is launched with {threads}.");
        if (grid.X < 1 || grid.Y < 1 || grid.Z < 1) throw new PtxException($"{program.Name} is launched with an empty grid {grid}.");
        Launches[program.Name] = Launches.GetValueOrDefault(program.Name) + 1;
        using var running = new PtxGroup(program, memory, parameters, group, grid, _stamp, _races);
        for (var z = 0; z < grid.Z; z++)
        {
            for (var y = 0; y < grid.Y; y++)
            {
                for (var x = 0; x < grid.X; x++) running.Run(x, y, z);
            }
        }

        _stamp = running.NextStamp;
        Steps += running.Steps;
    }
}
