using System.Globalization;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Expressions;

namespace ModelGen.Tests.Emit;

/// <summary>How rows are cut into tiles. A tile of six rows of two vectors has twelve sums, one of two rows four: too few for the units of a processor.</summary>
public class TileCutTests
{
    [Theory]
    [InlineData(64, "10x6 1x4")]
    [InlineData(128, "20x6 2x4")]
    [InlineData(14, "1x6 2x4")]
    [InlineData(9, "2x4 1x1")]
    [InlineData(8, "2x4")]
    [InlineData(7, "1x6 1x1")]
    [InlineData(3, "3x1")]
    public void ANumberThatComesWithTheCall_HasLowTilesOnlyWhereItMust(int rows, string tiles) => Assert.Equal(tiles, Text(TileCut.Of(Axis.Batch, 1, 6, 2), rows));

    [Theory]
    [InlineData(32, 6, 2, "2x6 4x5")]
    [InlineData(64, 6, 2, "10x6 1x4")]
    [InlineData(31, 6, 2, "1x6 5x5")]
    [InlineData(13, 5, 2, "1x5 2x4")]
    [InlineData(32, 6, 4, "5x6 1x2")]
    [InlineData(12, 6, 2, "2x6")]
    [InlineData(5, 6, 2, "1x5")]
    [InlineData(3, 1, 4, "3x1")]
    public void AKnownNumber_IsSharedOutEvenly(int rows, int whole, int sums, string tiles) => Assert.Equal(tiles, Text(TileCut.Of(rows, rows, whole, sums), rows));

    [Fact]
    public void PartsOfAKnownNumber_HaveWholeTiles_ButTheLast()
    {
        var cut = TileCut.Of(128, 30, 6, 2);
        Assert.Equal("5x6", Text(cut, 30));
        Assert.Equal("2x4", Text(cut, 8));
    }

    [Theory]
    [InlineData(6, 2)]
    [InlineData(6, 4)]
    [InlineData(14, 1)]
    [InlineData(12, 2)]
    [InlineData(10, 1)]
    [InlineData(8, 3)]
    [InlineData(5, 2)]
    [InlineData(3, 3)]
    [InlineData(2, 5)]
    [InlineData(3, 2)]
    [InlineData(1, 4)]
    public void Tiles_CoverTheRows_AndTakeNoLongerThanWholeTilesAndSingleRows(int whole, int sums)
    {
        var plain = new TileCut([whole, 1], []);
        for (var rows = 1; rows <= 200; rows++)
        {
            foreach (var cut in new[] { TileCut.Of(Axis.Batch, 1, whole, sums), TileCut.Of(rows, rows, whole, sums) })
            {
                Assert.Equal(rows, cut.Tiles(rows).Sum(t => t.Size * t.Count));
                Assert.True(cut.Cost(rows, sums) <= plain.Cost(rows, sums), $"{rows} rows: {Text(cut, rows)}");
            }
        }
    }

    // Three panels together; four, and two single ones, and a part of one; dots; one vector.
    [Theory]
    [InlineData(64, 48, @"_256_1x48\(")]
    [InlineData(64, 300, @"_256_1x64\([^}]*}\s+for \(; n0 <= (300|columnsTo) - 16; ")]
    [InlineData(64, 300, @"_512_1x128\(")]
    [InlineData(64, 300, " - m != 8")]
    [InlineData(256, 10, @"_256_2x5\(")]
    [InlineData(48, 8, "")]
    public void Predict_OfAnyNumberOfSamples_GivesEachTheSameBits(int inputs, int outputs, string has)
    {
        const int most = 40;
        var model = new EmittedModel(Sketch.Model("AnyNumber", s => ([s.Op("Linear", s.Input("x", inputs), new { outFeatures = outputs, bias = false }, "fc")], null)));
        Assert.Matches(has, model.Text);
        using var batch = model.Fill(most, 3);
        var all = new float[most * outputs];
        model.Model.Predict(batch, all);
        for (var samples = 1; samples < most; samples++)
        {
            batch.Count = samples;
            var some = new float[samples * outputs];
            Array.Fill(some, float.NaN);
            model.Model.Predict(batch, some);
            Assert.Equal(all[..some.Length], some);
        }
    }

    [Fact]
    public void Attention_Of32Steps_HasTilesOfFiveAndSix()
    {
        var model = new EmittedModel(Sketch.Model("Even", s => ([s.Op("MultiheadAttention", s.Input("x", 32, 16), new { heads = 1 }, "attention")], null)));
        Assert.Matches(@"_256_5x16\(", model.Text);
        Assert.DoesNotMatch(@"_256_2x16\(", model.Text);
        model.MatchesInterpreter(3);
    }

    private static string Text(TileCut cut, int rows) => string.Join(" ", cut.Tiles(rows).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Count}x{t.Size}")));
}
