using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>How the steps of a recurrence are computed in one kernel: the samples of a group, and into how many parts the sums of each product are cut so
/// that all threads have some.</summary>
/// <param name="Body">What is computed.</param>
/// <param name="Samples">Samples of a group.</param>
/// <param name="Statements">How each statement is computed.</param>
/// <param name="Barriers">Before which phases all threads wait, in order: the sums of a product are one phase, the points of a statement another.</param>
/// <param name="Clocks">The estimate for a step, in cycles.</param>
/// <param name="LaunchedClocks">The same where each kernel of a step is launched by itself.</param>
internal sealed record StepLoopSchedule(
    GpuTarget Target, Kernel Kernel, GpuParameters Parameters, StepBody Body, int Samples, IReadOnlyList<StepStatementSchedule> Statements,
    IReadOnlyList<bool> Barriers, double Clocks, double LaunchedClocks) : GpuSchedule(Kernel, Parameters)
{
    /// <summary>Gets a value indicating whether one kernel for all steps is faster than the launches of each.</summary>
    public bool IsFaster => Clocks < LaunchedClocks;

    /// <inheritdoc/>
    public override int Threads => Target.GroupThreads;

    /// <inheritdoc/>
    public override int MinGroups => 2;

    /// <inheritdoc/>
    public override IReadOnlyList<GroupCount> Grid => new[] { new GroupCount(Extent.Of(new[] { Body.Samples }), Samples) };

    /// <inheritdoc/>
    public override int SharedBytes => sizeof(float) * (SumFloats + Samples * Body.Held.Sum(h => h.Floats) + Threads * (RowArrays.Floats + RowArrays.Integers));

    /// <summary>Gets the floats of a group's sums on their way to the threads of their points: whole vectors of four.</summary>
    public int SumFloats => (Statements.Max(s => s.SumFloats) + 3) / 4 * 4;

    /// <summary>Gets the shared arrays, of one element for each thread, that the sums at a point need.</summary>
    public (int Floats, int Integers) RowArrays => (Statements.Max(s => s.Points.SharedFloats), Statements.Max(s => s.Points.SharedIntegers));

    /// <inheritdoc/>
    protected override IEnumerable<string> Share
    {
        get
        {
            yield return $"all {Text(Body.Steps)} steps in one launch";
            yield return $"{(Samples == 1 ? "one sample" : Text(Samples) + " samples")} in a group of {Text(Threads)} threads";
            var parts = Statements.Select(s => s.Sums?.Parts ?? 1).Where(p => p > 1).Select(p => Text(p)).ToList();
            if (parts.Count > 0) yield return $"k split into {string.Join(" + ", parts)} parts";
        }
    }

    /// <summary>The schedule of the least estimated time; null where the shared memory of a group does not hold even one sample.</summary>
    public static StepLoopSchedule? Choose(GpuTarget target, StepBody body)
    {
        var best = (from samples in target.SamplesOfAGroup
                    let sums = Cut(target, body, samples)
                    where sums is not null
                    let clocks = StepLoopCosts.InOneKernel(target, body, samples, sums)
                    orderby clocks, samples
                    select (Samples: samples, Sums: sums, Clocks: clocks)).FirstOrDefault();
        if (best.Sums is null) return null;
        var arguments = body.Arguments.Concat(body.Copies.Select(c => new KernelArgument(ElementType.F32, Shape.Of(c.Axes), false))).ToEquatableArray();
        var kernel = new Kernel(EquatableArray<Axis>.Empty, EquatableArray<Stage>.Empty, arguments);
        var stages = body.Statements.SelectMany(s => s.AtPoint).Select(s => s.Stage).ToList();
        // The last samples of the last group may be none.
        var parameters = GpuParameters.Of(kernel, body.Based, stages, countsByBatch: best.Samples > 1);
        var statements = body.Statements.Select((s, at) => StepStatementSchedule.Of(target, body, s, best.Samples, best.Sums[at])).ToList();
        return new(target, kernel, parameters, body, best.Samples, statements, StepBarriers.Of(body), best.Clocks,
            StepLoopCosts.Launched(target, body));
    }

    // As many parts as there are threads for, of eight terms or more, and as fit into shared memory; null where not even one does.
    private static IReadOnlyList<StepSumSchedule?>? Cut(GpuTarget target, StepBody body, int samples)
    {
        var rows = body.Statements.Select(s => StepStatementSchedule.PointsOf(target, body, s, samples)).Max(p => p.SharedFloats + p.SharedIntegers);
        var floats = target.SharedBytes / sizeof(float) - samples * body.Held.Sum(h => h.Floats) - target.GroupThreads * rows;
        var sums = new List<StepSumSchedule?>();
        foreach (var statement in body.Statements)
        {
            if (statement.Product is not { } product)
            {
                sums.Add(null);
                continue;
            }
            var most = Math.Max(1, Math.Min(target.GroupThreads * product.Width / statement.Points, product.Depth / target.TermsInFlight));
            most = Math.Min(most, floats / (samples * statement.Points));
            if (most < 1) return null;
            sums.Add(StepSumSchedule.Of(target, statement, product, samples, most));
        }
        return floats < 0 ? null : sums;
    }
}
