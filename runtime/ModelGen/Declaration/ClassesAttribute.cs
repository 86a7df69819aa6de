namespace ModelGen;

/// <summary>Specifies how many classes the labels of a loss tell apart: each label is in [0, count).</summary>
/// <param name="count">The number of classes, at least 1.</param>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ClassesAttribute(int count) : Attribute
{
    /// <summary>Gets the number of classes.</summary>
    public int Count { get; } = count;

    /// <summary>Gets or sets the positions that have a label each, without the batch axis; empty (the default) for one label per sample.</summary>
    public int[] Shape { get; set; } = [];
}
