using System.Numerics;
using System.Runtime.InteropServices;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>The group that runs: its threads' registers, its shared memory, and the order in which its warps go on.</summary>
/// <remarks>A warp goes on as far as it can before the next does. Lanes that part at a branch go on from the one that is furthest behind in the
/// text, so that they meet again.</remarks>
internal sealed class PtxGroup : IDisposable
{
    private const int Lanes = 32;

    private readonly PtxProgram _program;
    private readonly MemoryMap _memory;
    private readonly int _threads;
    private readonly uint[] _words;
    private readonly ulong[] _wides;
    private readonly int[] _counters;
    private readonly bool[] _waits;
    private readonly MemoryBlock _shared;
    private readonly AsyncCopies[] _copies;
    private readonly bool[] _underWay;
    private readonly Dictionary<string, string> _races;
    private int _stamp, _groupStart;

    public PtxGroup(PtxProgram program, MemoryMap memory, byte[] parameters, (int X, int Y, int Z) group, (int X, int Y, int Z) grid, int stamp,
        Dictionary<string, string> races)
    {
        _program = program;
        _memory = memory;
        Parameters = parameters;
        _races = races;
        _threads = group.X * group.Y * group.Z;
        Padded = (_threads + Lanes - 1) / Lanes * Lanes;
        _words = new uint[program.Words * Padded];
        _wides = new ulong[program.Wides * Padded];
        _counters = new int[Padded];
        _waits = new bool[Padded];
        _shared = new MemoryBlock(program.SharedBytes);
        _underWay = new bool[_shared.Touches.Length];
        _copies = [.. Enumerable.Range(0, Padded).Select(_ => new AsyncCopies())];
        (_stamp, LaunchStart) = (stamp, stamp);
        foreach (var (register, value) in program.Constants) _words.AsSpan(register * Padded, Padded).Fill(value);
        foreach (var (register, value) in program.WideConstants) _wides.AsSpan(register * Padded, Padded).Fill(value);
        Fill("%ntid.x", _ => group.X);
        Fill("%ntid.y", _ => group.Y);
        Fill("%ntid.z", _ => group.Z);
        Fill("%nctaid.x", _ => grid.X);
        Fill("%nctaid.y", _ => grid.Y);
        Fill("%nctaid.z", _ => grid.Z);
        Fill("%tid.x", t => t % group.X);
        Fill("%tid.y", t => t / group.X % group.Y);
        Fill("%tid.z", t => t / (group.X * group.Y));
        Fill("%laneid", t => t % Lanes);
        Fill("%warpid", t => t / Lanes);
    }

    /// <summary>The bytes of the arguments.</summary>
    public byte[] Parameters { get; }

    /// <summary>The stamp that the next launch may start with.</summary>
    public int NextStamp => _stamp + 1;

    /// <summary>Instructions executed, counted for each warp.</summary>
    public long Steps { get; private set; }

    private int Padded { get; }

    private int LaunchStart { get; }

    private (int X, int Y, int Z) Index { get; set; }

    public void Dispose() => _shared.Dispose();

    public Span<uint> Words(PtxOperand register, int first) => _words.AsSpan((register.Register * Padded) + first, Lanes);

    public Span<float> Floats(PtxOperand register, int first) => MemoryMarshal.Cast<uint, float>(Words(register, first));

    public Span<ulong> Wides(PtxOperand register, int first) => _wides.AsSpan((register.Register * Padded) + first, Lanes);

    /// <summary>Runs one group of the grid.</summary>
    /// <exception cref="PtxException">It does what no device lets pass.</exception>
    public void Run(int x, int y, int z)
    {
        Index = (x, y, z);
        Fill("%ctaid.x", _ => x);
        Fill("%ctaid.y", _ => y);
        Fill("%ctaid.z", _ => z);
        Array.Clear(_underWay);
        foreach (var copies in _copies) copies.Clear();
        Array.Clear(_counters);
        Array.Fill(_counters, _program.Instructions.Count, _threads, Padded - _threads);
        _groupStart = ++_stamp;
        while (true)
        {
            Array.Clear(_waits);
            for (var first = 0; first < Padded; first += Lanes) RunWarp(first);
            if (!_waits.Contains(true)) return;
            var place = _counters[Array.IndexOf(_waits, true)];
            for (var thread = 0; thread < _threads; thread++)
            {
                if (!_waits[thread] || _counters[thread] != place)
                    throw Failure($"waits at a barrier at which thread {thread} does not", _program.Instructions[place - 1], Array.IndexOf(_waits, true));
            }

            _stamp++;
        }
    }

    /// <summary>Begins a copy of a thread to shared memory; until it arrives, nobody may touch its place.</summary>
    public void BeginCopy(PtxInstruction instruction, long at, byte[] data, int thread)
    {
        _copies[thread].Begin((int)at, SharedPlace(instruction, at, data.Length, isWrite: true, thread), data);
        Array.Fill(_underWay, true, (int)at / 4, data.Length / 4);
    }

    /// <summary>Makes a group of the copies that a thread has begun.</summary>
    public void CommitCopies(int thread) => _copies[thread].Commit();

    /// <summary>Has all groups of copies of a thread arrive but the newest.</summary>
    public void WaitForCopies(PtxInstruction instruction, int thread, int underWay)
    {
        foreach (var copy in _copies[thread].Wait(underWay))
        {
            Array.Fill(_underWay, false, copy.At / 4, copy.Data.Length / 4);
            _ = SharedPlace(instruction, copy.At, copy.Data.Length, isWrite: true, thread);
            Marshal.Copy(copy.Data, 0, copy.Place, copy.Data.Length);
        }
    }

    /// <summary>What a thread may not do, with where it stands.</summary>
    public PtxException Failure(string what, PtxInstruction instruction, int thread) =>
        new($"{_program.Name}: '{instruction.Text}' of thread {thread} of group {Index} {what}.");

    /// <summary>The place in the host's memory of a part of shared memory, after looking at who else touches it.</summary>
    public nint SharedPlace(PtxInstruction instruction, long at, int bytes, bool isWrite, int thread)
    {
        if (at < 0 || at + bytes > _program.SharedBytes) throw Failure($"touches byte {at} of {_program.SharedBytes} of shared memory", instruction, thread);
        if (at % bytes != 0) throw Failure($"is not aligned: byte {at} of shared memory", instruction, thread);
        var touches = _shared.Touches;
        for (int word = (int)at / 4, end = word + (bytes / 4); word < end; word++)
        {
            ref var touch = ref touches[word];
            if (_underWay[word]) Report("touches what a copy has not delivered", instruction, thread, $"shared byte {word * 4}");
            if (!isWrite && touch.WriteStamp < _groupStart)
                throw Failure($"reads byte {word * 4} of shared memory, which nobody has written", instruction, thread);
            if (touch.Note(thread, isWrite, _stamp, _groupStart, _groupStart) is { } race)
                Report(race + " since the last barrier", instruction, thread, $"shared byte {word * 4}");
        }

        return _shared.Start + (nint)at;
    }

    /// <summary>The place in the host's memory of a part of global memory, after looking at who else touches it.</summary>
    public nint GlobalPlace(PtxInstruction instruction, long at, int bytes, bool isWrite, int thread)
    {
        var block = instruction.LastBlock;
        if (block is null || !block.Holds(at, bytes))
        {
            try
            {
                instruction.LastBlock = block = _memory.Find(at, bytes);
            }
            catch (PtxException e)
            {
                throw Failure(e.Message, instruction, thread);
            }
        }

        if (at % bytes != 0) throw Failure($"is not aligned: byte {at - block.Start} of an allocation", instruction, thread);
        var word = (int)((at - block.Start) / 4);
        for (var end = word + (bytes / 4); word < end; word++)
        {
            if (block.Touches[word].Note(thread, isWrite, _stamp, _groupStart, LaunchStart) is { } race)
                Report(race + " in the same launch", instruction, thread, $"byte {word * 4} of {block.Bytes}");
        }

        return (nint)at;
    }

    private void Fill(string special, Func<int, int> value)
    {
        var registers = _words.AsSpan(PtxProgram.Special(special) * Padded, Padded);
        for (var thread = 0; thread < registers.Length; thread++) registers[thread] = (uint)value(thread);
    }

    private void RunWarp(int first)
    {
        var instructions = _program.Instructions;
        while (true)
        {
            int at = instructions.Count, others = instructions.Count;
            uint mask = 0;
            for (var lane = 0; lane < Lanes; lane++)
            {
                var counter = _waits[first + lane] ? instructions.Count : _counters[first + lane];
                if (counter < at) (others, at, mask) = (at, counter, 1u << lane);
                else if (counter == at) mask |= 1u << lane;
                else if (counter < others) others = counter;
            }

            if (at >= instructions.Count) return;

            // Together up to the next parting, or to where others of the warp stand.
            var isTogether = true;
            while (isTogether && at < others)
            {
                var instruction = instructions[at++];
                Steps++;
                var active = instruction.Guard < 0 ? mask : Guarded(instruction, first, mask);
                if (instruction.Run is { } run)
                {
                    if (active != 0) run(this, instruction, first, active);
                }
                else if (active == mask && instruction.IsBranch)
                {
                    at = instruction.Target;
                    // Backwards others may now be ahead or behind: look anew.
                    isTogether = others == instructions.Count;
                }
                else if (active != 0)
                {
                    Part(instruction, first, active, at);
                    for (var rest = mask & ~active; rest != 0; rest &= rest - 1) _counters[first + BitOperations.TrailingZeroCount(rest)] = at;
                    mask = 0;
                    isTogether = false;
                }
            }

            for (; mask != 0; mask &= mask - 1) _counters[first + BitOperations.TrailingZeroCount(mask)] = at;
        }
    }

    // A branch that some lanes take, a barrier, a return.
    private void Part(PtxInstruction instruction, int first, uint active, int next)
    {
        if (!instruction.IsBranch && !instruction.IsBarrier && !instruction.IsReturn)
            throw new NotSupportedException($"The machine does not know {instruction.Text}.");
        if (instruction.Code == "bra.uni") throw Failure("branches apart although it is marked uniform", instruction, first);
        for (; active != 0; active &= active - 1)
        {
            var thread = first + BitOperations.TrailingZeroCount(active);
            _counters[thread] = instruction.IsBranch ? instruction.Target : instruction.IsReturn ? _program.Instructions.Count : next;
            _waits[thread] = instruction.IsBarrier;
        }
    }

    private uint Guarded(PtxInstruction instruction, int first, uint mask)
    {
        var predicates = _words.AsSpan((instruction.Guard * Padded) + first, Lanes);
        uint holds = 0;
        for (var lane = 0; lane < Lanes; lane++) holds |= (predicates[lane] & 1) << lane;
        return mask & (instruction.IsGuardNegated ? ~holds : holds);
    }

    private void Report(string what, PtxInstruction instruction, int thread, string where) =>
        _races.TryAdd(instruction.Text, $"{_program.Name}: '{instruction.Text}' {what} ({where}, thread {thread} of group {Index})");
}
