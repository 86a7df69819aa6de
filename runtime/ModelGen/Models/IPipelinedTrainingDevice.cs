namespace ModelGen;

/// <summary>
/// Represents a training device that takes a step over before the one before it has ended: while it computes, the host fills the next batch and does not wait.
/// A <see cref="Trainer{TModel}"/> begins a step, ends the one before, and so reads each loss a step late; the numbers are the same.
/// </summary>
public interface IPipelinedTrainingDevice : ITrainingDevice
{
    /// <summary>Allocates what training needs, and does whatever else the first step would wait for.</summary>
    /// <param name="batchSize">The most samples of a batch.</param>
    /// <param name="optimizer">The rule.</param>
    /// <exception cref="InsufficientMemoryException">The device has too little memory; the message has what is needed and what is free.</exception>
    void PrepareTraining(int batchSize, Optimizer optimizer);

    /// <summary>
    /// Begins a step: forward, backward, clipping and the optimizer. The batch has been taken over when the call returns, and may be refilled. A batch whose
    /// loss is not finite changes no parameter.
    /// </summary>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="stepSeed">Decides what dropout drops.</param>
    /// <param name="optimizer">Names the rule and its numbers as they are now; its state stays on the device.</param>
    /// <param name="gradientClipNorm">The largest norm of all gradients together, if there is one.</param>
    /// <exception cref="InvalidOperationException">Two steps are under way.</exception>
    void BeginStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm);

    /// <summary>Waits for the oldest step that was begun and not ended.</summary>
    /// <param name="total">Made for this model; receives the batch.</param>
    /// <returns>The loss of its batch before the step.</returns>
    /// <exception cref="InvalidOperationException">No step is under way.</exception>
    float EndStep(LossTotal total);
}
