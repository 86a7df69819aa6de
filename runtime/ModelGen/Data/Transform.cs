namespace ModelGen;

/// <summary>
/// Provides the base class of random changes of samples (augmentation). What a sample gets follows from the seed, the epoch and its number, so that it is the
/// same on any number of workers and after an interruption.
/// </summary>
public abstract class Transform
{
    /// <summary>Initializes a new instance of the <see cref="Transform"/> class.</summary>
    /// <param name="input">The input of the model that is changed.</param>
    protected Transform(int input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        Input = input;
    }

    /// <summary>Gets the input of the model that is changed.</summary>
    public int Input { get; }

    /// <summary>Checks that the input is of the kind that is changed.</summary>
    /// <param name="info">The model.</param>
    /// <exception cref="ArgumentException">It is not.</exception>
    public virtual void ThrowIfUnfit(ModelInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (Input >= info.Inputs.Count)
            throw new ArgumentException($"{GetType().Name} changes input {Input}, but {info.Name} has {info.Inputs.Count}.", nameof(info));
    }

    /// <summary>Changes a sample.</summary>
    /// <param name="batch">The batch it is in.</param>
    /// <param name="row">Its row.</param>
    /// <param name="rng">Random numbers of the sample.</param>
    public virtual void Apply(Batch batch, int row, ref Rng rng)
    {
    }

    /// <summary>Changes a batch whose samples have all been read.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="rng">Random numbers of the batch.</param>
    public virtual void ApplyToBatch(Batch batch, ref Rng rng)
    {
    }
}
