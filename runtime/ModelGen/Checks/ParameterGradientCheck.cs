namespace ModelGen;

/// <summary>Describes the gradients of one parameter beside the slopes of the loss.</summary>
public sealed class ParameterGradientCheck
{
    /// <summary>Gets the parameter.</summary>
    public required ParameterSpec Parameter { get; init; }

    /// <summary>Gets the number of its elements that were checked, kinks included.</summary>
    public required int Checked { get; init; }

    /// <summary>Gets the largest slope among them, in absolute value.</summary>
    public required double LargestSlope { get; init; }

    /// <summary>
    /// Gets what errors are relative to: <see cref="LargestSlope"/>, but at least a thousandth of the largest slope of all parameters, so that a parameter
    /// without influence (a bias before batch norm) is not judged by its rounding.
    /// </summary>
    public required double Scale { get; init; }

    /// <summary>Gets the element with the largest error; null if all checked ones lie on kinks.</summary>
    public required CheckedGradient? Worst { get; init; }

    /// <summary>
    /// Gets the elements where the slopes of the two sides differ however small the step, and the gradient lies between them: the loss has a kink there (ReLU
    /// at 0, equal maxima) and no derivative. They are not errors.
    /// </summary>
    public required IReadOnlyList<CheckedGradient> Kinks { get; init; }

    /// <summary>Gets the error of <see cref="Worst"/>, or 0 without one. It is not finite where the gradient or the loss is not.</summary>
    public double WorstError => Worst?.Error ?? 0;
}
