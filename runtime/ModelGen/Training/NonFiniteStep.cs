namespace ModelGen;

/// <summary>Says what happens when a step has a loss or a gradient that is NaN or infinite.</summary>
public enum NonFiniteStep
{
    /// <summary>A loss that is not finite ends training with <see cref="TrainingDivergedException"/>; gradients are not looked at.</summary>
    StopOnLoss,

    /// <summary>A loss or a gradient that is not finite ends training with <see cref="TrainingDivergedException"/>.</summary>
    Stop,

    /// <summary>A step with a loss or a gradient that is not finite changes no weight and is counted (<see cref="Trainer{TModel}.SkippedSteps"/>).</summary>
    Skip,
}
