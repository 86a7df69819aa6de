namespace ModelGen;

/// <summary>Represents a network that can check its own gradients: what <c>[Model(GradientCheck = true)]</c> asks for.</summary>
public interface IGradientCheckModel : IModel
{
    /// <summary>
    /// Compares the gradient of every parameter, as <see cref="IModel.Backward(Batch, uint)"/> computes it, with the slope of the loss: the central difference
    /// (L(w + h) − L(w − h)) / 2h in double precision, in training mode (batch statistics; dropout by the step's seed). What the model declares constant to
    /// differentiation (a padding row, the state that a truncated recurrent layer is handed) is constant in the difference too.
    /// </summary>
    /// <remarks>
    /// The check costs two forward passes in plain loops for each element: seconds for a small network, and a sample of the elements
    /// (<see cref="GradientCheckOptions.ElementsPerParameter"/>) for a large one. It runs on <see cref="IModel.Threads"/> threads; the report does not depend
    /// on their number. Parameters and running statistics are as before afterwards; gradients are those of the batch. It must not be called at the same time
    /// as any other method of this model.
    /// </remarks>
    /// <param name="batch">Inputs and targets of <see cref="Batch.Count"/> ≥ 1 samples; a few are enough.</param>
    /// <param name="options">How many elements, which step; null for every element.</param>
    /// <returns>The worst error of each parameter.</returns>
    /// <exception cref="ArgumentException">The batch is empty or was made for another model.</exception>
    /// <exception cref="InvalidOperationException">The model has no loss.</exception>
    /// <exception cref="OperationCanceledException"><see cref="GradientCheckOptions.Cancellation"/> was set.</exception>
    GradientCheckReport GradientCheck(Batch batch, GradientCheckOptions? options = null);
}
