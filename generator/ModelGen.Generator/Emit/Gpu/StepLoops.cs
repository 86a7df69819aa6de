using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>Which recurrences of a model are one kernel for all steps, and the kernels, each for every recurrence that computes the same.</summary>
internal sealed class StepLoops
{
    private readonly Dictionary<(Program Program, StepLoop Loop), (StepBody Body, GpuLaunches Launches)> _chosen = new();
    private readonly Dictionary<(Program Program, StepLoop Loop), string> _reasons = new();
    private readonly List<(StepBody Body, IReadOnlyCollection<int> Based, GpuLaunches Launches)> _kernels = new();

    public StepLoops(IEnumerable<Program> programs, KernelTable table, IReadOnlyDictionary<Program, ValueNames> names)
    {
        foreach (var program in programs)
            foreach (var loop in program.Loops)
                if (Add(program, loop, table, names[program]) is { } reason) _reasons[(program, loop)] = reason;
    }

    public IEnumerable<GpuLaunches> Launches => _kernels.Select(k => k.Launches);

    /// <summary>Null where each step is launched by itself.</summary>
    public (StepBody Body, GpuLaunches Launches)? this[Program program, StepLoop loop] => _chosen.TryGetValue((program, loop), out var chosen) ? chosen : null;

    /// <summary>Why each step is launched by itself.</summary>
    public string Reason(Program program, StepLoop loop) => _reasons[(program, loop)];

    private string? Add(Program program, StepLoop loop, KernelTable table, ValueNames names)
    {
        if (StepBody.TryCreate(program, loop, k => table[k].Kernel, out var reason) is not { } body) return reason;
        if (StepLoopSchedule.Choose(body) is not { } schedule) return "shared memory does not hold the state of a sample";
        if (!schedule.IsFaster)
            return $"{Microseconds(schedule.LaunchedClocks)} µs, estimated for a batch of 128, against {Microseconds(schedule.Clocks)} in one kernel";
        var places = body.Nodes.Select(n => program.Places[n]).ToList();
        bool IsBased(Place place) => place is { Region: Region.Output or Region.Loss } and not { PerSample: 0, Fixed: 0 };
        var based = Enumerable.Range(0, places.Count).Where(k => IsBased(places[k])).ToList();
        var same = _kernels.FindIndex(k => k.Body.IsSameAs(body) && k.Based.SequenceEqual(based));
        if (same < 0)
        {
            same = _kernels.Count;
            var entries = body.Calls.Select(c => table[c.Kernel]).ToList();
            var name = $"{entries[0].Name}_Steps{Extent.Number(same)}";
            var arguments = body.Nodes.Concat(body.Copies.Select(c => c.Node)).Select(n => names[n]).ToList();
            var launches = GpuLaunches.Of(body, schedule, name, arguments, string.Join("\n", entries.Select(e => e.Formula)), based);
            _kernels.Add((body, based, launches));
        }
        _chosen[(program, loop)] = (body, _kernels[same].Launches);
        return null;
    }

    private static string Microseconds(double clocks) => (clocks / GpuTarget.Large.CyclesPerMicrosecond).ToString("0.0", CultureInfo.InvariantCulture);
}
