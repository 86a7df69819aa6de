namespace ModelGen;

/// <summary>Answers <see cref="Tensor.Shape"/> while a declaration is traced.</summary>
public interface ITraceShapes
{
    /// <summary>Computes the shape of a traced tensor.</summary>
    /// <param name="tensor">The tensor that was asked for its shape.</param>
    /// <returns>All axes, the batch axis first as −1.</returns>
    int[] ShapeOf(Tensor tensor);
}
