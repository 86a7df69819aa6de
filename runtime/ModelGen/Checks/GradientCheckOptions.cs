namespace ModelGen;

/// <summary>Specifies how gradients are checked.</summary>
public sealed class GradientCheckOptions
{
    private readonly double _step = Math.Cbrt(Math.BitIncrement(1.0) - 1);
    private readonly int _elements = int.MaxValue;

    /// <summary>
    /// Gets the step h for a weight of size up to 1; for a larger w it is h·|w|. The default is ∛2⁻⁵² = 6.06e-6, which balances the rounding of the loss
    /// against the curvature that a central difference leaves out.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public double Step
    {
        get => _step;
        init
        {
            if (!(value > 0) || double.IsInfinity(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "The step must be a positive number.");
            _step = value;
        }
    }

    /// <summary>
    /// Gets the most elements to check of each parameter, drawn at random; the one with the largest gradient is always among them. The default is all.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int ElementsPerParameter
    {
        get => _elements;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            _elements = value;
        }
    }

    /// <summary>Gets the seed that decides which elements are drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>Gets the seed that decides what dropout drops.</summary>
    public uint StepSeed { get; init; }

    /// <summary>Gets what is told how far the check is, from the threads that run it.</summary>
    public IProgress<GradientCheckProgress>? Progress { get; init; }

    /// <summary>Gets the token that ends the check.</summary>
    public CancellationToken Cancellation { get; init; }
}
