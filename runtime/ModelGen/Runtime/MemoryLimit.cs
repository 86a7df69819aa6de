using System.Globalization;

namespace ModelGen.Runtime;

/// <summary>Refuses memory that there is not: on Linux taking it would succeed, and the process would be ended when it is used.</summary>
internal static class MemoryLimit
{
    // Less is not worth asking the system for.
    private const long LeastBytes = 64 << 20;

    /// <summary>Checks before memory is taken.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="what">What it is for, as the subject of the message.</param>
    /// <exception cref="InsufficientMemoryException">There is less; the message has both numbers.</exception>
    public static void ThrowIfShort(long bytes, string what)
    {
        if (bytes < LeastBytes || bytes <= Available())
            return;

        // Models and workspaces that nobody holds any more have memory until the next collection.
        GC.Collect();
        ThrowIfLarge(bytes, what, Available());
    }

    /// <summary>Makes room for the workspace of a step.</summary>
    /// <param name="workspace">What there is.</param>
    /// <param name="floats">The size needed.</param>
    /// <param name="model">Whose it is.</param>
    /// <param name="step">What kind of step.</param>
    /// <param name="samples">Of how many samples.</param>
    /// <exception cref="InsufficientMemoryException">There is less memory; the message has both numbers.</exception>
    public static AlignedBuffer EnsureWorkspace(ref AlignedBuffer? workspace, long floats, ModelInfo model, string step, int samples)
    {
        // Asked only where memory is taken: a step that has its workspace allocates nothing.
        var bytes = floats > long.MaxValue / sizeof(float) ? long.MaxValue : floats * sizeof(float);
        if (workspace is not null && workspace.LengthInBytes < bytes)
            workspace = null;
        if (workspace is null)
            ThrowIfShort(bytes, bytes < LeastBytes ? "" : FormattableString.Invariant($"The workspace of {step} of {model.Name} with {samples} samples"));
        return AlignedBuffer.EnsureAtLeast(ref workspace, bytes);
    }

    private static void ThrowIfLarge(long bytes, string what, long available)
    {
        if (bytes > available)
            throw new InsufficientMemoryException(string.Create(CultureInfo.InvariantCulture, $"{what} needs {bytes} bytes, and {available} are available."));
    }

    // What the process may have and has not: by the limit of the collector's heap (a container's, or the machine's memory), and by what the system has left.
    private static long Available() =>
        Math.Max(0, Math.Min(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet, LeftBySystem()));

    private static long LeftBySystem()
    {
        if (!OperatingSystem.IsLinux())
            return long.MaxValue;
        try
        {
            var (available, swap) = (long.MaxValue, 0L);
            foreach (var line in File.ReadLines("/proc/meminfo"))
            {
                if (line.StartsWith("MemAvailable:", StringComparison.Ordinal))
                    available = Kibibytes(line);
                else if (line.StartsWith("SwapFree:", StringComparison.Ordinal))
                    swap = Kibibytes(line);
            }

            return available == long.MaxValue ? available : available + swap;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            // A system that does not tell sets no limit.
            return long.MaxValue;
        }
    }

    private static long Kibibytes(string line) =>
        1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], NumberStyles.None, CultureInfo.InvariantCulture);
}
