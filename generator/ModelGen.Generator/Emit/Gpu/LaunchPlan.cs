using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>One kernel where it is launched.</summary>
/// <param name="Calls">The call it computes, or is a piece of; all of a step, where it computes all steps.</param>
/// <param name="Nodes">What the launch's arguments number.</param>
/// <param name="Scratch">Which of the scratch areas lies between the pieces.</param>
internal sealed record PlannedLaunch(IReadOnlyList<KernelCall> Calls, IReadOnlyList<int> Nodes, GpuLaunches Launches, GpuLaunch Launch, int Scratch);

/// <summary>Which launches of a range of calls run side by side in one: those that need nothing of each other. A launch costs some microseconds, and the
/// gradients of a small layer by themselves leave most of a device idle.</summary>
internal static class LaunchPlan
{
    /// <summary>Areas for what passes between the pieces of a call, taken in turn, so that neighbours need not wait for each other's.</summary>
    public const int ScratchAreas = 3;

    /// <summary>The launches of a range of calls in order; each is one or more that run side by side.</summary>
    /// <param name="launches">Those of a call.</param>
    /// <param name="ofSteps">Those of all steps of a recurrence; null where each step is launched by itself.</param>
    public static IReadOnlyList<IReadOnlyList<PlannedLaunch>> Of(
        Program program, int from, int to, Func<KernelCall, GpuLaunches> launches, Func<StepLoop, (StepBody Body, GpuLaunches Launches)?> ofSteps)
    {
        var steps = new List<(List<PlannedLaunch> Members, List<(MemoryRange Range, bool IsWritten)> Memory)>();
        // A step of a recurrence begins and ends a run of calls among which the order may change.
        var start = 0;
        for (var c = from; c < to; c++)
        {
            if (program.Loops.Any(l => (l.First == c || l.End == c) && ofSteps(l) is null)) start = steps.Count;
            IReadOnlyList<KernelCall> calls = new[] { program.Calls[c] };
            IReadOnlyList<int> nodes = program.Calls[c].Arguments.ToArray();
            var (own, scratch) = (launches(program.Calls[c]), c % ScratchAreas);
            if (program.Loops.FirstOrDefault(l => l.First == c) is { } loop && ofSteps(loop) is var (body, whole))
            {
                (calls, nodes, own) = (body.Calls, body.Nodes.Concat(body.Copies.Select(copy => copy.Node)).ToList(), whole);
                c = loop.End - 1;
            }
            foreach (var launch in own.All)
            {
                var planned = new PlannedLaunch(calls, nodes, own, launch, scratch);
                var memory = Memory(program, planned).ToList();
                var after = steps.FindLastIndex(s => s.Memory.Any(a => memory.Any(b => (a.IsWritten || b.IsWritten) && a.Range.Overlaps(b.Range))));
                var free = Enumerable.Range(Math.Max(start, after + 1), Math.Max(0, steps.Count - Math.Max(start, after + 1)))
                    .Where(s => Fits(steps[s].Members, planned)).DefaultIfEmpty(-1).First();
                if (free < 0)
                {
                    steps.Add((new() { planned }, memory));
                    continue;
                }
                steps[free].Members.Add(planned);
                steps[free].Memory.AddRange(memory);
            }
        }
        return steps.Select(s => s.Members).ToList();
    }

    private static bool Fits(IReadOnlyList<PlannedLaunch> members, PlannedLaunch launch)
    {
        // The form for tensor cores has groups of another size.
        if (members.Append(launch).Any(m => m.Launch.Tensor is not null)) return false;
        var methods = members.Append(launch).Select(m => m.Launch.Method).ToList();
        return methods.Count <= GpuTarget.Large.KernelsOfALaunch && methods.All(m => m.Text.Threads == launch.Launch.Method.Text.Threads)
            && methods.Sum(m => m.Text.SharedBytes) <= GpuTarget.Large.SharedBytes && SideBySide.CanBe(methods);
    }

    private static IEnumerable<(MemoryRange Range, bool IsWritten)> Memory(Program program, PlannedLaunch launch)
    {
        var arguments = launch.Launch.Method.Text.Entry.Kernel.Arguments;
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
