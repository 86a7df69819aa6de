namespace ILGPU.Runtime;

/// <summary>The time in which a device is a thread's current one.</summary>
public readonly struct ScopedAcceleratorBinding : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() { }
}
