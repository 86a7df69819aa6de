using System.ComponentModel;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>Describes what the compiler knows about a model: names, shapes, sizes (in floats) and costs (in floating-point operations).</summary>
public sealed class ModelInfo
{
    private IReadOnlyList<OutputSpec> _outputs = [];

    /// <summary>Gets the name of the model's class.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the inputs in the order of <see cref="Batch"/> columns: those of <c>Forward</c>, then those only <c>Loss</c> reads.</summary>
    public required IReadOnlyList<InputSpec> Inputs { get; init; }

    /// <summary>Gets the outputs in the order in which a row of output holds them.</summary>
    public required IReadOnlyList<OutputSpec> Outputs
    {
        get => _outputs;
        init
        {
            _outputs = value;
            OutputLength = value.Sum(output => output.Length);
        }
    }

    /// <summary>Gets the floats of one row of output: the sum of the outputs' lengths.</summary>
    public int OutputLength { get; private init; }

    /// <summary>Gets the parameters in the order of the declaration.</summary>
    public required IReadOnlyList<ParameterSpec> Parameters { get; init; }

    /// <summary>Gets the running statistics and other state that is saved but not learned.</summary>
    public IReadOnlyList<ParameterSpec> Buffers { get; init; } = [];

    /// <summary>Gets the size of the parameter storage in floats, gaps included.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>Gets the size of the buffer storage in floats, gaps included.</summary>
    public int BufferFloats { get; init; }

    /// <summary>Gets the size of what is prepared from the parameters alone (packed weights), in floats.</summary>
    public long PreparedFloats { get; init; }

    /// <summary>Gets the size of what predictions derive from parameters and buffers alone (transformed filters, scales), in floats.</summary>
    public long DerivedFloats { get; init; }

    /// <summary>Gets the part of the training workspace that grows with the batch, in floats for each sample.</summary>
    public long TrainWorkspaceFloatsPerSample { get; init; }

    /// <summary>Gets the part of the training workspace that does not depend on the batch, in floats.</summary>
    public long TrainWorkspaceFloatsFixed { get; init; }

    /// <summary>Gets the part of the evaluation workspace that grows with the batch, in floats for each sample.</summary>
    public long InferWorkspaceFloatsPerSample { get; init; }

    /// <summary>Gets the part of the evaluation workspace that does not depend on the batch, in floats.</summary>
    public long InferWorkspaceFloatsFixed { get; init; }

    /// <summary>Gets the part of the workspace of a directional derivative that grows with the batch, in floats for each sample.</summary>
    public long JvpWorkspaceFloatsPerSample { get; init; }

    /// <summary>Gets the part of the workspace of a directional derivative that does not depend on the batch, in floats.</summary>
    public long JvpWorkspaceFloatsFixed { get; init; }

    /// <summary>
    /// Gets the floats for each sample of the largest tensor that a step works on. Kernels index with 32 bits, so a batch has at most 2^31 / this many samples.
    /// </summary>
    public long LargestTensorFloatsPerSample { get; init; }

    /// <summary>Gets a value indicating whether the model has a loss; without one it cannot be trained.</summary>
    public bool HasLoss { get; init; } = true;

    /// <summary>
    /// Gets the number of sums over the samples that <see cref="LossFormula"/> reads; a step leaves them behind its loss. It is 0 where there is no formula.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int LossSums { get; init; }

    /// <summary>Gets the loss as a formula of sums over the samples, for <see cref="LossTotal"/>; null where the loss is averaged over the samples.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LossFormula? LossFormula { get; init; }

    /// <summary>Gets the number of learned numbers (gaps not counted).</summary>
    public long ParameterCount { get; init; }

    /// <summary>Gets the floating-point operations of a forward pass for one sample.</summary>
    public long ForwardFlops { get; init; }

    /// <summary>Gets the floating-point operations of a backward pass for one sample.</summary>
    public long BackwardFlops { get; init; }

    /// <summary>Gets the number of distinct kernels that were emitted.</summary>
    public int KernelCount { get; init; }

    /// <summary>
    /// Gets how often a training step goes through a tensor in memory: each kernel call that reads or writes one of the batch or between kernels counts one;
    /// weights and gradients do not. Without a loss, it counts those of a prediction.
    /// </summary>
    public int MemoryPasses { get; init; }

    /// <summary>Gets the bytes that those passes move for each sample of the batch.</summary>
    public long MemoryBytesPerSample { get; init; }

    /// <summary>Gets a table of the layers with shapes and parameter counts.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Gets the graph as a mermaid flowchart.</summary>
    public string Diagram { get; init; } = "";

    /// <summary>Gets the graph as text, with one node in each line.</summary>
    public string GraphText { get; init; } = "";

    /// <summary>Returns the workspace of a training step in floats.</summary>
    /// <param name="samples">The batch size N.</param>
    public long TrainWorkspaceFloats(int samples) => TrainWorkspaceFloatsPerSample * samples + TrainWorkspaceFloatsFixed;

    /// <summary>Returns the workspace of an evaluation pass in floats.</summary>
    /// <param name="samples">The batch size N.</param>
    public long InferWorkspaceFloats(int samples) => InferWorkspaceFloatsPerSample * samples + InferWorkspaceFloatsFixed;

    /// <summary>Returns the workspace of a directional derivative in floats.</summary>
    /// <param name="samples">The batch size N.</param>
    public long JvpWorkspaceFloats(int samples) => JvpWorkspaceFloatsPerSample * samples + JvpWorkspaceFloatsFixed;

    /// <summary>Returns the name.</summary>
    public override string ToString() => Name;
}
