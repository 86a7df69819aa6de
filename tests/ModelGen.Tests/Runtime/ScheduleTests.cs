namespace ModelGen.Tests.Runtime;

public sealed class ScheduleTests
{
    [Fact]
    public void Step_FallsByGamma() =>
        AssertRates(new StepSchedule(0.2f, 3, 0.5f), 0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.05);

    [Fact]
    public void Cosine_FallsToTheMinimumAndStays() =>
        AssertRates(new CosineSchedule(1f, 4, 0.2f), 1, 0.2 + 0.4 * (1 + Math.Sqrt(0.5)), 0.6, 0.2 + 0.4 * (1 - Math.Sqrt(0.5)), 0.2, 0.2);

    [Fact]
    public void OneCycle_RisesAndFalls()
    {
        var schedule = new OneCycleSchedule(0.4f, 12, 0.25f, 10f, 100f);
        AssertRates(schedule, 0.04, 0.22, 0.4);
        Assert.Equal(0.0004f, schedule.LearningRate(11), 1e-9f);
        Assert.Equal(0.0004f, schedule.LearningRate(100), 1e-9f);
    }

    [Fact]
    public void WarmUpLinear_RisesAndStays() =>
        AssertRates(new WarmUpLinearSchedule(0.05f, 5, 0.25f), 0.0125, 0.02, 0.0275, 0.035, 0.0425, 0.05, 0.05);

    [Fact]
    public void WarmUpCosine_RisesAndFalls() =>
        AssertRates(new WarmUpCosineSchedule(0.1f, 2, 6), 0.05, 0.1, 0.1, 0.05 * (1 + Math.Sqrt(0.5)), 0.05, 0.05 * (1 - Math.Sqrt(0.5)), 0, 0);

    [Fact]
    public void Constructors_WithoutSteps_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(1f, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(1f, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1f, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1f, 3, 0.3f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUpCosineSchedule(1f, 5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUpLinearSchedule(1f, -1));
    }

    private static void AssertRates(ILearningRateSchedule schedule, params double[] expected)
    {
        for (var step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], schedule.LearningRate(step), 1e-7);
    }
}
