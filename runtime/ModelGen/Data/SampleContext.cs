namespace ModelGen;

/// <summary>
/// Says what a sample is read for. Everything random about it follows from the seed, the epoch and its number, never from the thread that reads it.
/// </summary>
/// <param name="Seed">The loader's seed.</param>
/// <param name="Epoch">The epoch.</param>
/// <param name="InputsOnly">Whether only the columns are read that <see cref="IModel.Predict"/> reads.</param>
public readonly record struct SampleContext(ulong Seed, int Epoch, bool InputsOnly)
{
    // Apart from the order of an epoch, whose stream is the epoch alone.
    private const ulong OfSamples = 0x53616D706C65;
    private const ulong OfBatches = 0x4261746368;

    /// <summary>Returns random numbers of a sample in this epoch.</summary>
    /// <param name="sample">The sample.</param>
    public Rng ForSample(int sample) => new(Seed ^ OfSamples, ((ulong)(uint)Epoch << 32) | (uint)sample);

    /// <summary>Returns random numbers of a batch in this epoch.</summary>
    /// <param name="number">The number of the batch.</param>
    public Rng ForBatch(int number) => new(Seed ^ OfBatches, ((ulong)(uint)Epoch << 32) | (uint)number);
}
