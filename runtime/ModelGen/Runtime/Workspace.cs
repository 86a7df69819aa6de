namespace ModelGen.Runtime;

/// <summary>What one evaluation call works in; grows to the largest batch it served.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>The scratch memory of the kernels.</summary>
    public AlignedBuffer Memory { get; } = new(0);

    /// <summary>The aligned output, copied to the caller's span.</summary>
    public AlignedBuffer Output { get; } = new(0);

    /// <summary>The loss.</summary>
    public AlignedBuffer Loss { get; } = new(AlignedBuffer.Alignment);

    /// <summary>A direction of the parameters, copied from the caller's span.</summary>
    public AlignedBuffer Tangents { get; } = new(0);

    /// <summary>A direction that does not move; never written.</summary>
    public AlignedBuffer Zeros { get; } = new(0);

    /// <summary>The addresses of the inputs and of their directions.</summary>
    public AlignedBuffer Columns { get; } = new(0);

    /// <summary>Frees all.</summary>
    public void Dispose()
    {
        Tangents.Dispose();
        Zeros.Dispose();
        Columns.Dispose();
        Memory.Dispose();
        Output.Dispose();
        Loss.Dispose();
    }
}
