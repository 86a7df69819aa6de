namespace ModelGen;

/// <summary>Writes and opens files of the library.</summary>
/// <remarks>
/// A file is written whole or not at all: what is written has another name, or none, until it is complete and on the disk, and takes the name in one step.
/// Permissions of the file that was there are kept, and a symbolic link is followed. On Linux what is being written has no name where the file system allows
/// that, and is gone with a process that is killed; elsewhere it is <c>NAME.saving</c> beside the file, and the next saving of that file takes its place.
/// </remarks>
internal static class WholeFile
{
    private const string Suffix = ".saving";

    private const UnixFileMode ModeOfNew =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    // One at a time: two that save one file would take the temporary name from each other.
    private static readonly object s_gate = new();

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="write">Writes its content; may be called again where the first way to write it fails.</param>
    /// <exception cref="IOException">The file cannot be written, or the path is a folder, a pipe or a device; then an old file of that name is still
    /// whole.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var target = Target(path);
        try
        {
            lock (s_gate)
            {
                if (!TryWriteWithoutName(target, write))
                    WriteWithName(target, write);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The file '{path}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Checks that a file could be written, without writing it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It could not: its folder is not there or takes no files, or the path is a folder, a pipe or a device.</exception>
    public static void CheckWritable(string path)
    {
        var target = Target(path);
        try
        {
            lock (s_gate)
            {
                using var withoutName = LinuxFiles.TryOpenWithoutName(Folder(target), ModeOfNew);
                if (withoutName is not null)
                    return;
                var temporary = target + Suffix;
                File.Delete(temporary);
                using (new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                }

                File.Delete(temporary);
            }
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The file '{path}' cannot be written: {e.Message}", e);
        }
    }

    /// <summary>Opens a file to read it. What is no file with an end (a folder, a pipe, a device) is refused before it is opened: opening a pipe may wait
    /// for ever.</summary>
    /// <param name="path">The file.</param>
    /// <param name="refuse">Makes the exception from what is wrong.</param>
    public static FileStream OpenRead(string path, Func<string, Exception> refuse)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (KindOf(path) is { } kind)
            throw refuse($"this is {kind}, not a file.");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    private static string? KindOf(string path) => Directory.Exists(path) ? "a folder" : LinuxFiles.KindOf(path);

    // The file itself behind any links.
    private static string Target(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Path.GetFullPath(path);
        try
        {
            target = File.ResolveLinkTarget(target, returnFinalTarget: true)?.FullName ?? target;
        }
        catch (FileNotFoundException)
        {
            // A new file.
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"The file '{path}' cannot be written: {e.Message}", e);
        }

        if (KindOf(target) is { } kind)
            throw new IOException($"'{path}' cannot be written: it is {kind}, not a file.");
        if (!Directory.Exists(Folder(target)))
            throw new DirectoryNotFoundException($"'{path}' cannot be written: there is no folder '{Folder(target)}'.");
        return target;
    }

    private static string Folder(string target) => Path.GetDirectoryName(target) ?? target;

    private static UnixFileMode? ModeOf(string target) => !OperatingSystem.IsWindows() && File.Exists(target) ? File.GetUnixFileMode(target) : null;

    private static bool TryWriteWithoutName(string target, Action<Stream> write)
    {
        var mode = ModeOf(target);
        using var handle = LinuxFiles.TryOpenWithoutName(Folder(target), mode ?? ModeOfNew);
        if (handle is null)
            return false;
        using var file = new FileStream(handle, FileAccess.Write);
        Complete(file, mode, write);

        // A name can be given but not taken from another file: a name of a moment first, which then takes the other's place.
        var temporary = target + Suffix;
        File.Delete(temporary);
        if (!LinuxFiles.TryLink(handle, temporary))
            return false;
        Rename(temporary, target);
        return true;
    }

    private static void WriteWithName(string target, Action<Stream> write)
    {
        var mode = ModeOf(target);
        var temporary = target + Suffix;
        File.Delete(temporary);
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (mode is not null && !OperatingSystem.IsWindows())
                options.UnixCreateMode = mode;
            using (var file = new FileStream(temporary, options))
                Complete(file, mode, write);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        Rename(temporary, target);
    }

    private static void Complete(FileStream file, UnixFileMode? mode, Action<Stream> write)
    {
        write(file);
        file.Flush(flushToDisk: true);

        // Made with it already, but without what the process takes from the permissions of new files.
        if (mode is { } kept && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(file.SafeFileHandle, kept);
    }

    private static void Rename(string temporary, string target)
    {
        try
        {
            // Windows keeps attributes and permissions of the file that is replaced.
            if (OperatingSystem.IsWindows() && File.Exists(target))
                File.Replace(temporary, target, destinationBackupFileName: null);
            else
                File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
