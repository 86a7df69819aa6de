using System.ComponentModel;

namespace ModelGen.Gpu;

/// <summary>Four neighbouring floats: one load or store of 16 bytes in a generated kernel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Float4
{
    /// <summary>The first.</summary>
    public float X;

    /// <summary>The second.</summary>
    public float Y;

    /// <summary>The third.</summary>
    public float Z;

    /// <summary>The fourth.</summary>
    public float W;
}
