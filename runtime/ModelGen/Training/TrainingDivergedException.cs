using System.Globalization;

namespace ModelGen;

/// <summary>The exception that is thrown when the loss, or a weight, became NaN or infinite.</summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    private const string Advice = "A lower learning rate or GradientClipNorm may help.";

    /// <summary>Initializes a new instance of the <see cref="TrainingDivergedException"/> class for a loss that is not finite.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The step in the epoch, from 1.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    public TrainingDivergedException(int epoch, int step, float loss, float learningRate)
        : base(FormattableString.Invariant($"The loss is {loss} in epoch {epoch}, step {step} (learning rate {learningRate}): training diverged. ") + Advice)
    {
        Epoch = epoch;
        Step = step;
        Loss = loss;
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="TrainingDivergedException"/> class for a weight or running statistic that is not finite after an epoch
    /// although its losses were.
    /// </summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The last step of the epoch, from 1.</param>
    /// <param name="loss">The loss before that step.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="place">Which element of which parameter.</param>
    /// <param name="value">What it is.</param>
    public TrainingDivergedException(int epoch, int step, float loss, float learningRate, string place, float value)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"After epoch {epoch}, step {step} (learning rate {learningRate}), {place} is {value}, though the loss before it was {loss}: "
                + $"training diverged. {Advice}"))
    {
        Epoch = epoch;
        Step = step;
        Loss = loss;
    }

    /// <summary>Gets the epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Gets the step in the epoch, from 1.</summary>
    public int Step { get; }

    /// <summary>Gets the loss of the step, with the weights before it.</summary>
    public float Loss { get; }
}
