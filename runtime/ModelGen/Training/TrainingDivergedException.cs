namespace ModelGen;

/// <summary>The loss became NaN or infinite.</summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    /// <summary>Reports where.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="step">The step in the epoch, from 1.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    public TrainingDivergedException(int epoch, int step, float loss, float learningRate)
        : base(FormattableString.Invariant(
            $"The loss is {loss} in epoch {epoch}, step {step} (learning rate {learningRate}): training diverged. A lower learning rate or GradientClipNorm may help."))
    {
        Epoch = epoch;
        Step = step;
        Loss = loss;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step in the epoch, from 1.</summary>
    public int Step { get; }

    /// <summary>The loss.</summary>
    public float Loss { get; }
}
