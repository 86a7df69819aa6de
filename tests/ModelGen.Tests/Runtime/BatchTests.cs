namespace ModelGen.Tests.Runtime;

public sealed class BatchTests
{
    [Fact]
    public void SetRow_WholeNumbers_FillAFloatInput()
    {
        using var batch = new Batch(SoftmaxRegression.Describe(3, 2), 2);
        batch.SetRow(0, 1, [4, 5, 6]);
        Assert.Equal([4f, 5f, 6f], batch.Floats(0).Slice(3, 3).ToArray());
        Assert.Equal(2, batch.Count);
    }

    [Fact]
    public void SetRow_LabelOutsideTheClasses_IsNamed()
    {
        using var batch = new Batch(SoftmaxRegression.Describe(3, 2), 2);
        var message = Assert.Throws<ArgumentException>(() => batch.SetRow(1, 1, [2])).Message;
        Assert.Equal("The label of sample 1 in 'y' is 2; it must be from 0 to 1 (2 classes). (Parameter 'labels')", message);
        Assert.Equal((0, 0), (batch.Count, batch.Ints(1)[1]));
    }

    [Theory]
    [InlineData(0, -1)]
    [InlineData(3, 65)]
    [InlineData(41, int.MinValue)]
    [InlineData(69, int.MaxValue)]
    public void CheckLabels_NamesSampleAndPosition_WhereverItIs(int place, int value)
    {
        var labels = new int[70];
        labels[place] = value;
        var tokens = new InputSpec { Name = "tokens", Shape = [7], Length = 7, IsLabels = true, Classes = 65 };

        var message = Assert.Throws<ArgumentException>(() => Batch.CheckLabels(tokens, labels)).Message;

        Assert.Equal($"The label of sample {place / 7}, position {place % 7} in 'tokens' is {value}; "
            + $"it must be from 0 to 64 (65 classes). (Parameter 'labels')", message);
    }

    [Fact]
    public void CheckLabels_OfAnIgnoredLabel_PassesAndNothingElse()
    {
        var pixels = new InputSpec { Name = "mask", Shape = [20], Length = 20, IsLabels = true, Classes = 3, IgnoredLabel = -100 };
        var labels = Enumerable.Range(0, 20).Select(i => i % 4 == 3 ? -100 : i % 4).ToArray();
        Batch.CheckLabels(pixels, labels);
        labels[18] = -1;

        Assert.Equal(
            "The label of sample 0, position 18 in 'mask' is -1; it must be from 0 to 2 (3 classes) or -100, which is ignored. (Parameter 'labels')",
            Assert.Throws<ArgumentException>(() => Batch.CheckLabels(pixels, labels)).Message);
    }

    [Fact]
    public void Capacity_ThatKernelsCannotCount_IsRefusedWithTheLimit()
    {
        var info = new ModelInfo { Name = "Wide", Inputs = [], Outputs = [], Parameters = [], ParameterFloats = 0, LargestTensorFloatsPerSample = 3_211_264 };
        using var largest = new Batch(info, 668);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Batch(info, 669));
        Assert.Contains("A batch of Wide has at most 668 samples", error.Message, StringComparison.Ordinal);
    }
}
