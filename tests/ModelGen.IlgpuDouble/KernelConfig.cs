namespace ILGPU;

/// <summary>How many groups, and how many threads in each.</summary>
public readonly struct KernelConfig
{
    /// <summary>A grid of three dimensions.</summary>
    public KernelConfig(Index3D gridDim, Index3D groupDim) => (GridDim, GroupDim) = (gridDim, groupDim);

    /// <summary>A grid of two dimensions.</summary>
    public KernelConfig(Index2D gridDim, Index2D groupDim)
        : this(new Index3D(gridDim.X, gridDim.Y, 1), new Index3D(groupDim.X, groupDim.Y, 1)) { }

    /// <summary>A grid of one dimension.</summary>
    public KernelConfig(Index1D gridDim, Index1D groupDim)
        : this(new Index3D(gridDim.X, 1, 1), new Index3D(groupDim.X, 1, 1)) { }

    /// <summary>Groups along each dimension.</summary>
    public Index3D GridDim { get; }

    /// <summary>Threads of a group along each dimension.</summary>
    public Index3D GroupDim { get; }

    /// <summary>A grid of one dimension.</summary>
    public static implicit operator KernelConfig((Index1D Grid, Index1D Group) dims) => new(dims.Grid, dims.Group);

    /// <summary>A grid of two dimensions.</summary>
    public static implicit operator KernelConfig((Index2D Grid, Index2D Group) dims) => new(dims.Grid, dims.Group);

    /// <summary>A grid of three dimensions.</summary>
    public static implicit operator KernelConfig((Index3D Grid, Index3D Group) dims) => new(dims.Grid, dims.Group);
}
