using System.ComponentModel;

namespace ModelGen.Gpu;

/// <summary>Holds up to eight numbers as one argument: where the views of a generated kernel start, if there are more than a launcher has parameters
/// for.</summary>
/// <remarks>Public, and here instead of in the generated class: ILGPU takes public structs only, and a model may be internal.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Ints8
{
    /// <summary>Number 0.</summary>
    public int V0;

    /// <summary>Number 1.</summary>
    public int V1;

    /// <summary>Number 2.</summary>
    public int V2;

    /// <summary>Number 3.</summary>
    public int V3;

    /// <summary>Number 4.</summary>
    public int V4;

    /// <summary>Number 5.</summary>
    public int V5;

    /// <summary>Number 6.</summary>
    public int V6;

    /// <summary>Number 7.</summary>
    public int V7;
}
