namespace ModelGen.Runtime;

/// <summary>What one evaluation call works in; grows to the largest batch it served.</summary>
/// <param name="lossFloats">Room for the loss and the sums behind it.</param>
internal sealed class Workspace(int lossFloats)
{
    private AlignedBuffer? _memory, _output, _tangents, _zeros, _columns;

    /// <summary>The loss and the sums it is a formula of.</summary>
    public AlignedBuffer Loss { get; } = AlignedBuffer.OfFloats(lossFloats);

    /// <summary>The scratch memory of the kernels.</summary>
    /// <param name="floats">Its size.</param>
    /// <param name="model">Whose kernels.</param>
    /// <param name="step">What kind of step it is for, for the message where there is not that much memory.</param>
    /// <param name="samples">Of how many samples.</param>
    public AlignedBuffer Memory(long floats, ModelInfo model, string step, int samples) =>
        MemoryLimit.EnsureWorkspace(ref _memory, floats, model, step, samples);

    /// <summary>The aligned output, copied to the caller's span.</summary>
    public AlignedBuffer Output(long floats) => AlignedBuffer.EnsureAtLeast(ref _output, floats * sizeof(float));

    /// <summary>A direction of the parameters, copied from the caller's span.</summary>
    public AlignedBuffer Tangents(long floats) => AlignedBuffer.EnsureAtLeast(ref _tangents, floats * sizeof(float));

    /// <summary>A direction that does not move; never written.</summary>
    public AlignedBuffer Zeros(long floats) => AlignedBuffer.EnsureAtLeast(ref _zeros, floats * sizeof(float));

    /// <summary>The addresses of the inputs and of their directions.</summary>
    public AlignedBuffer Columns(long bytes) => AlignedBuffer.EnsureAtLeast(ref _columns, bytes);
}
