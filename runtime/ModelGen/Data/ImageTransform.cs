using System.Buffers;

namespace ModelGen;

/// <summary>Provides the base class of random changes of images f32[channels, height, width].</summary>
public abstract class ImageTransform : Transform
{
    private protected ImageTransform(int input)
        : base(input)
    {
    }

    /// <inheritdoc/>
    public override void ThrowIfUnfit(ModelInfo info)
    {
        base.ThrowIfUnfit(info);
        var input = info.Inputs[Input];
        if (input.IsLabels || input.Shape.Length != 3)
            throw new ArgumentException($"{GetType().Name} changes images [channels, height, width]; input {Input} of {info.Name} is {input}.", nameof(info));
    }

    /// <inheritdoc/>
    public sealed override void Apply(Batch batch, int row, ref Rng rng)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var spec = batch.Info.Inputs[Input];
        var pixels = batch.Floats(Input).Slice(row * spec.Length, spec.Length);
        Apply(new ImageSpan(pixels, spec.Shape[0], spec.Shape[1], spec.Shape[2]), ref rng);
    }

    private protected abstract void Apply(ImageSpan image, ref Rng rng);

    /// <summary>Hands a copy of an image to what makes the new one from it; the memory is the pool's.</summary>
    private protected static void FromCopy<TState>(ImageSpan image, TState state, FromImage<TState> make)
    {
        var copy = ArrayPool<float>.Shared.Rent(image.Pixels.Length);
        image.Pixels.CopyTo(copy);
        make(new ImageSpan(copy.AsSpan(0, image.Pixels.Length), image.Channels, image.Height, image.Width), image, state);
        ArrayPool<float>.Shared.Return(copy);
    }

    private protected delegate void FromImage<in TState>(ImageSpan source, ImageSpan target, TState state);

    /// <summary>An image in memory.</summary>
    private protected readonly ref struct ImageSpan(Span<float> pixels, int channels, int height, int width)
    {
        public Span<float> Pixels { get; } = pixels;

        public int Channels { get; } = channels;

        public int Height { get; } = height;

        public int Width { get; } = width;

        public Span<float> Row(int channel, int y) => Pixels.Slice((channel * Height + y) * Width, Width);

        public Span<float> Plane(int channel) => Pixels.Slice(channel * Height * Width, Height * Width);
    }
}
