namespace ILGPU.Runtime;

/// <summary>Allocates page-locked memory.</summary>
public static class PageLockedArrayExtensions
{
    /// <summary>Allocates an array; the double clears it either way.</summary>
    public static PageLockedArray1D<T> AllocatePageLocked1D<T>(this Accelerator accelerator, LongIndex1D extent, bool uninitialized)
        where T : unmanaged => new(extent);
}
