using System.Globalization;
using System.Numerics;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>
/// Represents the inputs and targets of up to <see cref="Capacity"/> samples for one model: a 64-byte aligned column of memory for each input, with at least 64
/// readable bytes after it. Row i of a column is sample i.
/// </summary>
/// <remarks>
/// A span stays valid as long as it is held: after <see cref="Dispose"/> it is memory that no model reads any more. One thread at a time may write, and none
/// while a model reads the batch.
/// </remarks>
public sealed class Batch : IDisposable
{
    private readonly bool _hasLabels;
    private BatchMemory? _memory;
    private int _count;

    /// <summary>Initializes a new instance of the <see cref="Batch"/> class without samples.</summary>
    /// <param name="info">The model it is for.</param>
    /// <param name="capacity">The most samples it can hold, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is not positive, or a tensor of so many samples has more than 2^31
    /// elements.</exception>
    /// <exception cref="InsufficientMemoryException">There is not enough memory for the columns; the message has the bytes asked for and those
    /// available.</exception>
    public Batch(ModelInfo info, int capacity)
    {
        ArgumentNullException.ThrowIfNull(info);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        if (info.LargestTensorFloatsPerSample > int.MaxValue / capacity)
        {
            throw new ArgumentOutOfRangeException(
                nameof(capacity),
                capacity,
                $"A batch of {info.Name} has at most {Text((int)(int.MaxValue / info.LargestTensorFloatsPerSample))} samples: " +
                $"its largest tensor has {info.LargestTensorFloatsPerSample.ToString(CultureInfo.InvariantCulture)} "
                + $"elements a sample, and kernels count in 32 bits.");
        }

        Info = info;
        Capacity = capacity;
        _hasLabels = info.Inputs.Any(input => input.IsLabels);
        long[] lengths = [.. Enumerable.Range(0, info.Inputs.Count).Select(LengthOf)];
        MemoryLimit.ThrowIfShort(lengths.Sum() * sizeof(float), $"A batch of {Text(capacity)} samples for {info.Name}");
        _memory = new BatchMemory(lengths);
    }

    /// <summary>Gets the model it is for.</summary>
    public ModelInfo Info { get; }

    /// <summary>Gets the largest number of samples that it can hold.</summary>
    public int Capacity { get; }

    /// <summary>Gets or sets the number of samples that it holds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative or more than <see cref="Capacity"/>.</exception>
    public int Count
    {
        get
        {
            _ = Memory;
            return _count;
        }

        set
        {
            _ = Memory;
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Capacity);
            _count = value;
        }
    }

    /// <summary>The columns; whoever takes their addresses keeps them alive as long.</summary>
    internal BatchMemory Memory
    {
        get
        {
            var memory = Volatile.Read(ref _memory);
            ObjectDisposedException.ThrowIf(memory is null, this);
            return memory;
        }
    }

    /// <summary>Returns a column of numbers: f32[Capacity, Length], or f32[Length] for an input without a batch axis.</summary>
    /// <param name="input">The index in <see cref="ModelInfo.Inputs"/>.</param>
    /// <exception cref="ArgumentException">The input is labels: use <see cref="Ints"/>.</exception>
    public Span<float> Floats(int input)
    {
        if (Spec(input).IsLabels)
            throw new ArgumentException($"Input {input} ({Info.Inputs[input]}) holds class indices: use {nameof(Ints)}.", nameof(input));
        return Memory[input].Span<float>(0, (int)LengthOf(input));
    }

    /// <summary>
    /// Returns a column of class indices: i32[Capacity, Length]. Each step checks them (<see cref="CheckLabels(bool)"/>);
    /// <see cref="SetRow(int, int, ReadOnlySpan{int})"/> does so at once.
    /// </summary>
    /// <param name="input">The index in <see cref="ModelInfo.Inputs"/>.</param>
    /// <exception cref="ArgumentException">The input is numbers: use <see cref="Floats"/>.</exception>
    public Span<int> Ints(int input)
    {
        if (!Spec(input).IsLabels)
            throw new ArgumentException($"Input {input} ({Info.Inputs[input]}) holds numbers: use {nameof(Floats)}.", nameof(input));
        return Memory[input].Span<int>(0, (int)LengthOf(input));
    }

    /// <summary>Writes one row of numbers and extends <see cref="Count"/> to hold it.</summary>
    /// <param name="input">The index in <see cref="ModelInfo.Inputs"/>.</param>
    /// <param name="row">The sample; 0 for an input without a batch axis.</param>
    /// <param name="values">The elements in row-major order.</param>
    /// <exception cref="ArgumentException">The number of elements is not that of the input.</exception>
    public void SetRow(int input, int row, ReadOnlySpan<float> values)
    {
        values.CopyTo(Row(input, row, Floats(input), values.Length));
        Extend(input, row);
    }

    /// <summary>Writes one row of whole numbers and extends <see cref="Count"/> to hold it: class indices, checked, or the numbers of a float input.</summary>
    /// <param name="input">The index in <see cref="ModelInfo.Inputs"/>.</param>
    /// <param name="row">The sample.</param>
    /// <param name="labels">One index for each position.</param>
    /// <exception cref="ArgumentException">The number of labels is not that of the input, or one is not in [0, classes); nothing is written then.</exception>
    public void SetRow(int input, int row, ReadOnlySpan<int> labels)
    {
        if (!Spec(input).IsLabels)
        {
            var numbers = Row(input, row, Floats(input), labels.Length);
            for (var i = 0; i < labels.Length; i++) numbers[i] = labels[i];
        }
        else
        {
            var target = Row(input, row, Ints(input), labels.Length);
            CheckLabels(Info.Inputs[input], labels, row);
            labels.CopyTo(target);
        }

        Extend(input, row);
    }

    /// <summary>Checks the class indices of all samples, as each step does before it computes anything.</summary>
    /// <param name="forPrediction">Whether only what <see cref="IModel.Predict"/> reads counts.</param>
    /// <exception cref="ArgumentException">One is not in [0, classes); the message names the input, the sample, the position in it, the value and the
    /// range.</exception>
    public void CheckLabels(bool forPrediction = false) => CheckLabels(Memory, _count, forPrediction);

    /// <summary>Checks class indices against the number of classes.</summary>
    /// <param name="input">The input they are for.</param>
    /// <param name="labels">The indices of one or more samples, one after the other.</param>
    /// <param name="firstRow">The sample the first of them belongs to, for the message.</param>
    /// <exception cref="ArgumentException">One is not in [0, classes); the message names the input, the place, the value and the range.</exception>
    public static void CheckLabels(InputSpec input, ReadOnlySpan<int> labels, int firstRow = 0)
    {
        ArgumentNullException.ThrowIfNull(input);
        for (var i = FirstOutside(labels, input.Classes); i < labels.Length; i++)
        {
            if (input.Takes(labels[i]))
                continue;
            var sample = firstRow + i / Math.Max(input.Length, 1);
            var position = input.Length > 1 ? $", position {Text(i % input.Length)}" : "";
            throw new ArgumentException(
                $"The label of sample {Text(sample)}{position} in '{input.Name}' is {Text(labels[i])}; " +
                $"it must be {input.Range}.",
                nameof(labels));
        }
    }

    /// <summary>Releases the memory; the batch is not usable afterwards. The memory is freed when no span and no running call refers to it any more.</summary>
    public void Dispose() => Volatile.Write(ref _memory, null);

    /// <summary>What a step of a model reads: the columns, and of how many samples, settled once for the whole step.</summary>
    internal (BatchMemory Memory, int Count) Usable(ModelInfo info)
    {
        var memory = Memory;
        if (!ReferenceEquals(info, Info))
            throw new ArgumentException($"The batch was made for {Info.Name}, not for this {info.Name}: make it from the same {nameof(ModelInfo)}.", "batch");
        var count = _count;
        return count > 0 ? (memory, count) : throw new ArgumentException($"The batch is empty: set its {nameof(Count)} (capacity {Text(Capacity)}).", "batch");
    }

    /// <summary>As <see cref="CheckLabels(bool)"/>, of what <see cref="Usable"/> gave.</summary>
    internal void CheckLabels(BatchMemory memory, int count, bool forPrediction)
    {
        if (!_hasLabels)
            return;
        for (var i = 0; i < Info.Inputs.Count; i++)
        {
            var spec = Info.Inputs[i];
            if (spec.IsLabels && (spec.UsedByPredict || !forPrediction))
                CheckLabels(spec, memory[i].Span<int>(0, spec.HasBatch ? count * spec.Length : spec.Length));
        }
    }

    // Some position before which all are classes; steps check each batch, so it goes by vectors.
    private static int FirstOutside(ReadOnlySpan<int> labels, int classes)
    {
        var end = new Vector<uint>((uint)classes);
        var i = 0;
        while (i + Vector<int>.Count <= labels.Length && !Vector.GreaterThanOrEqualAny(Vector.AsVectorUInt32(new Vector<int>(labels[i..])), end))
            i += Vector<int>.Count;
        return i;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private InputSpec Spec(int input)
    {
        _ = Memory;
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(input, Info.Inputs.Count);
        return Info.Inputs[input];
    }

    internal long LengthOf(int input)
    {
        var spec = Info.Inputs[input];
        var length = spec.HasBatch ? (long)Capacity * spec.Length : spec.Length;
        return length <= Array.MaxLength
            ? length
            : throw new ArgumentOutOfRangeException(
                "capacity", Capacity, $"{spec} with {Text(Capacity)} samples has more elements than a span can hold ({Text(Array.MaxLength)}).");
    }

    private Span<T> Row<T>(int input, int row, Span<T> column, int length)
    {
        var spec = Info.Inputs[input];
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, spec.HasBatch ? Capacity : 1);
        if (length != spec.Length)
        {
            throw new ArgumentException(
                $"A row of {spec} has {Text(spec.Length)} elements, got {Text(length)}.", typeof(T) == typeof(int) ? "labels" : "values");
        }

        return column.Slice(row * spec.Length, length);
    }

    private void Extend(int input, int row)
    {
        if (Info.Inputs[input].HasBatch && row >= _count)
            _count = row + 1;
    }
}
