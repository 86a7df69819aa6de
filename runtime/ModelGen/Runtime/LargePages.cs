using System.Runtime.InteropServices;

namespace ModelGen.Runtime;

/// <summary>
/// Pages of 2 MiB (where ordinary ones have 4 KiB) for large memory, where Linux lends them on request (transparent huge pages set to <c>madvise</c> or
/// <c>always</c>, the usual settings): a kernel that goes through a large workspace finds most of its addresses without a walk through the page tables.
/// Elsewhere, or where the system refuses, memory is what it would be otherwise.
/// </summary>
internal static unsafe class LargePages
{
    /// <summary>The size and alignment of a large page, in bytes.</summary>
    public const int Size = 2 << 20;

    // Below it less than half of the memory may lie in whole large pages.
    private const nuint LeastBytes = 2 * Size;

    // From <sys/mman.h> of Linux, the same on all processors.
    private const int HugePage = 14;

    /// <summary>Where memory of that many bytes is to begin: at a multiple of this.</summary>
    public static nuint AlignmentOf(nuint bytes) => OperatingSystem.IsLinux() && bytes >= LeastBytes ? Size : (nuint)AlignedBuffer.Alignment;

    /// <summary>Asks for large pages behind memory that has just been taken. What the allocator used before keeps the pages it
    /// has until the system joins them.</summary>
    /// <param name="start">Its first byte, as <see cref="AlignmentOf"/> has it.</param>
    /// <param name="bytes">Its size.</param>
    public static void Ask(void* start, nuint bytes)
    {
        if (AlignmentOf(bytes) != Size) return;
        try
        {
            // It is advice: a kernel without large pages declines, and nothing else changes.
            _ = Advise(start, bytes / Size * Size, HugePage);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // A Linux without that C library has ordinary pages.
        }
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(void* start, nuint length, int advice);
}
