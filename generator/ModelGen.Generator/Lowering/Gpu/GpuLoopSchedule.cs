using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>How a map, a reduction or a row kernel is computed: the outer points are shared out to threads, or each to several.</summary>
/// <param name="Loop">The loops.</param>
/// <param name="Points">What is computed at a point, and by which threads.</param>
internal sealed record GpuLoopSchedule(GpuTarget Target, Kernel Kernel, GpuParameters Parameters, LoopKernel Loop, PointSchedule Points)
    : GpuSchedule(Kernel, Parameters)
{
    /// <summary>Gets how points are shared out.</summary>
    public LoopMapping Mapping => Points.Mapping;

    /// <summary>Gets the parts of the inner loops, numbered by the first outer axis; 1 where they are whole.</summary>
    public int Parts => Points.Parts;

    /// <summary>Gets the number of points.</summary>
    public Extent Count => Extent.Of(Loop.Outer.Skip(Loop.StepAxes));

    /// <inheritdoc/>
    public override int Threads => Mapping.Threads;

    /// <inheritdoc/>
    public override int MinGroups => Threads >= Target.MostGroupThreads ? 1 : 2;

    /// <inheritdoc/>
    public override int SharedBytes => sizeof(float) * Threads * (Points.SharedFloats + Points.SharedIntegers);

    /// <inheritdoc/>
    public override IReadOnlyList<GroupCount> Grid => new[] { new GroupCount(Count, Mapping.Points) };

    /// <inheritdoc/>
    protected override IEnumerable<string> Share
    {
        get
        {
            if (Parts > 1) yield return $"sums split into {Text(Parts)} parts";
            yield return !Mapping.IsShared ? "one thread for each point" : Mapping.Points == 1 ? "a group for each point"
                : $"{Text(Mapping.Points)} points in a group";
            if (Mapping.Points > 1 && Mapping.IsShared) yield return $"{Text(Mapping.Parts)} threads for each";
            if (Mapping.IsShared) yield return Mapping.PartsAdjacent ? "neighbouring threads along its row" : "neighbouring threads at neighbouring points";
            yield return $"{Text(Threads)} threads in a group";
        }
    }

    /// <param name="based">Arguments that do not start where their view starts.</param>
    /// <param name="isPart">True where the first outer axis numbers parts of the inner loops (see <see cref="SplitKernel"/>).</param>
    public static GpuLoopSchedule Of(GpuTarget target, Kernel kernel, IReadOnlyCollection<int> based, bool isPart)
    {
        var loop = LoopKernel.Of(kernel);
        var parts = isPart ? kernel.Outer[0].Factor : 1;
        var mapping = LoopMapping.Of(target, loop, parts);
        var outer = loop.Outer.Skip(loop.StepAxes).ToList();
        var count = Extent.Of(outer);
        // The number of points is asked for where some threads are past the end; so is each size that a position is divided by.
        var hasEnd = !mapping.IsShared || mapping.Points > 1 && !count.IsMultipleOf(mapping.Points);
        var countsByBatch = hasEnd && !count.IsLiteral || outer.Skip(1).Any(a => a.PerSample);
        return new(target, kernel, GpuParameters.Of(kernel, based, loop.Stages, countsByBatch), loop,
            PointSchedule.Of(target, loop.Stages, mapping, PointMemory.Of(kernel), parts));
    }
}
