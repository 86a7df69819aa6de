namespace ILGPU.Runtime;

/// <summary>A place in the work of a stream.</summary>
public sealed class ProfilingMarker : IDisposable
{
    readonly AcceleratorStream stream;
    readonly long mark;

    internal ProfilingMarker(AcceleratorStream stream, long mark) => (this.stream, this.mark) = (stream, mark);

    /// <summary>Runs the work before the mark, and none behind it.</summary>
    public void Synchronize() => stream.RunUpTo(mark);

    /// <inheritdoc/>
    public void Dispose() { }
}
