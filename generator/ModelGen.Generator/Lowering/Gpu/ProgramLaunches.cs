using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The launches of a program, in ranges of calls of which each is a method.</summary>
/// <param name="Forward">Those of the forward calls.</param>
/// <param name="Backward">Those of the others.</param>
internal sealed record ProgramLaunches(IReadOnlyList<LaunchRange> Forward, IReadOnlyList<LaunchRange> Backward)
{
    /// <summary>Gets all of them, in order.</summary>
    public IEnumerable<LaunchRange> All => Forward.Concat(Backward);

    /// <inheritdoc cref="LaunchPlan.Of"/>
    public static ProgramLaunches Of(
        GpuTarget target, Program program, Func<KernelCall, GpuLaunches> launches, Func<StepLoop, StepLaunches?> ofSteps)
    {
        return new(Ranges(0, program.ForwardCalls), Ranges(program.ForwardCalls, program.Calls.Count));

        IReadOnlyList<LaunchRange> Ranges(int from, int to) => program.Ranges(from, to, target.LaunchesOfAMethod)
            .Select(r => new LaunchRange(r.From, r.To, LaunchPlan.Of(target, program, r.From, r.To, launches, ofSteps))).ToList();
    }
}

/// <summary>The launches of a range of calls.</summary>
/// <param name="From">The first call.</param>
/// <param name="To">Behind the last call.</param>
/// <param name="Steps">In order.</param>
internal sealed record LaunchRange(int From, int To, IReadOnlyList<LaunchStep> Steps);
