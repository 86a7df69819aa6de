using System.Globalization;

namespace ModelGen.Runtime;

/// <content>Batches for predictions from spans: kept for reuse, one for each caller at a time.</content>
public abstract unsafe partial class CompiledModel
{
    private readonly Batch?[] _idle = new Batch?[2 * Environment.ProcessorCount];

    /// <summary>Rents a batch for as many samples as a span of the given length holds.</summary>
    /// <param name="length">Elements of the span for <paramref name="input"/>.</param>
    /// <param name="input">Which input the span is for.</param>
    /// <exception cref="ArgumentException">The length is zero or no multiple of the input's.</exception>
    public Batch Rent(int length, int input)
    {
        _ = Memory;
        var spec = Info.Inputs[input];
        var samples = length / spec.Length;
        if (samples == 0 || samples * spec.Length != length)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"'{spec.Name}' of {Info.Name} has {spec.Length} elements a sample ({spec}); the span has {length}, which is not a positive multiple."),
                spec.Name);
        }

        for (var i = 0; i < _idle.Length; i++)
        {
            if (Interlocked.Exchange(ref _idle[i], null) is not { } batch) continue;
            if (batch.Capacity >= samples)
            {
                batch.Count = samples;
                return batch;
            }
        }

        return new Batch(Info, samples) { Count = samples };
    }

    /// <summary>Copies a span of numbers into a rented batch.</summary>
    /// <exception cref="ArgumentException">The length is not the batch's count times the input's length.</exception>
    public void Fill(Batch batch, int input, ReadOnlySpan<float> values)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckLength(batch, input, values.Length);
        values.CopyTo(batch.Floats(input));
    }

    /// <summary>Copies a span of class indices or tokens into a rented batch.</summary>
    /// <exception cref="ArgumentException">The length is not the batch's count times the input's length.</exception>
    public void Fill(Batch batch, int input, ReadOnlySpan<int> values)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CheckLength(batch, input, values.Length);
        values.CopyTo(batch.Ints(input));
    }

    /// <summary>Returns a rented batch.</summary>
    public void Return(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        for (var i = 0; i < _idle.Length; i++)
            if (Interlocked.CompareExchange(ref _idle[i], batch, null) is null) return;
    }

    private void CheckLength(Batch batch, int input, int length)
    {
        var spec = Info.Inputs[input];
        var needed = (long)batch.Count * spec.Length;
        if (length != needed)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"'{spec.Name}' of {Info.Name} for {batch.Count} samples is {needed} elements ({spec}); the span has {length}."), spec.Name);
    }
}
