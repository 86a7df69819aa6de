using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Programs;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>A kernel inside the loop over steps.</summary>
/// <param name="Outer">The outer axes, the step first.</param>
/// <param name="Sample">Which of them numbers the samples.</param>
/// <param name="Product">How its first stage is computed as a product; null where each point is computed by itself.</param>
internal sealed record StepStatement(IReadOnlyList<Axis> Outer, int Sample, IReadOnlyList<StepStage> Stages, StepProduct? Product)
{
    /// <summary>The outer variables besides the step and the sample: the points of a sample.</summary>
    public IReadOnlyList<int> Others => Enumerable.Range(1, Outer.Count - 1).Where(j => j != Sample).ToList();

    public IReadOnlyList<Axis> OtherAxes => Others.Select(j => Outer[j]).ToList();

    public int Points => (int)Extent.Of(OtherAxes).Factor;

    /// <summary>The stages at a point; of a product those behind the sum.</summary>
    public IReadOnlyList<StepStage> AtPoint => Product is null ? Stages : Stages.Skip(1).ToList();

    /// <summary>The longest inner loop at a point; none is over samples.</summary>
    public long Inner => AtPoint.Select(s => Extent.Of(s.Stage.Inner).Factor).DefaultIfEmpty(1).Max();
}
