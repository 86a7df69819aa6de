namespace ModelGen;

/// <summary>Replaces each label, with a probability, by a class that is drawn from all of them.</summary>
/// <param name="probability">From 0 to 1.</param>
/// <param name="input">The input of the model that is the labels.</param>
public sealed class LabelNoise(float probability, int input = 1) : Transform(input)
{
    private readonly float _probability = Require.Share(probability);

    /// <inheritdoc/>
    public override void ThrowIfUnfit(ModelInfo info)
    {
        base.ThrowIfUnfit(info);
        if (!info.Inputs[Input].IsLabels)
            throw new ArgumentException($"{nameof(LabelNoise)} changes labels; input {Input} of {info.Name} is {info.Inputs[Input]}.", nameof(info));
    }

    /// <inheritdoc/>
    public override void Apply(Batch batch, int row, ref Rng rng)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var spec = batch.Info.Inputs[Input];
        foreach (ref var label in batch.Ints(Input).Slice(row * spec.Length, spec.Length))
        {
            if (rng.NextSingle() < _probability && label != spec.IgnoredLabel)
                label = rng.NextInt(spec.Classes);
        }
    }
}
