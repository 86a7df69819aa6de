using System.Buffers;

namespace ModelGen;

/// <summary>
/// Puts a rectangle of another image of the batch into each image, at a place and of a size drawn for the batch, and mixes the targets by the areas: the part
/// that is cut is 1 − λ with λ from Beta(α, α), before the rectangle is cut off at the borders (Yun et al. 2019). Classes have to be targets, as for
/// <see cref="Mixup"/>.
/// </summary>
/// <param name="alpha">α, more than 0.</param>
/// <param name="input">The input of the model that is the images.</param>
public sealed class CutMix(float alpha = 1f, int input = 0) : Transform(input)
{
    private readonly float _alpha = Require.Positive(alpha);

    /// <inheritdoc/>
    public override void ThrowIfUnfit(ModelInfo info)
    {
        base.ThrowIfUnfit(info);
        if (info.Inputs[Input].Shape.Length != 3 || info.Inputs.Any(other => other.IsLabels || !other.HasBatch))
        {
            throw new ArgumentException(
                $"{nameof(CutMix)} mixes images [channels, height, width] and targets with a number for each class; {info.Name} reads "
                    + $"{string.Join(", ", info.Inputs)}.",
                nameof(info));
        }
    }

    /// <inheritdoc/>
    public override void ApplyToBatch(Batch batch, ref Rng rng)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var spec = batch.Info.Inputs[Input];
        var (height, width) = (spec.Shape[1], spec.Shape[2]);
        var side = Math.Sqrt(1 - Mixup.Beta(_alpha, ref rng));
        var (halfWidth, halfHeight) = ((int)(side * width) / 2, (int)(side * height) / 2);
        var (x, y) = (rng.NextInt(width), rng.NextInt(height));
        var (left, right) = (Math.Max(x - halfWidth, 0), Math.Min(x + halfWidth, width));
        var (top, bottom) = (Math.Max(y - halfHeight, 0), Math.Min(y + halfHeight, height));
        var share = 1 - (right - left) * (bottom - top) / (float)(width * height);
        var others = ArrayPool<int>.Shared.Rent(batch.Count);
        Mixup.Partners(others.AsSpan(0, batch.Count), ref rng);
        for (var i = 0; i < batch.Info.Inputs.Count; i++)
        {
            var length = batch.Info.Inputs[i].Length;
            var rows = batch.Floats(i)[..(batch.Count * length)];
            if (i != Input)
            {
                Mixup.Mix(rows, length, others, share);
                continue;
            }

            var copy = ArrayPool<float>.Shared.Rent(rows.Length);
            rows.CopyTo(copy);
            for (var sample = 0; sample < batch.Count; sample++)
            {
                for (var line = 0; line < spec.Shape[0] * height; line++)
                {
                    if (line % height >= top && line % height < bottom)
                        copy.AsSpan(others[sample] * length + line * width + left, right - left).CopyTo(rows[(sample * length + line * width + left)..]);
                }
            }

            ArrayPool<float>.Shared.Return(copy);
        }

        ArrayPool<int>.Shared.Return(others);
    }
}
