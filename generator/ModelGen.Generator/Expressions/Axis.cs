using System;
using System.Globalization;

namespace ModelGen.Generator.Expressions;

/// <summary>The size of one axis: <c>Factor</c>, or <c>Factor · N</c> where N is the batch size, the only size unknown at compile time.</summary>
internal readonly record struct Axis(int Factor, bool PerSample)
{
    /// <summary>The batch that costs are weighed for where nothing is known of it.</summary>
    public const int TypicalBatch = 32;

    public static readonly Axis Batch = new(1, true);

    public static implicit operator Axis(int size) => new(size, false);

    public bool IsOne => Factor == 1 && !PerSample;

    /// <summary>The size for a given batch; the largest int where it is more.</summary>
    public int At(int batch) => PerSample ? (int)Math.Min(int.MaxValue, (long)Factor * batch) : Factor;

    /// <summary>The size for a batch of a usual size.</summary>
    public int Typical => At(TypicalBatch);

    public override string ToString() =>
        !PerSample ? Factor.ToString(CultureInfo.InvariantCulture)
        : Factor == 1 ? "N" : "N*" + Factor.ToString(CultureInfo.InvariantCulture);
}
