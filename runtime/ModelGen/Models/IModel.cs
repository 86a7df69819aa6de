namespace ModelGen;

/// <summary>A network that can be trained and asked: what the compiler completes a <see cref="ModelAttribute"/> class with.</summary>
public interface IModel
{
    /// <summary>Names, shapes, sizes and costs, all known at compile time.</summary>
    ModelInfo Info { get; }

    /// <summary>The parameters, their gradients and the buffers.</summary>
    ParameterSet Parameters { get; }

    /// <summary>How many threads a call may use, from 1 to 1024; by default the number of processors. Results do not depend on it.</summary>
    int Threads { get; set; }

    /// <summary>
    /// One forward and backward pass in training mode: overwrites <see cref="ParameterSet.Gradients"/> with ∂loss/∂parameters and
    /// updates running statistics. Not to be called at the same time as any other method of this model.
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

    /// <summary>As <see cref="Backward(Batch, uint)"/>, and adds the batch to a total.</summary>
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

    /// <summary>A forward pass in evaluation mode with the loss. May run on several threads at once while nobody trains.</summary>
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

    /// <summary>As <see cref="Evaluate(Batch, Span{float})"/>, and adds the batch to a total: of the total of a set <see cref="LossTotal.Loss"/> is the
    /// loss.</summary>
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

    /// <summary>A forward pass in evaluation mode. Needs the inputs only. May run on several threads at once while nobody trains.</summary>
    /// <param name="batch">Inputs of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="output">
    /// Receives f32[Count, Info.OutputLength], row by row; the outputs of one row lie one after the other. It may be memory of the batch: an input is read
    /// before
    /// it is overwritten.
    /// </param>
    /// <exception cref="ArgumentException">The batch is empty, was made for another model, or has a label out of range
    /// (<see cref="Batch.CheckLabels(bool)"/>), or the output is too short.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for so many samples; the message has the bytes needed and those
    /// available.</exception>
    /// <exception cref="ObjectDisposedException">The model or the batch was disposed. A call that already runs ends, whatever is disposed
    /// meanwhile.</exception>
    void Predict(Batch batch, Span<float> output);
}
