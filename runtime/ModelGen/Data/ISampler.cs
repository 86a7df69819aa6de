namespace ModelGen;

/// <summary>Decides which samples an epoch has, and in which order.</summary>
public interface ISampler
{
    /// <summary>Returns the number of samples of an epoch.</summary>
    /// <param name="count">The samples of the source.</param>
    int SamplesPerEpoch(int count);

    /// <summary>Writes the samples of an epoch. Equal arguments give equal orders.</summary>
    /// <param name="order">Receives them, each in [0, count); a sample may occur several times.</param>
    /// <param name="count">The samples of the source.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="epoch">The epoch.</param>
    void Draw(Span<int> order, int count, ulong seed, int epoch);
}
