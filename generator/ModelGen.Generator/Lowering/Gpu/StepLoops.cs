using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A recurrence of a program whose steps are all in one kernel.</summary>
/// <param name="Body">What is computed.</param>
/// <param name="Launches">The launches, those of every recurrence that computes the same.</param>
internal sealed record StepLaunches(StepBody Body, GpuLaunches Launches)
{
    /// <summary>Gets the graph's node of each argument, those of the originals of copies behind the others.</summary>
    public IReadOnlyList<int> Nodes => Body.Nodes.Concat(Body.Copies.Select(c => c.Node)).ToList();
}

/// <summary>Which recurrences of a model are one kernel for all steps, and the kernels, each for every recurrence that computes the same.</summary>
internal sealed class StepLoops
{
    private readonly Dictionary<(Program Program, StepLoop Loop), StepLaunches> _chosen = new();
    private readonly Dictionary<(Program Program, StepLoop Loop), string> _reasons = new();
    private readonly List<(Program Program, StepLaunches Launches)> _kernels = new();

    /// <param name="emitted">What of a kernel its text follows from.</param>
    public StepLoops(GpuTarget target, IEnumerable<Program> programs, Func<Kernel, Kernel> emitted)
    {
        foreach (var program in programs)
            foreach (var loop in program.Loops)
                if (Add(target, program, loop, emitted) is { } reason) _reasons[(program, loop)] = reason;
    }

    /// <summary>Gets the distinct kernels, each with the first recurrence that it computes.</summary>
    public IReadOnlyList<(Program Program, StepLaunches Launches)> Kernels => _kernels;

    /// <summary>Null where each step is launched by itself.</summary>
    public StepLaunches? this[Program program, StepLoop loop] => _chosen.TryGetValue((program, loop), out var chosen) ? chosen : null;

    /// <summary>Why each step is launched by itself.</summary>
    public string Reason(Program program, StepLoop loop) => _reasons[(program, loop)];

    private string? Add(GpuTarget target, Program program, StepLoop loop, Func<Kernel, Kernel> emitted)
    {
        if (StepBody.TryCreate(program, loop, emitted, out var reason) is not { } body) return reason;
        if (StepLoopSchedule.Choose(target, body) is not { } schedule) return "shared memory does not hold the state of a sample";
        if (!schedule.IsFaster)
            return FormattableString.Invariant($"{Microseconds(target, schedule.LaunchedClocks)} µs, estimated for a batch of {target.TypicalBatch}, ")
                + $"against {Microseconds(target, schedule.Clocks)} in one kernel";
        var same = _kernels.FindIndex(k => k.Launches.Body.IsSameAs(body));
        if (same < 0)
        {
            same = _kernels.Count;
            _kernels.Add((program, new(body, GpuLaunches.Of(schedule))));
        }
        _chosen[(program, loop)] = new(body, _kernels[same].Launches.Launches);
        return null;
    }

    private static string Microseconds(GpuTarget target, double clocks) => (clocks / target.CyclesPerMicrosecond).ToString("0.0", CultureInfo.InvariantCulture);
}
