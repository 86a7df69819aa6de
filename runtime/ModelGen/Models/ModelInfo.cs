using System.ComponentModel;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>What the compiler knows about a model: names, shapes, sizes (in floats) and costs (in floating-point operations).</summary>
public sealed class ModelInfo
{
    private IReadOnlyList<OutputSpec> _outputs = [];

    /// <summary>The name of the model's class.</summary>
    public required string Name { get; init; }

    /// <summary>The inputs in the order of <see cref="Batch"/> columns: those of <c>Forward</c>, then those only <c>Loss</c> reads.</summary>
    public required IReadOnlyList<InputSpec> Inputs { get; init; }

    /// <summary>The outputs in the order in which a row of output holds them.</summary>
    public required IReadOnlyList<OutputSpec> Outputs
    {
        get => _outputs;
        init
        {
            _outputs = value;
            OutputLength = value.Sum(output => output.Length);
        }
    }

    /// <summary>The floats of one row of output: the sum of the outputs' lengths.</summary>
    public int OutputLength { get; private init; }

    /// <summary>The parameters in the order of the declaration.</summary>
    public required IReadOnlyList<ParameterSpec> Parameters { get; init; }

    /// <summary>The running statistics and other state that is saved but not learned.</summary>
    public IReadOnlyList<ParameterSpec> Buffers { get; init; } = [];

    /// <summary>The size of the parameter storage in floats, gaps included.</summary>
    public required int ParameterFloats { get; init; }

    /// <summary>The size of the buffer storage in floats, gaps included.</summary>
    public int BufferFloats { get; init; }

    /// <summary>The size of what is prepared from the parameters alone (packed weights), in floats.</summary>
    public long PreparedFloats { get; init; }

    /// <summary>The size of what predictions derive from parameters and buffers alone (transformed filters, scales), in floats.</summary>
    public long DerivedFloats { get; init; }

    /// <summary>The part of the training workspace that grows with the batch, in floats for each sample.</summary>
    public long TrainWorkspaceFloatsPerSample { get; init; }

    /// <summary>The part of the training workspace that does not depend on the batch, in floats.</summary>
    public long TrainWorkspaceFloatsFixed { get; init; }

    /// <summary>The part of the evaluation workspace that grows with the batch, in floats for each sample.</summary>
    public long InferWorkspaceFloatsPerSample { get; init; }

    /// <summary>The part of the evaluation workspace that does not depend on the batch, in floats.</summary>
    public long InferWorkspaceFloatsFixed { get; init; }

    /// <summary>The part of the workspace of a directional derivative that grows with the batch, in floats for each sample.</summary>
    public long JvpWorkspaceFloatsPerSample { get; init; }

    /// <summary>The part of the workspace of a directional derivative that does not depend on the batch, in floats.</summary>
    public long JvpWorkspaceFloatsFixed { get; init; }

    /// <summary>Floats for each sample of the largest tensor a step works on: kernels index with 32 bits, so a batch has at most 2^31 / this many
    /// samples.</summary>
    public long LargestTensorFloatsPerSample { get; init; }

    /// <summary>Whether the model has a loss; without one it cannot be trained.</summary>
    public bool HasLoss { get; init; } = true;

    /// <summary>How many sums over the samples <see cref="LossFormula"/> reads; a step leaves them behind its loss. 0 where there is no formula.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int LossSums { get; init; }

    /// <summary>The loss as a formula of sums over the samples, for <see cref="LossTotal"/>; null where the loss is averaged over the samples.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public LossFormula? LossFormula { get; init; }

    /// <summary>How many numbers are learned (gaps not counted).</summary>
    public long ParameterCount { get; init; }

    /// <summary>Floating-point operations of a forward pass for one sample.</summary>
    public long ForwardFlops { get; init; }

    /// <summary>Floating-point operations of a backward pass for one sample.</summary>
    public long BackwardFlops { get; init; }

    /// <summary>How many distinct kernels were emitted.</summary>
    public int KernelCount { get; init; }

    /// <summary>How often a training step goes through a tensor in memory: each kernel call that reads or writes one of the batch or between kernels
    /// counts one; weights and gradients do not. Without a loss, those of a prediction.</summary>
    public int MemoryPasses { get; init; }

    /// <summary>Bytes that those passes move for each sample of the batch.</summary>
    public long MemoryBytesPerSample { get; init; }

    /// <summary>A table of the layers with shapes and parameter counts.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The graph as a mermaid flowchart.</summary>
    public string Diagram { get; init; } = "";

    /// <summary>The graph as text, one node a line.</summary>
    public string GraphText { get; init; } = "";

    /// <summary>The workspace of a training step in floats.</summary>
    /// <param name="samples">The batch size N.</param>
    public long TrainWorkspaceFloats(int samples) => TrainWorkspaceFloatsPerSample * samples + TrainWorkspaceFloatsFixed;

    /// <summary>The workspace of an evaluation pass in floats.</summary>
    /// <param name="samples">The batch size N.</param>
    public long InferWorkspaceFloats(int samples) => InferWorkspaceFloatsPerSample * samples + InferWorkspaceFloatsFixed;

    /// <summary>The workspace of a directional derivative in floats.</summary>
    /// <param name="samples">The batch size N.</param>
    public long JvpWorkspaceFloats(int samples) => JvpWorkspaceFloatsPerSample * samples + JvpWorkspaceFloatsFixed;

    /// <summary>Writes the name.</summary>
    public override string ToString() => Name;
}
