using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

public sealed unsafe class PanelsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pack_AnySize_PutsEachElementInItsPanel(bool isTransposed)
    {
        using var team = new Team(1);
        foreach (var rows in new[] { 1, 2, 3, 15, 16, 17, 33, 80, 203 })
        {
            foreach (var n in new[] { 1, 2, 7, 8, 9, 15, 16, 17, 31, 63, 64, 65, 130 })
            {
                var (kStride, nStride) = isTransposed ? (1, rows) : (n, 1);
                var all = (n + 15) / 16 * 16;
                var source = AlignedBuffer.OfFloats(rows * n);
                var target = AlignedBuffer.OfFloats((rows * all) + 1);
                for (var i = 0; i < rows * n; i++)
                    source.Floats[i] = i + 1;
                new Span<float>(target.Floats, (rows * all) + 1).Fill(-1f);
                Panels.Pack(team, source.Floats, [rows], [kStride], n, nStride, target.Floats);
                for (var c = 0; c < all; c++)
                {
                    var panel = c / Panels.Width * Panels.Width;
                    var width = Math.Min(Panels.Width, all - panel);
                    for (var r = 0; r < rows; r++)
                        Assert.Equal(c < n ? (r * kStride) + (c * nStride) + 1 : 0f, target.Floats[(panel * rows) + (r * width) + c - panel]);
                }

                Assert.Equal(-1f, target.Floats[rows * all]);
            }
        }
    }

    [Theory]
    [InlineData(2, 2, 2)]
    [InlineData(5, 3, 4)]
    [InlineData(16, 1, 8)]
    [InlineData(3, 17, 2)]
    public void Pack_SeveralAxesInAnotherOrder_PutsEachElementInItsPanel(int a, int b, int c)
    {
        using var team = new Team(1);
        var rows = a * b * c;
        foreach (var n in new[] { 1, 8, 13, 16, 40, 64, 67 })
        {
            // Each column is a run of the source in the order (c, b, a); the panel wants (a, b, c).
            var all = (n + 15) / 16 * 16;
            var source = AlignedBuffer.OfFloats(rows * n);
            var target = AlignedBuffer.OfFloats((rows * all) + 1);
            for (var i = 0; i < rows * n; i++) source.Floats[i] = i + 1;
            new Span<float>(target.Floats, (rows * all) + 1).Fill(-1f);
            Panels.Pack(team, source.Floats, [a, b, c], [1, a, a * b], n, rows, target.Floats);
            for (var column = 0; column < all; column++)
            {
                var panel = column / Panels.Width * Panels.Width;
                var width = Math.Min(Panels.Width, all - panel);
                for (var r = 0; r < rows; r++)
                {
                    var from = (r / (b * c)) + (r / c % b * a) + (r % c * a * b) + (column * rows) + 1;
                    Assert.Equal(column < n ? from : 0f, target.Floats[(panel * rows) + (r * width) + column - panel]);
                }
            }

            Assert.Equal(-1f, target.Floats[rows * all]);
        }
    }

    [Theory]
    [InlineData(16, 16)]
    [InlineData(64, 200)]
    [InlineData(24, 130)]
    [InlineData(3, 7)]
    public void CopyRows_PutsThemOneAfterTheOther(int width, int stride)
    {
        foreach (var rows in new[] { 1, 2, 13, 40 })
        {
            var source = AlignedBuffer.OfFloats(rows * stride);
            var target = AlignedBuffer.OfFloats((rows * width) + 1);
            for (var i = 0; i < rows * stride; i++)
                source.Floats[i] = i;
            target.Floats[rows * width] = -1f;
            Panels.CopyRows(source.Floats, stride, rows, width, target.Floats);
            for (var i = 0; i < rows * width; i++)
                Assert.Equal((i / width * stride) + (i % width), target.Floats[i]);
            Assert.Equal(-1f, target.Floats[rows * width]);
        }
    }
}
