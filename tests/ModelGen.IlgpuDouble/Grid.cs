using ILGPU.Execution;

namespace ILGPU;

/// <summary>The grid of groups of the running launch.</summary>
public static class Grid
{
    /// <summary>The group's X.</summary>
    public static int IdxX => Lane.Current.Group.GridIndex.X;

    /// <summary>The group's Y.</summary>
    public static int IdxY => Lane.Current.Group.GridIndex.Y;

    /// <summary>The group's Z.</summary>
    public static int IdxZ => Lane.Current.Group.GridIndex.Z;

    /// <summary>Groups along X.</summary>
    public static int DimX => Lane.Current.Group.GridDim.X;

    /// <summary>Groups along Y.</summary>
    public static int DimY => Lane.Current.Group.GridDim.Y;

    /// <summary>Groups along Z.</summary>
    public static int DimZ => Lane.Current.Group.GridDim.Z;

    /// <summary>The thread's index in the whole grid; overflow is an error, as the device wraps silently.</summary>
    public static Index3D GlobalIndex => checked(new Index3D(
        IdxX * Group.DimX + Group.IdxX, IdxY * Group.DimY + Group.IdxY, IdxZ * Group.DimZ + Group.IdxZ));
}
