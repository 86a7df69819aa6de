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
        Assert.Contains("is 2; it must be from 0 to 1", message, StringComparison.Ordinal);
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
