namespace ModelGen.Generator.Graphs;

internal enum ElementType
{
    /// <summary>32-bit float; everything that is differentiated.</summary>
    F32,

    /// <summary>32-bit integer: class indices and tokens. Kernels read them as numbers.</summary>
    I32,
}

/// <summary>Element type and shape of a value.</summary>
internal readonly record struct TensorType(ElementType Element, Shape Shape)
{
    public override string ToString() => (Element == ElementType.F32 ? "f32" : "i32") + Shape;
}
