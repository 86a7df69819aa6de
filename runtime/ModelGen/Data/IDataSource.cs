namespace ModelGen;

/// <summary>
/// Represents samples that can be read in any order: a <see cref="Dataset"/> in memory, files that are decoded as they are needed, or anything else that knows
/// its number of samples.
/// </summary>
/// <remarks>Samples are read by several threads at once, each into a row of its own.</remarks>
public interface IDataSource
{
    /// <summary>Gets the number of samples.</summary>
    int Count { get; }

    /// <summary>Checks before the first step, as far as that is known without reading, that a model can take every sample.</summary>
    /// <param name="info">The model.</param>
    /// <param name="inputsOnly">Whether only what <see cref="IModel.Predict"/> reads must be there.</param>
    /// <exception cref="ArgumentException">It cannot; the message says why.</exception>
    void ThrowIfUnfit(ModelInfo info, bool inputsOnly = false);

    /// <summary>Writes a sample into a row of a batch (<see cref="Batch.Floats"/>, <see cref="Batch.Ints"/>). It should not allocate.</summary>
    /// <param name="sample">The sample, in [0, Count).</param>
    /// <param name="batch">The batch.</param>
    /// <param name="row">The row that is the sample's.</param>
    /// <param name="context">What the sample is read for, and the seed of what is random about it.</param>
    void Read(int sample, Batch batch, int row, SampleContext context);

    /// <summary>Changes a batch whose samples have all been read, such as by mixing them. It does nothing unless a source says otherwise.</summary>
    /// <param name="number">The number of the batch in its epoch, from 0.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="context">What the batch is read for.</param>
    void Finish(int number, Batch batch, SampleContext context)
    {
    }
}
