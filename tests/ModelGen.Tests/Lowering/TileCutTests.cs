using System.Globalization;
using ModelGen.Generator.Emit.Cpu;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Tests.Emit;

namespace ModelGen.Tests.Lowering;

/// <summary>How rows are cut into tiles. A tile of six rows of two vectors has twelve sums, one of two rows four:
/// too few for the units of a processor.</summary>
public class TileCutTests
{
    private static readonly TileCosts Costs = new(SumsInFlight: 8, OfATile: 0.5);

    [Theory]
    [InlineData(64, "10x6 1x4")]
    [InlineData(128, "20x6 2x4")]
    [InlineData(14, "1x6 2x4")]
    [InlineData(9, "1x6 1x2 1x1")]
    [InlineData(8, "2x4")]
    [InlineData(7, "1x6 1x1")]
    [InlineData(3, "1x2 1x1")]
    public void ANumberThatComesWithTheCall_HasLowTilesOnlyWhereItMust(int rows, string tiles) =>
        Assert.Equal(tiles, Text(TileCut.Of(Costs, Axis.Batch, 0, 6, 2), rows));

    [Theory]
    [InlineData(32, 6, 2, "2x6 4x5")]
    [InlineData(64, 6, 2, "10x6 1x4")]
    [InlineData(31, 6, 2, "1x6 5x5")]
    [InlineData(13, 5, 2, "1x5 2x4")]
    [InlineData(32, 6, 4, "5x6 1x2")]
    [InlineData(12, 6, 2, "2x6")]
    [InlineData(3, 1, 4, "3x1")]
    public void AKnownNumber_IsSharedOutEvenly(int rows, int whole, int sums, string tiles) =>
        Assert.Equal(tiles, Text(TileCut.Of(Costs, rows, 0, whole, sums), rows));

    // 64 rows of a sample in tasks of 132 leave over multiples of four, in tasks of 66 of two.
    [Theory]
    [InlineData(64, 132, "6 4")]
    [InlineData(64, 66, "6 4 2")]
    [InlineData(6, 48, "6")]
    [InlineData(1, 4, "4 2 1")]
    [InlineData(1_000_000, 0, "6 4")]
    public void RowsOfABatch_HaveNoTilesThatNoBatchNeeds(int rows, int part, string sizes) =>
        Assert.Equal(sizes, string.Join(" ", TileCut.Of(Costs, new Axis(rows, true), part, part == 4 ? 4 : 6, 2).Sizes));

    [Theory]
    [InlineData(6, 2)]
    [InlineData(14, 1)]
    [InlineData(12, 2)]
    [InlineData(10, 1)]
    [InlineData(5, 2)]
    [InlineData(3, 3)]
    public void RowsOfABatch_AreAllCovered(int whole, int sums)
    {
        foreach (var rows in new[] { 1, 2, 3, 4, 6, 8, 9, 16, 25, 32, 64, 100 })
        {
            foreach (var part in new[] { 0, whole, 2 * whole, 16 * whole, 22 * whole, 56 * whole })
            {
                var cut = TileCut.Of(Costs, new Axis(rows, true), part, whole, sums);
                for (var samples = 1; samples < 120; samples++)
                {
                    var last = part == 0 ? samples * rows : (samples * rows - 1) % part + 1;
                    Assert.Equal(last, cut.Tiles(last).Sum(t => t.Size * t.Count));
                    if (part > 0) Assert.Equal(part, cut.Tiles(part).Sum(t => t.Size * t.Count));
                }
            }
        }
    }

    [Fact]
    public void PartsOfAKnownNumber_HaveWholeTiles_ButTheLast()
    {
        var cut = TileCut.Of(Costs, 128, 30, 6, 2);
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
        var plain = new TileCut(Costs, [whole, 1], []);
        for (var rows = 1; rows <= 200; rows++)
        {
            foreach (var cut in new[] { TileCut.Of(Costs, Axis.Batch, 0, whole, sums), TileCut.Of(Costs, rows, 0, whole, sums) })
            {
                Assert.Equal(rows, cut.Tiles(rows).Sum(t => t.Size * t.Count));
                Assert.True(cut.Cost(rows, sums) <= plain.Cost(rows, sums), $"{rows} rows: {Text(cut, rows)}");
            }
        }
    }

    // Name of the case, and what its text has: panels by three, by four and single ones, wider ones, with a part of one behind; blocks of a long sum; functions
    // that are costly; dots; one vector; several axes summed over.
    [Theory]
    [InlineData("48", @"_256_1x48\(")]
    [InlineData("48", @"_256_2x32\(")]
    [InlineData("90", @"_256_1x64\([^}]*}\s+for \(; n0 <= 90 - 16; [^}]*}\s+{\s+\S+_256_1x10\(")]
    [InlineData("300", @"_512_1x128\(")]
    [InlineData("300", @"for \(; n0 <= columnsTo - 64; ")]
    [InlineData("300", " - m != 8")]
    [InlineData("Long", @"_256_1x64\([^)]*k0, ")]
    [InlineData("Gelu", @"_256_1x64\(")]
    [InlineData("Dots", @"_256_2x5\(")]
    [InlineData("8", "")]
    [InlineData("Pixel", "")]
    [InlineData("Shared", @"var q\d+_\d = \(Avx\.LoadVector256\(p\d\) \* Avx\.LoadVector256\(p\d\)\);")]
    [InlineData("Norm", @"var q0_0 = [^;]*Vector256\.Sqrt\([^;]*;\s+for \(int row = 0;")]
    [InlineData("Steps", @"first = tile \* \d+, last = Math.Min\(first \+ \d+, \(n \* 32\)\)")]
    public void Predict_OfAnyNumberOfSamples_GivesEachTheSameBits(string name, string has)
    {
        const int most = 40;
        // A product that one use could take into a sum, and another not.
        static Node Shared(Sketch s, Node y)
        {
            Node Parameter(string name) =>
                s.Builder.Leaf(LeafKind.Parameter, new(ElementType.F32, Shape.Of(48)), name, name, start: Initialization.TorchDefault(1));
            Node product = s.Binary("Mul", Parameter("p"), Parameter("q")), r = Parameter("r");
            return s.Binary("Mul", s.Op("Relu", s.Binary("Add", y, product)), s.Binary("Add", product, r));
        }
        static Node Linear(Sketch s, int inputs, int outputs, bool bias = true) =>
            s.Op("Linear", s.Input("x", inputs), new { outFeatures = outputs, bias }, "fc");
        var model = new EmittedModel(Sketch.Model("AnyNumber", s => ([name switch
        {
            "48" => Linear(s, 64, 48),
            "90" => Linear(s, 16, 90),
            "300" => Linear(s, 64, 300),
            "Long" => Linear(s, 2000, 80),
            "Gelu" => s.Op("Gelu", Linear(s, 40, 80)),
            "Dots" => Linear(s, 256, 10, bias: false),
            "8" => Linear(s, 48, 8),
            "Shared" => Shared(s, Linear(s, 40, 48)),
            "Norm" =>
                s.Op("Gelu",
                    s.Op("BatchNorm2d",
                        s.Op("Conv2d", s.Op("Conv2d", s.Input("x", 3, 6, 6), new { outChannels = 32, kernel = 3, padding = 1 }, "stem"),
                            new { outChannels = 48, kernel = 3, stride = 2 }, "conv"), null, "bn")),
            "Steps" => s.Op("Linear", s.Input("x", 32, 24), new { outFeatures = 40 }, "fc"),
            _ => s.Op("Conv2d", s.Input("x", 3, 5, 5), new { outChannels = 80, kernel = 5 }, "conv"),
        }], null)));
        Assert.Matches(has, model.Text);
        using var batch = model.Fill(most, 3);
        var outputs = model.Model.Info.OutputLength;
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
        model.MatchesInterpreter(3);
    }

    [Fact]
    public void Attention_Of32Steps_HasTilesOfFiveAndSix()
    {
        var model = new EmittedModel(Sketch.Model("Even", s => ([s.Op("MultiheadAttention", s.Input("x", 32, 16), new { heads = 1 }, "attention")], null)));
        Assert.Matches(@"_256_5x16\(", model.Text);
        model.MatchesInterpreter(3);
    }

    private static string Text(TileCut cut, int rows) =>
        string.Join(" ", cut.Tiles(rows).Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Count}x{t.Size}")));
}
