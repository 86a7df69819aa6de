namespace ModelGen.Tests.Runtime;

[Collection(AllocationCollection.Name)]
public sealed class BatchLoaderTests
{
    private static readonly ModelInfo s_info = SoftmaxRegression.Describe(1, 1000);

    [Theory]
    [InlineData(100, 32, false, 4)]
    [InlineData(100, 32, true, 3)]
    [InlineData(96, 32, false, 3)]
    [InlineData(5, 32, false, 1)]
    [InlineData(1, 1, false, 1)]
    public void Epoch_GivesEachSampleOnce(int count, int batchSize, bool dropLast, int batches)
    {
        using var loader = new BatchLoader(Numbers(count), s_info, batchSize, seed: 3, dropLast: dropLast);
        Assert.Equal(batches, loader.BatchesPerEpoch);
        for (var epoch = 0; epoch < 3; epoch++)
        {
            var seen = Epoch(loader, epoch);
            Assert.Equal(dropLast ? count / batchSize * batchSize : count, seen.Length);
            Assert.Equal(seen.Length, seen.Distinct().Count());
            Assert.False(loader.TryNext(out _));
        }
    }

    [Fact]
    public void Order_DependsOnSeedAndEpochOnly()
    {
        using var first = new BatchLoader(Numbers(50), s_info, 8, seed: 3);
        using var second = new BatchLoader(Numbers(50), s_info, 8, seed: 3);
        using var other = new BatchLoader(Numbers(50), s_info, 8, seed: 4);
        using var ordered = new BatchLoader(Numbers(50), s_info, 8, shuffle: false);
        var epoch = Epoch(first, 1);
        Assert.NotEqual(epoch, Epoch(first, 2));
        Assert.Equal(epoch, Epoch(second, 1));
        Assert.NotEqual(epoch, Epoch(other, 1));
        Assert.Equal(Enumerable.Range(0, 50), Epoch(ordered, 1));
    }

    [Fact]
    public void Start_InTheMiddle_BeginsAnew()
    {
        using var loader = new BatchLoader(Numbers(50), s_info, 8, seed: 3);
        var whole = Epoch(loader, 7);
        for (var taken = 0; taken < 6; taken++)
        {
            loader.Start(2);
            for (var i = 0; i < taken; i++)
                Assert.True(loader.TryNext(out _));
            Assert.Equal(whole, Epoch(loader, 7));
        }
    }

    [Fact]
    public void TryNext_ManyQuickEpochs_NeverMixesBatches()
    {
        using var loader = new BatchLoader(Numbers(64), s_info, 4, shuffle: false);
        for (var epoch = 0; epoch < 500; epoch++)
            Assert.Equal(Enumerable.Range(0, 64), Epoch(loader, epoch));
    }

    [Fact]
    public void TryNext_AllocatesNothing()
    {
        using var loader = new BatchLoader(Numbers(1000), s_info, 2, seed: 1);
        Assert.InRange(Allocations.OfEachRound(() => Drain(loader, 1)), 0, 100);
    }

    [Fact]
    public void Dispose_InTheMiddle_Waits()
    {
        var loader = new BatchLoader(Numbers(64), s_info, 4);
        loader.Start(0);
        loader.TryNext(out _);
        loader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => loader.TryNext(out _));
    }

    [Fact]
    public void Constructor_BadArguments_Throws()
    {
        Assert.Contains("is empty", Assert.Throws<ArgumentException>(() => new BatchLoader(Numbers(0), s_info, 4)).Message);
        Assert.Contains("5 cannot be cut from 4", Assert.Throws<ArgumentException>(() => new BatchLoader(Numbers(4), s_info, 5, dropLast: true)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(Numbers(4), s_info, 0));
        Assert.Throws<ArgumentException>(() => new BatchLoader(Numbers(4), SoftmaxRegression.Describe(2, 3), 2));
    }

    private static Dataset Numbers(int count) =>
        Dataset.FromArrays([.. Enumerable.Range(0, count).Select(i => (float)i)], [.. Enumerable.Range(0, count)], 1);

    private static void Drain(BatchLoader loader, int epoch)
    {
        loader.Start(epoch);
        while (loader.TryNext(out _))
        {
        }
    }

    private static int[] Epoch(BatchLoader loader, int epoch)
    {
        var seen = new List<int>();
        loader.Start(epoch);
        while (loader.TryNext(out var batch))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                Assert.Equal(batch.Floats(0)[i], batch.Ints(1)[i]);
                seen.Add(batch.Ints(1)[i]);
            }
        }

        return [.. seen];
    }
}
