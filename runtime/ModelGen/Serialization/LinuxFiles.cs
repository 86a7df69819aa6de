using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace ModelGen;

/// <summary>What the framework does not give of Linux's files. Where the system's C library lacks it, or the processor is another, it says so and nothing
/// else changes.</summary>
internal static unsafe class LinuxFiles
{
    // From <fcntl.h>, <sys/stat.h> and <linux/stat.h>; O_DIRECTORY, a part of O_TMPFILE, differs by processor.
    private const int WriteOnly = 0x1;
    private const int CloseOnExec = 0x80000;
    private const int TemporaryFile = 0x400000;
    private const int CurrentDirectory = -100;
    private const int FollowLink = 0x400;
    private const uint TypeMask = 0x1;
    private const int TypeBits = 0xF000;
    private const int BytesOfStatus = 256;
    private const int PlaceOfMode = 28;

    private static int DirectoryFlag => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 0x10000,
        Architecture.Arm64 => 0x4000,
        _ => 0,
    };

    /// <summary>Opens a file without a name: it is gone with the process unless it is given one (<see cref="TryLink"/>).</summary>
    /// <param name="folder">Where it lies.</param>
    /// <param name="mode">Its permissions, without those that the process takes from new files.</param>
    /// <returns>Null where the system or the file system has no such files.</returns>
    public static SafeFileHandle? TryOpenWithoutName(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsLinux() || DirectoryFlag == 0)
            return null;
        try
        {
            var descriptor = Open(folder, WriteOnly | CloseOnExec | TemporaryFile | DirectoryFlag, (int)mode);
            return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Gives a file without a name one that no file has.</summary>
    /// <returns>Whether it has it now.</returns>
    public static bool TryLink(SafeFileHandle file, string name)
    {
        try
        {
            return Link(CurrentDirectory, FormattableString.Invariant($"/proc/self/fd/{file.DangerousGetHandle()}"), CurrentDirectory, name, FollowLink) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    /// <summary>What lies under a name if that is no file with contents: "a folder", "a pipe", "a device" or "a socket"; null for a file, for nothing, and
    /// where it cannot be told.</summary>
    public static string? KindOf(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var status = stackalloc byte[BytesOfStatus];
            if (Status(CurrentDirectory, path, 0, TypeMask, status) != 0)
                return null;
            return (*(ushort*)(status + PlaceOfMode) & TypeBits) switch
            {
                0x4000 => "a folder",
                0x1000 => "a pipe",
                0x2000 or 0x6000 => "a device",
                0xC000 => "a socket",
                _ => null,
            };
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, int mode);

    [DllImport("libc", EntryPoint = "linkat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        int fromDirectory, [MarshalAs(UnmanagedType.LPUTF8Str)] string from, int toDirectory, [MarshalAs(UnmanagedType.LPUTF8Str)] string to, int flags);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Status(int directory, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte* status);
}
