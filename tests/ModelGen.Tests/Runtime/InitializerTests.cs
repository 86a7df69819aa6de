namespace ModelGen.Tests.Runtime;

public sealed class InitializerTests
{
    private const int FanIn = 72;
    private const int FanOut = 144;

    public static TheoryData<InitializerKind, float, double, double> Distributions => new()
    {
        { InitializerKind.Uniform, 0.3f, 0.3 / Math.Sqrt(3), 0.3 },
        { InitializerKind.Normal, 0.3f, 0.3, double.PositiveInfinity },
        { InitializerKind.TruncatedNormal, 0.3f, 0.3, 0.6 / 0.87962566 },
        { InitializerKind.TorchDefault, 0f, 1 / Math.Sqrt(3 * FanIn), 1 / Math.Sqrt(FanIn) },
        { InitializerKind.KaimingUniform, 1.41421356f, Math.Sqrt(2.0 / FanIn), Math.Sqrt(6.0 / FanIn) },
        { InitializerKind.KaimingNormal, 1.41421356f, Math.Sqrt(2.0 / FanIn), double.PositiveInfinity },
        { InitializerKind.XavierUniform, 1f, Math.Sqrt(2.0 / (FanIn + FanOut)), Math.Sqrt(6.0 / (FanIn + FanOut)) },
        { InitializerKind.XavierNormal, 1f, Math.Sqrt(2.0 / (FanIn + FanOut)), double.PositiveInfinity },
        { InitializerKind.LecunUniform, 0f, Math.Sqrt(1.0 / FanIn), Math.Sqrt(3.0 / FanIn) },
        { InitializerKind.LecunNormal, 0f, Math.Sqrt(1.0 / FanIn), double.PositiveInfinity },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void Fill_Distribution_HasTheDeviationAndTheBound(InitializerKind kind, float parameter, double deviation, double bound)
    {
        var values = Draw(new Initializer(kind, parameter, FanIn, FanOut), 100_000);
        Assert.InRange(values.Average(), -5 * deviation / Math.Sqrt(values.Length), 5 * deviation / Math.Sqrt(values.Length));
        Assert.Equal(deviation, Math.Sqrt(values.Average(value => (double)value * value)), 0.02 * deviation);
        Assert.InRange(values.Max(Math.Abs), double.IsFinite(bound) ? 0.99 * bound : 3 * deviation, bound * 1.000001);
    }

    [Theory]
    [InlineData(5, 8)]
    [InlineData(8, 5)]
    [InlineData(6, 6)]
    public void Fill_Orthogonal_HasOrthonormalRowsOrColumns(int rows, int columns)
    {
        var w = Draw(new Initializer(InitializerKind.Orthogonal, 2f, columns), rows * columns);
        var count = Math.Min(rows, columns);
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++)
            {
                var dot = Enumerable.Range(0, Math.Max(rows, columns))
                    .Sum(k => rows <= columns ? (double)w[i * columns + k] * w[j * columns + k] : (double)w[k * columns + i] * w[k * columns + j]);
                Assert.Equal(i == j ? 4 : 0, dot, 1e-5);
            }
        }
    }

    [Theory]
    [InlineData(InitializerKind.Uniform)]
    [InlineData(InitializerKind.Normal)]
    [InlineData(InitializerKind.TruncatedNormal)]
    public void Fill_WithAMean_MovesWhatIsDrawn(InitializerKind kind)
    {
        float[] centred = Draw(new Initializer(kind, 0.5f), 1000), moved = Draw(new Initializer(kind, 0.5f, Mean: 2), 1000);
        Assert.All(centred.Zip(moved), pair => Assert.Equal(pair.First + 2, pair.Second, 1e-6f));
    }

    [Fact]
    public void Fill_Constants_AreConstant()
    {
        Assert.All(Draw(Initializer.Zeros, 9), value => Assert.Equal(0f, value));
        Assert.All(Draw(Initializer.Ones, 9), value => Assert.Equal(1f, value));
        Assert.All(Draw(new Initializer(InitializerKind.Constant, 0.5f), 9), value => Assert.Equal(0.5f, value));
    }

    [Fact]
    public void Fill_WithoutTheFanItNeeds_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => Draw(new Initializer(InitializerKind.KaimingNormal, 1f), 4));
        Assert.Throws<InvalidOperationException>(() => Draw(new Initializer(InitializerKind.Orthogonal, 1f, 3), 4));
    }

    private static float[] Draw(Initializer initializer, int count)
    {
        var values = new float[count];
        var rng = new Rng(1, "weights");
        initializer.Fill(values, ref rng);
        return values;
    }
}
