namespace ModelGen;

/// <summary>Represents a <see cref="Trainer{TModel}"/> of any model, as its callbacks see it.</summary>
public interface ITrainer
{
    /// <summary>Gets the model.</summary>
    IModel Model { get; }

    /// <summary>Gets the optimizer; a callback may change its learning rate where there is no <see cref="Schedule"/>.</summary>
    Optimizer Optimizer { get; }

    /// <summary>Gets what sets the learning rate before each step; null for none.</summary>
    ILearningRateSchedule? Schedule { get; }

    /// <summary>Gets what is computed of the predictions after each epoch.</summary>
    IList<Metric> Metrics { get; }

    /// <summary>Gets the number of samples in a batch.</summary>
    int BatchSize { get; }

    /// <summary>Gets the seed of the order of the samples and of what dropout drops.</summary>
    ulong Seed { get; }

    /// <summary>Gets the epoch that is running, from 1; between epochs, the number of those that have ended.</summary>
    int Epoch { get; }

    /// <summary>Gets the number of batches trained in all epochs so far.</summary>
    long Step { get; }

    /// <summary>Ends training after the step that is running, as a callback does that returns <see langword="false"/>.</summary>
    void Stop();

    /// <inheritdoc cref="Trainer{TModel}.Save"/>
    void Save(string path);
}
