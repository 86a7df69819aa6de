using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>Estimates of the cycles that a step of a recurrence takes.</summary>
/// <remarks>A group reads all weights in every step, from the second-level cache, which gives less to all multiprocessors together than to each: many samples
/// in a group are read for at once, but then few groups compute. A launch costs some microseconds, but has all multiprocessors share the weights.</remarks>
internal static class StepLoopCosts
{
    /// <summary>Where all steps are one kernel.</summary>
    /// <param name="samples">Samples of a group.</param>
    /// <param name="sums">For each statement, of its product; null where it is none.</param>
    public static double InOneKernel(GpuTarget target, StepBody body, int samples, IReadOnlyList<StepSumSchedule?> sums)
    {
        var groups = Math.Ceiling(body.Samples.At(target.TypicalBatch) / (double)samples);
        var rounds = Math.Ceiling(groups / target.Multiprocessors);
        var isNear = body.Statements.Sum(WeightBytes) <= target.L1Bytes;
        double clocks = 0;
        for (var s = 0; s < body.Statements.Count; s++)
        {
            var statement = body.Statements[s];
            if (sums[s] is { Product: var product } sum)
            {
                var bytes = WeightBytes(statement);
                var read = isNear ? bytes / target.L1BytesPerCycle
                    : Math.Max(bytes / target.L2BytesPerCycle, Math.Min(groups, target.Multiprocessors) * bytes / target.L2BytesPerCycleOfAll);
                var multiplied = (double)samples * product.Depth * statement.Points / target.SustainedMultiplyAddsPerCycle;
                var turns = Math.Ceiling(statement.Points / (double)product.Width * sum.Parts / target.GroupThreads)
                    * Math.Ceiling(product.Depth / (double)sum.Parts / sum.TermsAtOnce);
                clocks += Math.Max(Math.Max(read, multiplied), turns * target.L2Latency) + target.BarrierCycles;
            }
            var mapping = StepStatementSchedule.PointsOf(target, body, statement, samples).Mapping;
            var points = Math.Ceiling((double)samples * statement.Points / mapping.Points) * Math.Ceiling(statement.Inner / (double)mapping.Parts);
            clocks += target.MemoryLatency + points * target.CyclesPerOperation * Size(statement) + target.BarrierCycles;
        }
        return rounds * clocks;
    }

    /// <summary>Where each kernel of a step is launched by itself.</summary>
    public static double Launched(GpuTarget target, StepBody body) =>
        body.Statements.Sum(s => target.LaunchMicroseconds * target.CyclesPerMicrosecond + Launched(target, s, body));

    private static double Launched(GpuTarget target, StepStatement statement, StepBody body)
    {
        var samples = Extent.Of(new[] { body.Samples });
        if (statement.Product is { } product)
        {
            Extent columns = new(statement.Points, 0), one = new(1, 0);
            var tile = FloatTile.Choose(target, samples, columns, one, isSplit: false);
            var rounds = Math.Ceiling(tile.Groups(samples, columns, one) / (double)target.Multiprocessors);
            var sums = rounds * tile.TileM * tile.TileN * product.Depth / target.SustainedMultiplyAddsPerCycle;
            return 2 * target.MemoryLatency + Math.Max(sums, product.Depth / (double)tile.Depth * target.L2Latency);
        }
        var operations = samples.At(target.TypicalBatch) * statement.Points * (double)statement.Inner * Size(statement);
        return target.MemoryLatency + operations * target.CyclesPerOperation / (target.GroupThreads * (double)target.Multiprocessors);
    }

    private static double WeightBytes(StepStatement statement) => statement.Product is { } product ? 4.0 * product.Depth * statement.Points : 0;

    private static int Size(StepStatement statement) => statement.AtPoint.Sum(s => s.Stage.Stage.Expression.SelfAndDescendants().Count());
}
