namespace ModelGen.Gpu;

/// <summary>No device could be opened; says what was tried and what each answered.</summary>
public sealed class GpuUnavailableException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="tried">One sentence for each backend.</param>
    public GpuUnavailableException(IReadOnlyList<string> tried)
        : base("No GPU could be opened. " + string.Join(" ", tried))
    {
        Tried = tried;
    }

    /// <summary>One sentence for each backend that was tried, in order.</summary>
    public IReadOnlyList<string> Tried { get; }
}
