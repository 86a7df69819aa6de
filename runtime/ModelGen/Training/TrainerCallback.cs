namespace ModelGen;

/// <summary>Provides the base class of what is called while a model is trained; it does nothing by itself.</summary>
/// <remarks>
/// The order is OnStart, then for each epoch OnEpochStart, for each step OnBatchStart and OnBatchEnd, then validation and OnEpochEnd, and at last OnEnd. A
/// device that takes a step over before the one before it has ended tells the end of a step when the next has begun.
/// </remarks>
public abstract class TrainerCallback
{
    /// <summary>Gets the trainer that calls; null before its first call.</summary>
    protected internal ITrainer? Trainer { get; internal set; }

    /// <summary>Is called before the first step.</summary>
    /// <param name="model">The model.</param>
    public virtual void OnStart(IModel model)
    {
    }

    /// <summary>Is called before the first step of each epoch; also where an epoch that was interrupted goes on.</summary>
    /// <param name="epoch">Its number, from 1.</param>
    public virtual void OnEpochStart(int epoch)
    {
    }

    /// <summary>Is called before each step, when its batch is filled and its learning rate is set.</summary>
    /// <param name="step">The step; its loss is NaN.</param>
    public virtual void OnBatchStart(TrainingStep step)
    {
    }

    /// <summary>Is called after each step.</summary>
    /// <param name="step">The step.</param>
    public virtual void OnBatchEnd(TrainingStep step)
    {
    }

    /// <summary>Is called after each complete epoch, validation included.</summary>
    /// <param name="model">The model.</param>
    /// <param name="epoch">What the epoch gave.</param>
    /// <returns><see langword="true"/> if training goes on; otherwise, <see langword="false"/>.</returns>
    public virtual bool OnEpochEnd(IModel model, EpochResult epoch) => true;

    /// <summary>Is called once at the end, also after cancellation, but not after an exception.</summary>
    /// <param name="model">The model.</param>
    /// <param name="history">What training gave.</param>
    public virtual void OnEnd(IModel model, TrainingHistory history)
    {
    }

    /// <summary>Puts what the callback remembers into the file of <see cref="Trainer{TModel}.Save"/>.</summary>
    /// <param name="state">Receives it.</param>
    public virtual void SaveState(TrainerState state)
    {
    }

    /// <summary>Takes back what <see cref="SaveState"/> put there; called after <see cref="OnStart"/>, before the first step.</summary>
    /// <param name="state">What was saved.</param>
    public virtual void LoadState(TrainerState state)
    {
    }
}
