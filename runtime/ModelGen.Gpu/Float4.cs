using System.ComponentModel;

namespace ModelGen.Gpu;

/// <summary>Represents four neighbouring floats: one load or store of 16 bytes in a generated kernel.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Float4
{
    /// <summary>The first float.</summary>
    public float X;

    /// <summary>The second float.</summary>
    public float Y;

    /// <summary>The third float.</summary>
    public float Z;

    /// <summary>The fourth float.</summary>
    public float W;
}
