using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Programs;

/// <summary>Calls that are repeated: from <paramref name="First"/> up to <paramref name="End"/>, for each step.</summary>
/// <param name="FromEnd">True where the steps count down.</param>
internal sealed record StepLoop(int First, int End, int Steps, bool FromEnd);

/// <summary>Calls that are made for some samples of the batch after the other: from <paramref name="First"/> up to <paramref name="End"/>, so that what lies
/// between them stays in
/// the cache.</summary>
internal sealed record BatchLoop(int First, int End, int Samples);

/// <summary>The kernel calls of a graph in order, and which tensors share memory: what is computed, before it is decided how.</summary>
internal sealed record CallOrder(IReadOnlyList<KernelCall> Calls, IReadOnlyList<StepLoop> Loops, IReadOnlyList<BatchLoop> BatchLoops, Storage Storage)
{
    /// <summary>As many of the first calls depend on parameters, buffers and constants alone and run only when those change.</summary>
    public int Derived { get; init; }

    /// <summary>The range of calls that is repeated with this one: itself where none is.</summary>
    public static (int First, int End) Repeated(IReadOnlyList<StepLoop> loops, IReadOnlyList<BatchLoop> batchLoops, int call) =>
        loops.Select(l => (l.First, l.End)).Concat(batchLoops.Select(l => (l.First, l.End)))
            .Where(l => l.First <= call && call < l.End).DefaultIfEmpty((call, call + 1)).First();
}
