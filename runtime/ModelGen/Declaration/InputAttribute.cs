namespace ModelGen;

/// <summary>Declares the input of a network in class form, without the batch axis: <c>[Model, Input(1, 28, 28)]</c>.</summary>
/// <param name="sizes">The sizes of the axes after the batch axis, each at least 1.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute(params int[] sizes) : Attribute
{
    /// <summary>Gets the sizes of the axes after the batch axis.</summary>
    public int[] Sizes { get; } = sizes;
}
