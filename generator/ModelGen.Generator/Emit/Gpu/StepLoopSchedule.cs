using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Gpu;

/// <summary>How the steps of a recurrence are computed in one kernel: the samples of a group, and into how many parts the sums of each product are cut so
/// that all threads have some.</summary>
/// <param name="Samples">Samples of a group.</param>
/// <param name="Parts">For each statement, of its product; 1 where it is none.</param>
/// <param name="Clocks">The estimate for a step.</param>
/// <param name="LaunchedClocks">The same where each kernel of a step is launched by itself.</param>
/// <remarks>Estimates are for <see cref="GpuTarget.Large"/>. A group reads all weights in every step, from the second-level cache, which gives less to all
/// multiprocessors together than to each: many samples in a group are read for at once, but then few groups compute. A launch costs some microseconds, but has
/// all multiprocessors share the weights.</remarks>
internal sealed record StepLoopSchedule(int Samples, EquatableArray<int> Parts, double Clocks, double LaunchedClocks)
{
    /// <summary>Threads of a group.</summary>
    public static int Threads => GpuTarget.Large.GroupThreads;

    /// <summary>Terms that a thread loads at once: eight, but where their registers are needed for sums, or the last of them would be left over.</summary>
    public static int TermsAtOnce(StepProduct product, int samples)
    {
        var most = GpuTarget.Large.TermsInFlight;
        return samples * product.Width > GpuTarget.Large.SumsBesideManyTerms || product.Depth % most != 0 ? most / 2 : most;
    }

    /// <summary>Terms of a part of the sums.</summary>
    public static int PartLength(StepProduct product, int parts, int samples)
    {
        var atOnce = TermsAtOnce(product, samples);
        return parts == 1 ? product.Depth : ((product.Depth + parts - 1) / parts + atOnce - 1) / atOnce * atOnce;
    }

    /// <summary>True where one kernel for all steps is faster than the launches of each.</summary>
    public bool IsFaster => Clocks < LaunchedClocks;

    /// <summary>Threads that share a point with inner loops; a power of two.</summary>
    public static LoopMapping Mapping(StepStatement statement, int samples)
    {
        var parts = 1;
        if (statement.Inner >= GpuTarget.Large.SharedStepPointFrom)
            while (2 * parts * (long)samples * statement.Points <= Threads && 2 * parts <= statement.Inner) parts *= 2;
        return new(Threads / parts, parts, true);
    }

    /// <summary>The schedule of the least estimated time; null where the shared memory of a group does not hold even one sample.</summary>
    public static StepLoopSchedule? Choose(StepBody body)
    {
        var launched = body.Statements.Sum(s => GpuTarget.Large.LaunchMicroseconds * GpuTarget.Large.CyclesPerMicrosecond + LaunchedClocksOf(s, body));
        return (from samples in GpuTarget.Large.SamplesOfAGroup
                let parts = Cut(body, samples)
                where parts is not null
                let clocks = ClocksOf(body, samples, parts)
                orderby clocks, samples
                select new StepLoopSchedule(samples, parts.ToEquatableArray(), clocks, launched)).FirstOrDefault();
    }

    /// <summary>Floats of a group's sums on their way to the threads of their points.</summary>
    public static int SumFloats(IReadOnlyList<StepStatement> statements, int samples, IReadOnlyList<int> parts) =>
        statements.Select((s, at) => s.Product is null ? 0 : parts[at] * samples * s.Points).DefaultIfEmpty().Max();

    // As many parts as there are threads for, of eight terms or more, and as fit into shared memory.
    private static IReadOnlyList<int>? Cut(StepBody body, int samples)
    {
        var floats = GpuTarget.Large.SharedBytes / sizeof(float) - samples * body.Held.Sum(h => h.Floats) - Threads * RowArrays(body, samples);
        var parts = new List<int>();
        foreach (var statement in body.Statements)
        {
            var most = 1;
            if (statement.Product is { } product)
            {
                most = Math.Max(1, Math.Min(Threads * product.Width / statement.Points, product.Depth / GpuTarget.Large.TermsInFlight));
                most = Math.Min(most, floats / (samples * statement.Points));
                if (most < 1) return null;
                // Parts of whole steps of the loop over terms, and none without a term.
                most = (product.Depth + PartLength(product, most, samples) - 1) / PartLength(product, most, samples);
            }
            parts.Add(most);
        }
        return floats < 0 ? null : parts;
    }

    private static int RowArrays(StepBody body, int samples) =>
        body.Statements.Select(s => PointStages.SharedCountOf(s.AtPoint.Select(p => p.Stage).ToList(), Mapping(s, samples))).Max(c => c.Floats + c.Integers);

    private static double ClocksOf(StepBody body, int samples, IReadOnlyList<int> parts)
    {
        var groups = Math.Ceiling(Extent.Of(new[] { body.Samples }).Typical / (double)samples);
        var rounds = Math.Ceiling(groups / GpuTarget.Large.Multiprocessors);
        var isNear = body.Statements.Sum(WeightBytes) <= GpuTarget.Large.L1Bytes;
        double clocks = 0;
        for (var s = 0; s < body.Statements.Count; s++)
        {
            var statement = body.Statements[s];
            if (statement.Product is { } product)
            {
                var bytes = WeightBytes(statement);
                var read = isNear ? bytes / GpuTarget.Large.L1BytesPerCycle
                    : Math.Max(bytes / GpuTarget.Large.L2BytesPerCycle,
                        Math.Min(groups, GpuTarget.Large.Multiprocessors) * bytes / GpuTarget.Large.L2BytesPerCycleOfAll);
                var sums = (double)samples * product.Depth * statement.Points / GpuTarget.Large.SustainedMultiplyAddsPerCycle;
                var turns = Math.Ceiling(statement.Points / (double)product.Width * parts[s] / Threads)
                    * Math.Ceiling(product.Depth / (double)parts[s] / TermsAtOnce(product, samples));
                clocks += Math.Max(Math.Max(read, sums), turns * GpuTarget.Large.L2Latency) + GpuTarget.Large.BarrierCycles;
            }
            var mapping = Mapping(statement, samples);
            var points = Math.Ceiling((double)samples * statement.Points / mapping.Points) * Math.Ceiling(statement.Inner / (double)mapping.Parts);
            clocks += GpuTarget.Large.MemoryLatency + points * GpuTarget.Large.CyclesPerOperation * Size(statement) + GpuTarget.Large.BarrierCycles;
        }
        return rounds * clocks;
    }

    private static double LaunchedClocksOf(StepStatement statement, StepBody body)
    {
        var samples = Extent.Of(new[] { body.Samples });
        if (statement.Product is { } product)
        {
            Extent columns = new(statement.Points, 0), one = new(1, 0);
            var tile = ProductSchedule.Choose(samples, columns, one, isSplit: false);
            var rounds = Math.Ceiling(tile.Groups(samples, columns, one) / (double)GpuTarget.Large.Multiprocessors);
            var sums = rounds * tile.TileM * tile.TileN * product.Depth / GpuTarget.Large.SustainedMultiplyAddsPerCycle;
            return 2 * GpuTarget.Large.MemoryLatency + Math.Max(sums, product.Depth / (double)tile.Depth * GpuTarget.Large.L2Latency);
        }
        var operations = samples.Typical * statement.Points * (double)statement.Inner * Size(statement);
        return GpuTarget.Large.MemoryLatency + operations * GpuTarget.Large.CyclesPerOperation / (Threads * (double)GpuTarget.Large.Multiprocessors);
    }

    private static double WeightBytes(StepStatement statement) => statement.Product is { } product ? 4.0 * product.Depth * statement.Points : 0;

    private static int Size(StepStatement statement) => statement.AtPoint.Sum(s => s.Stage.Stage.Expression.SelfAndDescendants().Count());
}
