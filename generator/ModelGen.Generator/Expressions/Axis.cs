using System;
using System.Globalization;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Expressions;

/// <summary>The size of one axis: <c>Factor</c>, or <c>Factor · N</c> where N is the batch size, the only size unknown at compile time.</summary>
/// <remarks>Axes that differ in their names alone are equal, and so are shapes and kernels over them: what layers share is told by sizes.</remarks>
internal readonly record struct Axis(int Factor, bool PerSample)
{
    private readonly string? _name;

    private Axis(int factor, bool perSample, string? name) : this(factor, perSample) => _name = name;

    /// <summary>An axis of a known size with a name.</summary>
    public Axis(string name, int factor) : this(factor, false) => _name = name;

    /// <summary>The batch that costs are weighed for where nothing is known of it.</summary>
    public const int TypicalBatch = 32;

    public static readonly Axis Batch = new Axis(1, true).Named("n");

    public static implicit operator Axis(int size) => new(size, false);

    /// <summary>What formulas call a position along the axis (<see cref="AxisNames"/> tells which names there are); empty where nothing has named it.</summary>
    public string Name => _name ?? "";

    public bool IsOne => Factor == 1 && !PerSample;

    /// <summary>The size for a given batch; the largest int where it is more.</summary>
    public int At(int batch) => PerSample ? (int)Math.Min(int.MaxValue, (long)Factor * batch) : Factor;

    /// <summary>The size for a batch of a usual size.</summary>
    public int Typical => At(TypicalBatch);

    /// <summary>The axis under a name.</summary>
    public Axis Named(string name) => new(Factor, PerSample, name);

    /// <summary>The axis under a name, unless it has one.</summary>
    public Axis Or(string name) => Name.Length > 0 ? this : Named(name);

    /// <summary>An axis of another size with the same name.</summary>
    public Axis WithSize(int size) => new(size, false, _name);

    public bool Equals(Axis other) => Factor == other.Factor && PerSample == other.PerSample;

    public override int GetHashCode() => Hash.Combine(Factor, PerSample ? 1 : 0);

    public override string ToString() =>
        !PerSample ? Factor.ToString(CultureInfo.InvariantCulture)
        : Factor == 1 ? "N" : "N*" + Factor.ToString(CultureInfo.InvariantCulture);
}
