using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>The parameters of an emitted kernel. ILGPU's launchers take few: what does not fit goes into structs of eight.</summary>
/// <param name="Views">Arguments of which each has a parameter of its own.</param>
/// <param name="Packs">Arguments whose views are passed in structs.</param>
/// <param name="Based">Arguments that do not start where their view starts: a view has to start on 256 bytes, and a later output need not.</param>
/// <param name="StartPacks">Where the views start, eight numbers in a struct; none where each is a parameter.</param>
/// <param name="Addressed">Arguments of which the method also takes the address, a number: none but for inline PTX.</param>
/// <param name="TakesBatch">Whether the body counts by the batch.</param>
/// <param name="TakesSeed">Whether it draws random numbers.</param>
/// <param name="TakesStep">Whether it is a step of a recurrence.</param>
internal sealed record GpuParameters(
    EquatableArray<int> Views, EquatableArray<EquatableArray<int>> Packs, EquatableArray<int> Based, EquatableArray<EquatableArray<int>> StartPacks,
    EquatableArray<int> Addressed, bool TakesBatch, bool TakesSeed, bool TakesStep)
{
    /// <summary>The most parameters ILGPU's launchers have.</summary>
    public const int Most = 14;

    /// <summary>Views in the struct <c>FloatViews8</c> of ModelGen.Gpu, and numbers in its <c>Ints8</c>.</summary>
    public const int ViewsInPack = 8;

    /// <summary>True where views, or where they start, are in structs.</summary>
    public bool IsPacked => Packs.Count > 0 || StartPacks.Count > 0;

    /// <param name="stages">What the body prints the expressions of.</param>
    /// <param name="countsByBatch">Whether it counts by the batch besides.</param>
    public static GpuParameters Of(
        Kernel kernel, IReadOnlyCollection<int> based, IReadOnlyList<LoopStage> stages, bool countsByBatch, EquatableArray<int> addressed = default)
    {
        bool takesBatch = countsByBatch || stages.Any(ReadsBatch), takesSeed = stages.Any(s => s.Stage.Expression.Has(e => e is Expr.Random));
        var all = Enumerable.Range(0, kernel.Arguments.Count).ToList();
        var starts = all.Where(based.Contains).ToEquatableArray();
        var room = Most - starts.Count - addressed.Count - (takesBatch ? 1 : 0) - (takesSeed ? 1 : 0) - (kernel.IsStepped ? 1 : 0);
        // Integers stay, the struct holds floats.
        var floats = all.Where(a => kernel.Arguments[a].Element != ElementType.I32).ToList();
        var packed = 0;
        while (all.Count - packed + (packed + ViewsInPack - 1) / ViewsInPack > room && packed < floats.Count) packed++;
        var inPacks = floats.Skip(floats.Count - packed).ToList();
        var (views, packs) = (all.Except(inPacks).ToEquatableArray(), Packed(inPacks));
        var fits = views.Count + packs.Count <= room;
        return new(views, packs, starts, fits ? EquatableArray<EquatableArray<int>>.Empty : Packed(starts), addressed, takesBatch, takesSeed, kernel.IsStepped);
    }

    // Loops over samples, borders that lie where the batch ends, and its size as a number.
    private static bool ReadsBatch(LoopStage stage) => stage.Inner.Any(a => a.PerSample)
        || stage.Reads.Values.Any(a => a.Guards.Any(g => g.Size.PerSample)) || stage.Stage.Expression.Has(e => e is Expr.SizeOf { Axis.PerSample: true });

    private static EquatableArray<EquatableArray<int>> Packed(IEnumerable<int> arguments) =>
        arguments.Select((a, at) => (a, at)).GroupBy(x => x.at / ViewsInPack, x => x.a).Select(g => g.ToEquatableArray()).ToEquatableArray();
}
