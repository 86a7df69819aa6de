namespace ModelGen;

/// <summary>A figure that epochs are compared by, and which of two is the better.</summary>
internal static class Monitor
{
    private static readonly string[] LowerIsBetter = ["loss", "error", "perplexity", "mae", "mse", "rmse", "learning_rate"];

    /// <summary>Whether higher values of a figure are better: not where its name is that of a loss or an error.</summary>
    public static bool HigherIsBetter(string? name) =>
        name is not null && !LowerIsBetter.Any(part => name.EndsWith(part, StringComparison.Ordinal));

    /// <summary>The figure of an epoch.</summary>
    /// <param name="name">Its name; null for the validation loss, or the training loss where there is no validation.</param>
    /// <param name="epoch">The epoch.</param>
    /// <exception cref="InvalidOperationException">The epoch has no figure of that name; the message has those it has.</exception>
    public static double Of(string? name, EpochResult epoch)
    {
        if (name is null)
            return epoch.Loss;
        return epoch.Value(name) ?? throw new InvalidOperationException(
            $"Epoch {epoch.Epoch} has no figure '{name}'; it has {string.Join(", ", epoch.Values().Select(pair => pair.Key))}. "
                + "Names with val_ need validation samples, and metrics need to be in the trainer's Metrics.");
    }
}
