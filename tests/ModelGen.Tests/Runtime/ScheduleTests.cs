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
    public void Exponential_FallsWithEachStep() => AssertRates(new ExponentialSchedule(0.8f, 0.5f), 0.8, 0.4, 0.2, 0.1);

    [Fact]
    public void MultiStep_FallsAtItsMilestones() =>
        AssertRates(new MultiStepSchedule(0.05f, [5, 2, 5], 0.1f), 0.05, 0.05, 0.005, 0.005, 0.005, 0.00005, 0.00005);

    [Fact]
    public void Polynomial_FallsToItsEnd()
    {
        // The example of PyTorch's PolynomialLR: 0.001 over 4 steps, power 1.
        AssertRates(new PolynomialSchedule(0.001f, 4), 0.001, 0.00075, 0.0005, 0.00025, 0, 0);
        AssertRates(new PolynomialSchedule(1f, 2, power: 2f, end: 0.2f), 1, 0.2 + 0.8 / 4, 0.2, 0.2);
    }

    [Fact]
    public void Cyclic_FollowsItsTriangles()
    {
        AssertRates(new CyclicSchedule(0.1f, 0.5f, 2), 0.1, 0.3, 0.5, 0.3, 0.1, 0.3, 0.5);
        AssertRates(new CyclicSchedule(0.1f, 0.5f, 2, 4), 0.1, 0.3, 0.5, 0.4, 0.3, 0.2, 0.1, 0.3);
        AssertRates(new CyclicSchedule(0.1f, 0.5f, 1, mode: CyclicMode.Triangular2), 0.1, 0.5, 0.1, 0.3, 0.1, 0.2);
        AssertRates(new CyclicSchedule(0.1f, 0.5f, 1, mode: CyclicMode.ExponentialRange, gamma: 0.5f), 0.1, 0.3, 0.1, 0.15);
    }

    [Fact]
    public void CosineRestarts_BeginsEachPeriodAnew()
    {
        AssertRates(new CosineRestartsSchedule(1f, 2), 1, 0.5, 1, 0.5, 1);
        AssertRates(new CosineRestartsSchedule(1f, 1, factor: 2, minimum: 0.2f), 1, 1, 0.6, 1, 0.6 + 0.4 * Math.Sqrt(0.5), 0.6, 0.6 - 0.4 * Math.Sqrt(0.5), 1);
    }

    [Fact]
    public void Chained_CountsTheStepsOfEachPart()
    {
        var chained = new ChainedSchedule(new ExponentialSchedule(1f, 0.5f), (new WarmUpLinearSchedule(1f, 2, 0.5f), 2), (new StepSchedule(0.3f, 9), 1));
        AssertRates(chained, 0.5, 0.75, 0.3, 1, 0.5);
    }

    [Fact]
    public void PerEpoch_StaysWithinAnEpoch() => AssertRates(new PerEpochSchedule(new ExponentialSchedule(1f, 0.5f), 3), 1, 1, 1, 0.5, 0.5, 0.5, 0.25);

    [Fact]
    public void Constructors_WithoutSteps_Throw()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepSchedule(1f, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineSchedule(1f, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1f, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycleSchedule(1f, 3, 0.3f));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUpCosineSchedule(1f, 5, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WarmUpLinearSchedule(1f, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStepSchedule(1f, [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PolynomialSchedule(1f, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CyclicSchedule(0f, 1f, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CyclicSchedule(0f, 1f, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CosineRestartsSchedule(1f, 1, factor: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChainedSchedule(new StepSchedule(1f, 1), (new StepSchedule(1f, 1), 0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PerEpochSchedule(new StepSchedule(1f, 1), 0));
    }

    private static void AssertRates(ILearningRateSchedule schedule, params double[] expected)
    {
        for (var step = 0; step < expected.Length; step++)
            Assert.Equal(expected[step], schedule.LearningRate(step), 1e-7);
    }
}
