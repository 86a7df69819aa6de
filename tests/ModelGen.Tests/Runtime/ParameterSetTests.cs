namespace ModelGen.Tests.Runtime;

public sealed class ParameterSetTests
{
    [Fact]
    public void Indexer_UnknownPath_NamesTheClosestAndAll()
    {
        using var parameters = new ParameterSet(SoftmaxRegression.Describe(4, 3), 0);
        var message = Assert.Throws<ArgumentException>(() => parameters["fc.wieght"]).Message;
        Assert.Contains("no parameter 'fc.wieght'", message);
        Assert.Contains("closest is 'fc.weight'", message);
        Assert.Contains("fc.weight, fc.bias, steps", message);
        Assert.False(parameters.TryGet("nothing", out _));
        Assert.True(parameters.TryGet("steps", out var steps) && steps.IsBuffer && steps.Gradients.IsEmpty && !steps.IsTrainable);
    }

    [Fact]
    public void Version_ChangesWithWritableSpansOnly()
    {
        using var parameters = new ParameterSet(SoftmaxRegression.Describe(4, 3), 0);
        var version = parameters.Version;
        _ = parameters.ReadOnlyValues.Length + parameters.ReadOnlyBuffers.Length + parameters.Gradients.Length;
        _ = parameters["fc.weight"].ReadOnlyValues.Length + parameters["fc.weight"].Gradients.Length;
        Assert.Equal(version, parameters.Version);
        _ = parameters["steps"].Values.Length;
        Assert.NotEqual(version, parameters.Version);
    }

    [Fact]
    public void Values_DependOnSeedAndPathOnly()
    {
        using var small = new ParameterSet(Info("a", "c"), 5);
        using var large = new ParameterSet(Info("a", "b", "c"), 5);
        using var other = new ParameterSet(Info("a", "c"), 6);
        Assert.Equal(small["c"].ReadOnlyValues.ToArray(), large["c"].ReadOnlyValues.ToArray());
        Assert.NotEqual(small["c"].ReadOnlyValues.ToArray(), other["c"].ReadOnlyValues.ToArray());
        Assert.NotEqual(small["a"].ReadOnlyValues.ToArray(), small["c"].ReadOnlyValues.ToArray());
    }

    [Fact]
    public void Enumeration_GivesParametersThenBuffers()
    {
        using var parameters = new ParameterSet(SoftmaxRegression.Describe(4, 3), 0);
        Assert.Equal(["fc.weight", "fc.bias", "steps"], parameters.Select(view => view.Path));
        Assert.Equal([3, 4], parameters["fc.weight"].Shape);
        Assert.Equal("fc.weight f32[3,4]", parameters["fc.weight"].ToString());
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(16, 20)]
    [InlineData(-16, 3)]
    public void Constructor_ParameterOutsideOrUnaligned_Throws(int offset, int length)
    {
        var info = new ModelInfo
        {
            Name = "bad",
            Inputs = [],
            Outputs = [],
            ParameterFloats = 32,
            Parameters = [new ParameterSpec { Path = "a", Shape = [length], Offset = offset, Length = length, Initializer = Initializer.Zeros }],
        };
        Assert.Throws<ArgumentException>(() => new ParameterSet(info, 0));
    }

    [Fact]
    public void Constructor_PathTwice_Throws() =>
        Assert.Contains("two parameters called 'a'", Assert.Throws<ArgumentException>(() => new ParameterSet(Info("a", "a"), 0)).Message);

    private static ModelInfo Info(params string[] paths) => new()
    {
        Name = "test",
        Inputs = [],
        Outputs = [],
        ParameterFloats = 16 * paths.Length,
        Parameters =
            [.. paths.Select((path, i) => new ParameterSpec { Path = path, Shape = [7], Offset = 16 * i, Length = 7,
                Initializer = Initializer.TorchDefault(7) })],
    };
}
