using System.Buffers;

namespace ModelGen;

/// <summary>
/// Mixes each sample of a batch with another: λ x + (1 − λ) x′ for all inputs and targets, with one λ from Beta(α, α) for the batch (Zhang et al. 2018).
/// Classes therefore have to be targets, one number for each class, and the loss one that takes such; labels cannot be mixed.
/// </summary>
/// <param name="alpha">α, more than 0.</param>
public sealed class Mixup(float alpha = 0.2f) : Transform(0)
{
    private readonly float _alpha = Require.Positive(alpha);

    /// <inheritdoc/>
    public override void ThrowIfUnfit(ModelInfo info)
    {
        base.ThrowIfUnfit(info);
        if (info.Inputs.FirstOrDefault(input => input.IsLabels || !input.HasBatch) is { } other)
            throw new ArgumentException($"{nameof(Mixup)} mixes numbers of samples; {info.Name} reads {other}. Use a target with a number for each class.");
    }

    /// <inheritdoc/>
    public override void ApplyToBatch(Batch batch, ref Rng rng)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var share = Beta(_alpha, ref rng);
        var others = ArrayPool<int>.Shared.Rent(batch.Count);
        Partners(others.AsSpan(0, batch.Count), ref rng);
        for (var input = 0; input < batch.Info.Inputs.Count; input++)
            Mix(batch.Floats(input)[..(batch.Count * batch.Info.Inputs[input].Length)], batch.Info.Inputs[input].Length, others, share);
        ArrayPool<int>.Shared.Return(others);
    }

    /// <summary>A random order, by which each sample gets a partner.</summary>
    internal static void Partners(Span<int> others, ref Rng rng)
    {
        for (var i = 0; i < others.Length; i++)
            others[i] = i;
        rng.Shuffle(others);
    }

    /// <summary>share x + (1 − share) x′.</summary>
    internal static void Mix(Span<float> rows, int length, ReadOnlySpan<int> others, float share)
    {
        var copy = ArrayPool<float>.Shared.Rent(rows.Length);
        rows.CopyTo(copy);
        for (var i = 0; i < rows.Length; i++)
            rows[i] = share * copy[i] + (1 - share) * copy[others[i / length] * length + i % length];
        ArrayPool<float>.Shared.Return(copy);
    }

    /// <summary>From Beta(α, α): x / (x + y) of two numbers from Gamma(α).</summary>
    internal static float Beta(double alpha, ref Rng rng)
    {
        var (x, y) = (Gamma(alpha, ref rng), Gamma(alpha, ref rng));
        return x + y > 0 ? (float)(x / (x + y)) : 0.5f;
    }

    // Marsaglia and Tsang 2000; below 1 with a factor U^(1/α).
    private static double Gamma(double alpha, ref Rng rng)
    {
        var boost = alpha < 1 ? Math.Pow(1 - rng.NextDouble(), 1 / alpha) : 1;
        var d = (alpha < 1 ? alpha + 1 : alpha) - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var normal = rng.NextNormal();
            var v = 1 + c * normal;
            if (v <= 0)
                continue;
            v = v * v * v;
            if (Math.Log(1 - rng.NextDouble()) < normal * normal / 2 + d - d * v + d * Math.Log(v))
                return boost * d * v;
        }
    }
}
