using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>Decides how each distinct kernel of a model is computed on a GPU, and what is launched in which order, once: the printed text follows from these
/// records.</summary>
/// <remarks>Memory has been planned by then: no sums wait in a result, and what may run side by side follows from where values lie.</remarks>
internal sealed class GpuLowering
{
    // A loop counts past its end by a block of sums at most, 32 turns of 1024 threads, or by a tile.
    private const int LongestStride = 1 << 16;

    private readonly Dictionary<Kernel, GpuLaunches> _launches = new();
    private readonly Dictionary<Program, ProgramLaunches> _programs;

    /// <param name="programs">All programs of the model: a kernel that several have is launched the same way.</param>
    /// <param name="forTensorCores">Whether products get a second form for tensor cores.</param>
    public GpuLowering(GpuTarget target, IReadOnlyList<Program> programs, bool forTensorCores)
    {
        ForTensorCores = forTensorCores;
        foreach (var calls in programs.SelectMany(p => p.Calls.Select(c => (Program: p, Call: c))).GroupBy(c => Emitted(c.Call.Kernel)))
        {
            var based = Enumerable.Range(0, calls.Key.Arguments.Count).Where(k => calls.Any(c => !StartsAligned(c.Program, c.Call.Arguments[k]))).ToList();
            _launches.Add(calls.Key, GpuLaunches.Of(target, calls.Key, based, forTensorCores));
        }
        Steps = new(target, programs, Emitted);
        ScratchFloats = _launches.Values.Concat(Steps.Kernels.Select(k => k.Launches.Launches)).Select(l => l.ScratchFloats).DefaultIfEmpty().Max();
        _programs = programs.ToDictionary(p => p, p => ProgramLaunches.Of(target, p, call => this[call.Kernel], loop => Steps[p, loop]));
        LargestTensor = programs.Select(Largest).DefaultIfEmpty(1).Max();
    }

    /// <summary>Gets a value indicating whether large products have a second form for tensor cores.</summary>
    public bool ForTensorCores { get; }

    /// <summary>Gets the recurrences whose steps are all in one kernel.</summary>
    public StepLoops Steps { get; }

    /// <summary>Gets the floats of one of the scratch areas behind the workspace.</summary>
    public long ScratchFloats { get; }

    /// <summary>Gets the elements of the largest tensor, or of what a loop runs over, for each sample.</summary>
    public long LargestTensor { get; }

    /// <summary>Gets the samples that a batch may have: kernels count in 32 bits.</summary>
    public long MostSamples => Math.Max(1, (int.MaxValue - LongestStride) / LargestTensor);

    /// <summary>The launches of a kernel, where each call is launched by itself.</summary>
    public GpuLaunches this[Kernel kernel] => _launches[Emitted(kernel)];

    /// <summary>The launches of a program, in order.</summary>
    public ProgramLaunches this[Program program] => _programs[program];

    /// <summary>What of a kernel its text follows from: the device computes what nobody needs too, for threads of a group go the same way.</summary>
    public static Kernel Emitted(Kernel kernel) => kernel.WithoutKnownElements();

    // Every slot of the workspace starts on 256 bytes; outputs and losses are passed whole, and the second of several may start anywhere in them.
    private static bool StartsAligned(Program program, int node) => program.Places[node] is var place && (place.Region is Region.Output or Region.Loss
        ? place is { PerSample: 0, Fixed: 0 }
        : program.Storage[node].Start == 0);

    private static long Largest(Program program) => program.Graph.Nodes.Select(x => program.Storage[x.Id].Whole)
        .Concat(program.Calls.Select(c => new Shape(c.Kernel.Outer)))
        .Concat(program.Calls.SelectMany(c => c.Kernel.Stages).Select(s => new Shape(s.Inner)))
        .Where(s => s.IsPerSample).Select(s => s.Axes.Aggregate(1L, (product, a) => product * a.Factor)).DefaultIfEmpty(1).Max();
}
