namespace Digits.Painting;

/// <summary>A set of drawn digits: pictures u8[Count,28,28] and their labels.</summary>
internal sealed record DrawnDigits(byte[] Pictures, int[] Labels)
{
    /// <summary>
    /// Draws <paramref name="count"/> digits, as many of each kind. Picture i depends on the seed and on i only, so the
    /// set is the same for every number of <paramref name="threads"/>, and a smaller set is the beginning of a larger one.
    /// </summary>
    public static DrawnDigits Draw(int count, ulong seed, int threads)
    {
        const int length = DigitPainter.Size * DigitPainter.Size;
        var pictures = new byte[count * length];
        var labels = new int[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new DigitPainter(),
            (i, _, painter) =>
            {
                var random = new PaintRandom(seed, (ulong)i);
                labels[i] = i % 10;
                painter.Paint(labels[i], ref random, pictures.AsSpan(i * length, length));
                return painter;
            },
            _ => { });
        return new DrawnDigits(pictures, labels);
    }
}
