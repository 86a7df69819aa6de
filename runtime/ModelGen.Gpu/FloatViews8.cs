using System.ComponentModel;
using ILGPU;

namespace ModelGen.Gpu;

/// <summary>Holds up to eight views as one argument, for generated kernels with more than the 14 parameters of a launcher.</summary>
/// <remarks>Public, and here instead of in the generated class: ILGPU takes public structs only, and a model may be internal.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct FloatViews8
{
    /// <summary>View 0.</summary>
    public ArrayView<float> V0;

    /// <summary>View 1.</summary>
    public ArrayView<float> V1;

    /// <summary>View 2.</summary>
    public ArrayView<float> V2;

    /// <summary>View 3.</summary>
    public ArrayView<float> V3;

    /// <summary>View 4.</summary>
    public ArrayView<float> V4;

    /// <summary>View 5.</summary>
    public ArrayView<float> V5;

    /// <summary>View 6.</summary>
    public ArrayView<float> V6;

    /// <summary>View 7.</summary>
    public ArrayView<float> V7;
}
