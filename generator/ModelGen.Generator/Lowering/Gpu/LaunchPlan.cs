using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>One kernel where it is launched.</summary>
/// <param name="Calls">The call it computes, or is a piece of; all of a step, where it computes all steps.</param>
/// <param name="Nodes">What the launch's arguments number.</param>
/// <param name="Scratch">Which of the scratch areas lies between the pieces.</param>
internal sealed record PlannedLaunch(IReadOnlyList<KernelCall> Calls, IReadOnlyList<int> Nodes, GpuLaunches Launches, GpuLaunch Launch, int Scratch);

/// <summary>What is launched at a time: one kernel, or several side by side.</summary>
/// <param name="Members">The kernels.</param>
/// <param name="SideBySide">How several are launched; null for one.</param>
internal sealed record LaunchStep(IReadOnlyList<PlannedLaunch> Members, SideBySideSchedule? SideBySide)
{
    public static LaunchStep Of(IReadOnlyList<PlannedLaunch> members) =>
        new(members, members.Count == 1 ? null : SideBySideSchedule.Of(members.Select(m => m.Launch.Schedule).ToList()));
}

/// <summary>Which launches of a range of calls run side by side in one: those that need nothing of each other. A launch costs some microseconds, and the
/// gradients of a small layer by themselves leave most of a device idle.</summary>
internal static class LaunchPlan
{
    /// <summary>Areas for what passes between the pieces of a call, taken in turn, so that neighbours need not wait for each other's.</summary>
    public const int ScratchAreas = 3;

    /// <summary>The launches of a range of calls in order.</summary>
    /// <param name="launches">Those of a call.</param>
    /// <param name="ofSteps">Those of all steps of a recurrence; null where each step is launched by itself.</param>
    public static IReadOnlyList<LaunchStep> Of(
        GpuTarget target, Program program, int from, int to, Func<KernelCall, GpuLaunches> launches, Func<StepLoop, StepLaunches?> ofSteps)
    {
        var planned = new List<(List<PlannedLaunch> Members, List<(MemoryRange Range, bool IsWritten)> Memory)>();
        // A step of a recurrence begins and ends a run of calls among which the order may change.
        var start = 0;
        for (var c = from; c < to; c++)
        {
            if (program.Loops.Any(l => (l.First == c || l.End == c) && ofSteps(l) is null)) start = planned.Count;
            IReadOnlyList<KernelCall> calls = new[] { program.Calls[c] };
            IReadOnlyList<int> nodes = program.Calls[c].Arguments.ToArray();
            var (own, scratch) = (launches(program.Calls[c]), c % ScratchAreas);
            if (program.Loops.FirstOrDefault(l => l.First == c) is { } loop && ofSteps(loop) is { } steps)
            {
                (calls, nodes, own) = (steps.Body.Calls, steps.Nodes, steps.Launches);
                c = loop.End - 1;
            }
            foreach (var launch in own.All) Add(new(calls, nodes, own, launch, scratch));
        }
        return planned.Select(s => LaunchStep.Of(s.Members)).ToList();

        void Add(PlannedLaunch launch)
        {
            var memory = Memory(program, launch).ToList();
            var after = planned.FindLastIndex(s => s.Memory.Any(a => memory.Any(b => (a.IsWritten || b.IsWritten) && a.Range.Overlaps(b.Range))));
            var first = Math.Max(start, after + 1);
            var free = Enumerable.Range(first, Math.Max(0, planned.Count - first))
                .Where(s => Fits(target, planned[s].Members, launch)).DefaultIfEmpty(-1).First();
            if (free < 0)
            {
                planned.Add((new() { launch }, memory));
                return;
            }
            planned[free].Members.Add(launch);
            planned[free].Memory.AddRange(memory);
        }
    }

    private static bool Fits(GpuTarget target, IReadOnlyList<PlannedLaunch> members, PlannedLaunch launch)
    {
        var all = members.Append(launch).ToList();
        // The form for tensor cores has groups of another size.
        return all.All(m => m.Launch.Tensor is null) && LaunchStep.Of(all).SideBySide!.Fits(target);
    }

    private static IEnumerable<(MemoryRange Range, bool IsWritten)> Memory(Program program, PlannedLaunch launch)
    {
        var arguments = launch.Launch.Schedule.Kernel.Arguments;
        for (var k = 0; k < arguments.Count; k++)
        {
            var argument = launch.Launch.Arguments[k];
            if (argument >= 0)
            {
                yield return (MemoryRange.Of(program, launch.Nodes[argument]), arguments[k].IsWritten);
                continue;
            }
            var (start, length) = launch.Launches.Scratch(argument);
            yield return (MemoryRange.OfScratch(launch.Scratch, start, length), arguments[k].IsWritten);
        }
    }
}
