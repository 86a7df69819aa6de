using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ModelGen;

/// <summary>Represents a column of bytes that become numbers when a batch is filled: (b / 255 − mean) / std. It keeps data at a quarter of the size.</summary>
public sealed class ByteColumn : DataColumn
{
    private readonly byte[] _values;
    private readonly float _scale;
    private readonly float _offset;

    /// <summary>Initializes a new instance of the <see cref="ByteColumn"/> class around an array, which is not copied and must not be changed.</summary>
    /// <param name="name">The name, for messages.</param>
    /// <param name="values">The rows one after the other, each in row-major order.</param>
    /// <param name="shape">The sizes of one row, without the batch axis.</param>
    /// <param name="mean">Taken off after scaling to [0, 1].</param>
    /// <param name="std">Divided by at last; positive.</param>
    /// <exception cref="ArgumentException">The number of values is not a multiple of the size of a row.</exception>
    public ByteColumn(string name, byte[] values, int[] shape, float mean = 0f, float std = 1f)
        : base(name, shape, (values ?? throw new ArgumentNullException(nameof(values))).Length)
    {
        if (!float.IsFinite(mean))
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "The mean must be a finite number.");
        _values = values;
        Mean = mean;
        Std = Require.Positive(std);
        _scale = (float)(1 / (255.0 * std));
        _offset = -(float)((double)mean / std);
    }

    /// <summary>Gets the number that is subtracted after scaling to [0, 1].</summary>
    public float Mean { get; }

    /// <summary>Gets the number that is then divided by.</summary>
    public float Std { get; }

    /// <summary>Returns the bytes of one row.</summary>
    /// <param name="row">The row.</param>
    public ReadOnlySpan<byte> Row(int row) => _values.AsSpan(row * Length, Length);

    internal override void Fill(Batch batch, int input, ReadOnlySpan<int> rows, int first = 0)
    {
        var target = batch.Floats(input);
        for (var i = 0; i < rows.Length; i++)
            Convert(Row(rows[i]), target.Slice((first + i) * Length, Length));
    }

    internal override void CopyRow(int row, Span<float> target) => Convert(Row(row), target);

    internal override int FirstBadRow(InputSpec input, ReadOnlySpan<int> rows, out string problem)
    {
        problem = "";
        return -1;
    }

    private protected override DataColumn Reshape(int[] shape) => new ByteColumn(Name, _values, shape, Mean, Std);

    private void Convert(ReadOnlySpan<byte> bytes, Span<float> floats)
    {
        var (scale, offset) = (Vector256.Create(_scale), Vector256.Create(_offset));
        ref var source = ref MemoryMarshal.GetReference(bytes);
        ref var target = ref MemoryMarshal.GetReference(floats);
        var i = 0;
        for (; i + 16 <= bytes.Length; i += 16)
        {
            var (low, high) = Vector128.Widen(Vector128.LoadUnsafe(ref source, (nuint)i));
            Store(low, ref Unsafe.Add(ref target, i));
            Store(high, ref Unsafe.Add(ref target, i + 8));
        }

        for (; i < bytes.Length; i++)
            floats[i] = bytes[i] * _scale + _offset;

        void Store(Vector128<ushort> eight, ref float place)
        {
            var (low, high) = Vector128.Widen(eight);
            var numbers = Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32());
            (numbers * scale + offset).StoreUnsafe(ref place);
        }
    }
}
