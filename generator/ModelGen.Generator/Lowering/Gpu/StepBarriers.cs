using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>Where the threads of a group wait for each other inside the loop over steps: before a phase that reads or overwrites what others have touched since
/// the last time. The sums of a product are one phase, the points of a statement another.</summary>
internal static class StepBarriers
{
    // Stands for the sums of products among what barriers protect.
    private const int SumsResource = -1;

    /// <summary>Before which phases all threads wait, in order. What a step leaves meets the next one too.</summary>
    public static IReadOnlyList<bool> Of(StepBody body)
    {
        var phases = new List<(HashSet<int> Read, HashSet<int> Written)>();
        foreach (var statement in body.Statements)
        {
            var read = Resources(statement.AtPoint.SelectMany(s => s.Stage.Reads.Values.Select(a => a.Argument)));
            if (statement.Product is { } product)
            {
                phases.Add((Resources(new[] { product.Rows.Argument }), new() { SumsResource }));
                read.Add(SumsResource);
            }
            phases.Add((read, Resources(statement.AtPoint.Where(s => s.Held is not null).Select(s => s.Held!.Argument))));
        }
        var barriers = new bool[phases.Count];
        HashSet<int> pendingReads = new(), pendingWrites = new(Enumerable.Range(0, body.Held.Count).Where(h => body.Held[h].IsCarried));
        const int untilNothingChanges = 3;
        for (var p = 0; p < untilNothingChanges * phases.Count; p++)
        {
            var (reads, writes) = phases[p % phases.Count];
            if (reads.Overlaps(pendingWrites) || writes.Overlaps(pendingWrites) || writes.Overlaps(pendingReads)) barriers[p % phases.Count] = true;
            if (barriers[p % phases.Count])
            {
                pendingReads.Clear();
                pendingWrites.Clear();
            }
            pendingReads.UnionWith(reads);
            pendingWrites.UnionWith(writes);
        }
        return barriers;

        HashSet<int> Resources(IEnumerable<int> numbers) => new(numbers.Select(body.HeldOf).Where(h => h >= 0));
    }
}
