using System.Linq;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>How the sums of a product inside the loop over steps are computed: a thread has one or four neighbouring columns of every sample of the group and
/// a part of the terms.</summary>
/// <param name="Product">The product.</param>
/// <param name="Parts">Parts that the terms of a sum are cut into, so that all threads have some.</param>
/// <param name="TermsAtOnce">Terms that a thread loads at once.</param>
/// <param name="PartLength">Terms of a part, but for the last one.</param>
/// <param name="RowWidth">Terms of a row that are read as one vector, one or four.</param>
/// <param name="UnrollsParts">Whether the addition of the parts is written out.</param>
internal sealed record StepSumSchedule(StepProduct Product, int Parts, int TermsAtOnce, int PartLength, int RowWidth, bool UnrollsParts)
{
    /// <param name="samples">Samples of a group.</param>
    /// <param name="parts">As many parts at most.</param>
    public static StepSumSchedule Of(GpuTarget target, StepStatement statement, StepProduct product, int samples, int parts)
    {
        // Eight, but where their registers are needed for sums, or the last of them would be left over.
        var most = target.TermsInFlight;
        var atOnce = samples * product.Width > target.SumsBesideManyTerms || product.Depth % most != 0 ? most / 2 : most;
        // Parts of whole steps of the loop over terms, and none without a term.
        var length = Length(parts);
        parts = (product.Depth + length - 1) / length;
        var k = statement.Outer.Count;
        var isWide = product.Rows.Strides[k] == 1 && product.Rows.Offset % 4 == 0 && Enumerable.Range(0, k).All(j => product.Rows.Strides[j] % 4 == 0);
        return new(product, parts, atOnce, Length(parts), isWide ? 4 : 1, parts <= target.UnrolledParts);

        int Length(int parts) => parts == 1 ? product.Depth : ((product.Depth + parts - 1) / parts + atOnce - 1) / atOnce * atOnce;
    }
}
