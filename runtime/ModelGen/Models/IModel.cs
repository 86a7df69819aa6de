namespace ModelGen;

/// <summary>Represents a network that can be trained and evaluated: what the compiler completes a <see cref="ModelAttribute"/> class with.</summary>
public interface IModel
{
    /// <summary>Gets the names, shapes, sizes and costs, all known at compile time.</summary>
    ModelInfo Info { get; }

    /// <summary>Gets the parameters, their gradients and the buffers.</summary>
    ParameterSet Parameters { get; }

    /// <summary>
    /// Gets or sets the number of threads that a call may use, from 1 to 1024; the default is the number of processors. Results do not depend on it.
    /// </summary>
    int Threads { get; set; }

    /// <summary>
    /// Computes one forward and backward pass in training mode: overwrites <see cref="ParameterSet.Gradients"/> with ∂loss/∂parameters and updates running
    /// statistics. It must not be called at the same time as any other method of this model.
    /// </summary>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="stepSeed">Decides what dropout drops.</param>
    /// <returns>The mean loss of the batch (in nats for cross-entropies).</returns>
    /// <exception cref="ArgumentException">The batch is empty, was made for another model, or has a label out of range
    /// (<see cref="Batch.CheckLabels(bool)"/>).</exception>
    /// <exception cref="InvalidOperationException">The model has no loss.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for a step of so many samples; the message has the bytes needed and those
    /// available.</exception>
    /// <exception cref="ObjectDisposedException">The model or the batch was disposed. A call that already runs ends, whatever is disposed
    /// meanwhile.</exception>
    float Backward(Batch batch, uint stepSeed);

    /// <summary>Does the same as <see cref="Backward(Batch, uint)"/>, and adds the batch to a total.</summary>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="stepSeed">Decides what dropout drops.</param>
    /// <param name="total">Made for this model; receives the batch.</param>
    /// <returns>The loss of the batch.</returns>
    float Backward(Batch batch, uint stepSeed, LossTotal total)
    {
        ArgumentNullException.ThrowIfNull(total);
        var loss = Backward(batch, stepSeed);
        total.Add(loss, batch.Count);
        return loss;
    }

    /// <summary>Computes a forward pass in evaluation mode with the loss. The method may run on several threads at once while nobody trains.</summary>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="output">
    /// Receives f32[Count, Info.OutputLength], row by row; the outputs of one row lie one after the other. May be empty: then it is not written.
    /// </param>
    /// <returns>The mean loss of the batch; NaN if the model has no loss.</returns>
    /// <exception cref="ArgumentException">The batch is empty, was made for another model, or has a label out of range
    /// (<see cref="Batch.CheckLabels(bool)"/>), or the output is too short.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for so many samples; the message has the bytes needed and those
    /// available.</exception>
    /// <exception cref="ObjectDisposedException">The model or the batch was disposed. A call that already runs ends, whatever is disposed
    /// meanwhile.</exception>
    float Evaluate(Batch batch, Span<float> output);

    /// <summary>
    /// Does the same as <see cref="Evaluate(Batch, Span{float})"/>, and adds the batch to a total; <see cref="LossTotal.Loss"/> of the total of a set is the
    /// loss of the set.
    /// </summary>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="output">Receives the outputs; may be empty.</param>
    /// <param name="total">Made for this model; receives the batch. One thread at a time may add to it.</param>
    /// <returns>The loss of the batch; NaN if the model has no loss, and then nothing is added.</returns>
    float Evaluate(Batch batch, Span<float> output, LossTotal total)
    {
        ArgumentNullException.ThrowIfNull(total);
        var loss = Evaluate(batch, output);
        if (Info.HasLoss)
            total.Add(loss, batch.Count);
        return loss;
    }

    /// <summary>
    /// Computes a forward pass in evaluation mode, which needs the inputs only. The method may run on several threads at once while nobody trains.
    /// </summary>
    /// <param name="batch">Inputs of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="output">
    /// Receives f32[Count, Info.OutputLength], row by row; the outputs of one row lie one after the other. It may be memory of the batch: an input is read
    /// before it is overwritten.
    /// </param>
    /// <exception cref="ArgumentException">The batch is empty, was made for another model, or has a label out of range
    /// (<see cref="Batch.CheckLabels(bool)"/>), or the output is too short.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for so many samples; the message has the bytes needed and those
    /// available.</exception>
    /// <exception cref="ObjectDisposedException">The model or the batch was disposed. A call that already runs ends, whatever is disposed
    /// meanwhile.</exception>
    void Predict(Batch batch, Span<float> output);
}
