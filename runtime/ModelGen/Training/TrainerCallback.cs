namespace ModelGen;

/// <summary>Provides the base class of what is called while a model is trained; it does nothing by itself.</summary>
public abstract class TrainerCallback
{
    /// <summary>Is called before the first step.</summary>
    /// <param name="model">The model.</param>
    public virtual void OnStart(IModel model)
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
}
