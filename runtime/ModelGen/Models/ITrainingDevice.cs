namespace ModelGen;

/// <summary>
/// Represents a model whose parameters live on a device: it makes a whole training step there, so that neither they nor their gradients travel in each step. A
/// <see cref="Trainer{TModel}"/> asks for this instead of <see cref="IModel.Backward(Batch, uint)"/> and an optimizer on the host.
/// </summary>
public interface ITrainingDevice : IModel
{
    /// <summary>Computes the forward and backward pass, clips the gradients and makes the optimizer's step.</summary>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="stepSeed">Decides what dropout drops.</param>
    /// <param name="optimizer">Names the rule and its numbers, the learning rate among them; its state stays on the device.</param>
    /// <param name="gradientClipNorm">The largest norm of all gradients together, if there is one.</param>
    /// <returns>The mean loss of the batch before the step.</returns>
    float TrainStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm);

    /// <summary>Makes the same step, and adds the batch to a total.</summary>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="stepSeed">Decides what dropout drops.</param>
    /// <param name="optimizer">Names the rule and its numbers.</param>
    /// <param name="gradientClipNorm">The largest norm of all gradients together, if there is one.</param>
    /// <param name="total">Made for this model; receives the batch.</param>
    /// <returns>The loss of the batch before the step.</returns>
    float TrainStep(Batch batch, uint stepSeed, Optimizer optimizer, float? gradientClipNorm, LossTotal total)
    {
        ArgumentNullException.ThrowIfNull(total);
        var loss = TrainStep(batch, stepSeed, optimizer, gradientClipNorm);
        total.Add(loss, batch.Count);
        return loss;
    }
}
