namespace ModelGen;

/// <summary>Represents a network with forward-mode derivatives: what <c>[Model(Jvp = true)]</c> asks for.</summary>
public interface IJvpModel : IModel
{
    /// <summary>
    /// Computes the derivative along one direction of inputs and parameters, J·t, in one forward pass in training mode (batch statistics, dropout by
    /// <paramref name="stepSeed"/>): that of the same function that <see cref="IModel.Backward(Batch, uint)"/> differentiates with that seed. Nothing of the
    /// model changes, running statistics included. The method may run on several threads at once while nobody trains.
    /// </summary>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples.</param>
    /// <param name="inputTangents">
    /// The direction of each floating-point input and target, in its column, for the same count; columns of labels are not read. Null: the inputs stand still.
    /// </param>
    /// <param name="parameterTangents">
    /// The direction of the parameters, f32[Info.ParameterFloats] at their offsets (<see cref="ParameterSet.Gradients"/> is such a direction). Empty: the
    /// parameters stand still.
    /// </param>
    /// <param name="output">Receives the outputs, f32[Count · Info.OutputLength] as from <see cref="IModel.Predict"/>. May be empty.</param>
    /// <param name="outputTangents">Receives their derivatives, in the same places. May be empty.</param>
    /// <param name="stepSeed">Decides what dropout drops.</param>
    /// <returns>The derivative of the loss along the direction; NaN if the model has no loss.</returns>
    /// <exception cref="ArgumentException">A batch is empty, of another model or of another count, or a span has not the length it must have.</exception>
    float Jvp(Batch batch, Batch? inputTangents, ReadOnlySpan<float> parameterTangents, Span<float> output, Span<float> outputTangents, uint stepSeed = 0);
}
