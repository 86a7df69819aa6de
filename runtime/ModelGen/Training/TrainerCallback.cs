namespace ModelGen;

/// <summary>Is called while a model is trained; does nothing by itself.</summary>
public abstract class TrainerCallback
{
    /// <summary>Called before the first step.</summary>
    /// <param name="model">The model.</param>
    public virtual void OnStart(IModel model)
    {
    }

    /// <summary>Called after each complete epoch, validation included.</summary>
    /// <param name="model">The model.</param>
    /// <param name="epoch">What the epoch gave.</param>
    /// <returns>Whether training goes on.</returns>
    public virtual bool OnEpochEnd(IModel model, EpochResult epoch) => true;

    /// <summary>Called once at the end, also after cancellation, not after an exception.</summary>
    /// <param name="model">The model.</param>
    /// <param name="history">What training gave.</param>
    public virtual void OnEnd(IModel model, TrainingHistory history)
    {
    }
}
