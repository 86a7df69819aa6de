using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

public sealed unsafe class TranspositionTests
{
    [Fact]
    public void Copy_AnySize_ExchangesRowsAndColumns()
    {
        foreach (var rows in new[] { 1, 4, 7, 8, 9, 12, 16, 31, 40 })
        {
            foreach (var columns in new[] { 1, 4, 7, 8, 9, 12, 16, 31, 40, 65, 100, 152 })
            {
                int sourceStride = columns + 3, targetStride = rows + 2;
                var source = AlignedBuffer.OfFloats(rows * sourceStride);
                var target = AlignedBuffer.OfFloats(columns * targetStride);
                for (var i = 0; i < rows * sourceStride; i++) source.Floats[i] = i;
                new Span<float>(target.Floats, columns * targetStride).Fill(-1f);
                Transposition.Copy(source.Floats, rows, sourceStride, columns, target.Floats, targetStride);
                for (var c = 0; c < columns; c++)
                    for (var r = 0; r < targetStride; r++)
                        Assert.Equal(r < rows ? (r * sourceStride) + c : -1f, target.Floats[(c * targetStride) + r]);
            }
        }
    }
}
