namespace ModelGen.Runtime;

/// <summary>
/// What the calls of one model work in. A call takes a reference at its start and keeps it to its end: disposing the model takes the reference away from later
/// calls, and the memory goes when the last call that has one has ended.
/// </summary>
/// <param name="info">The model.</param>
/// <param name="arenas">Its parameters.</param>
internal sealed class ModelMemory(ModelInfo info, ParameterArenas arenas)
{
    /// <summary>What a prediction derives from the parameters; made by the first.</summary>
    public AlignedBuffer? Derived;

    /// <summary>The scratch memory of a training step; grows to the largest batch.</summary>
    public AlignedBuffer? TrainWorkspace;

    /// <summary>Values, gradients and buffers.</summary>
    public ParameterArenas Arenas { get; } = arenas;

    /// <summary>What is prepared from the parameters alone.</summary>
    public AlignedBuffer Prepared { get; } = AlignedBuffer.OfFloats(info.PreparedFloats);

    /// <summary>The loss of a training step and the sums it is a formula of.</summary>
    public AlignedBuffer Loss { get; } = AlignedBuffer.OfFloats(1 + info.LossSums);

    /// <summary>The scratch memory of evaluations.</summary>
    public WorkspacePool Workspaces { get; } = new(2 * Environment.ProcessorCount, 1 + info.LossSums);
}
