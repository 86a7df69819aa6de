namespace ModelGen;

/// <summary>Specifies the shape of an input, without the batch axis: <c>[Shape(1, 28, 28)] Tensor image</c> is f32[N,1,28,28].</summary>
/// <param name="sizes">The sizes of the axes after the batch axis, each at least 1.</param>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class ShapeAttribute(params int[] sizes) : Attribute
{
    /// <summary>Gets the sizes of the axes after the batch axis.</summary>
    public int[] Sizes { get; } = sizes;
}
