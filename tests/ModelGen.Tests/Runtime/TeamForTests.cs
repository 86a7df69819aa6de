using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

[Collection(AllocationCollection.Name)]
public sealed unsafe class TeamForTests
{
    [Theory]
    [InlineData(1, 100, 7)]
    [InlineData(3, 100, 7)]
    [InlineData(3, 100, 100)]
    [InlineData(3, 100, 1000)]
    [InlineData(3, 1, 1)]
    [InlineData(3, 5, 0)]
    [InlineData(3, 5, -4)]
    [InlineData(3, 1, 0)]
    [InlineData(2, 64, 16)]
    public void For_AnyGrain_CoversTheAxisOnce(int threads, int extent, int grain)
    {
        using var team = new Team(threads);
        var counts = stackalloc int[extent];
        var longest = 0;
        team.For(&Count, extent, grain, counts, &longest);
        for (var i = 0; i < extent; i++) Assert.Equal(1, counts[i]);
        Assert.Equal(Math.Min(extent, Math.Max(1, grain)), longest);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-3, 5)]
    [InlineData(0, 0)]
    [InlineData(int.MinValue, 1)]
    [InlineData(int.MinValue, int.MinValue)]
    public void For_NothingToDo_DoesNotCall(int extent, int grain)
    {
        using var team = new Team(2);
        var called = 0;
        team.For(&Called, extent, grain, &called);
        team.For2(&Called2, extent, grain, 7, 2, &called);
        team.For2(&Called2, 7, 2, extent, grain, &called);
        team.For2(&Called2, 7, 7, extent, grain, &called);
        Assert.Equal(0, called);
    }

    [Fact]
    public void For_LargestExtent_DoesNotOverflow()
    {
        using var team = new Team(1);
        long sum = 0;
        team.For(&SumOfLengths, int.MaxValue, (1 << 30) - 7, &sum);
        Assert.Equal(int.MaxValue, sum);
        team.For2(&SumOfAreas, int.MaxValue, 1 << 30, 3, 2, &sum);
        Assert.Equal(4L * int.MaxValue, sum);
        Assert.Throws<OverflowException>(() => Many(team));

        static void Many(Team team) => team.For2(&SumOfAreas, 1 << 20, 1, 1 << 20, 1, (long*)null);
    }

    [Theory]
    [InlineData(1, 9, 4, 10, 3)]
    [InlineData(3, 9, 4, 10, 3)]
    [InlineData(3, 9, 9, 10, 10)]
    [InlineData(3, 1, 1, 10, 3)]
    [InlineData(3, 9, 2, 1, 1)]
    [InlineData(3, 9, 0, 10, -1)]
    public void For2_AnyGrains_CoverBothAxesOnce(int threads, int extent, int grain, int extent2, int grain2)
    {
        using var team = new Team(threads);
        var counts = stackalloc int[extent * extent2];
        team.For2(&Count2, extent, grain, extent2, grain2, extent2, counts);
        for (var i = 0; i < extent * extent2; i++) Assert.Equal(1, counts[i]);
    }

    [Fact]
    public void For2_SecondAxis_ChangesFastest()
    {
        using var team = new Team(1);
        var order = stackalloc int[7];
        team.For2(&Order, 4, 2, 5, 2, order);
        Assert.Equal([6, 0, 2, 4, 200, 202, 204], new ReadOnlySpan<int>(order, 7).ToArray());
    }

    // Pointers of several types and numbers come to the kernel in their order.
    [Fact]
    public void For_AnySignature_PassesEachArgument()
    {
        using var team = new Team(2);
        var floats = stackalloc float[12];
        var seen = 0;
        var pointers = stackalloc float*[2];
        pointers[0] = floats + 1;
        pointers[1] = (float*)&seen;
        for (var i = 0; i < 12; i++) floats[i] = i + 1;
        foreach (var grain in new[] { 8, 3 })
        {
            seen = 0;
            team.For(&Numbers3, 8, grain, 5, 6, 7, floats, &seen);
            Assert.Equal(8, seen);
            seen = 0;
            team.For2(&Numbers3Of2, 4, grain / 2, 2, grain, 5, 6, 7, floats, &seen);
            Assert.Equal(8, seen);
            seen = 0;
            team.For(&Twelve, 8, grain, floats, floats + 1, floats + 2, floats + 3, floats + 4, floats + 5, floats + 6, floats + 7, floats + 8, floats + 9,
                (byte*)&grain, &seen);
            Assert.Equal(8, seen);
            seen = 0;
            team.For(&Array, 8, grain, 5, pointers);
            Assert.Equal(8, seen);
            team.For2(&Array2, 4, grain / 2, 2, grain, pointers);
            Assert.Equal(16, seen);
        }
    }

    [Fact]
    public void For_AfterTheFirst_AllocatesNothing()
    {
        using var team = new Team(2);
        Assert.InRange(Allocations.OfEachRound(Round), 0, 100);

        void Round()
        {
            var counts = stackalloc int[64];
            var longest = 0;
            for (var i = 0; i < 100; i++)
            {
                team.For(&Count, 64, 8, counts, &longest);
                team.For2(&Count2, 8, 2, 8, 3, 8, counts);
            }
        }
    }

    private static void Count(int from, int to, int* counts, int* longest)
    {
        for (var i = from; i < to; i++) Interlocked.Increment(ref counts[i]);
        for (var seen = *longest; to - from > seen; seen = *longest) Interlocked.CompareExchange(ref *longest, to - from, seen);
    }

    private static void Called(int from, int to, int* called) => Interlocked.Increment(ref *called);

    private static void Called2(int from, int to, int from2, int to2, int* called) => Interlocked.Increment(ref *called);

    private static void SumOfLengths(int from, int to, long* sum) => *sum += to - from;

    private static void SumOfAreas(int from, int to, int from2, int to2, long* sum) => *sum += (long)(to - from) * (to2 - from2);

    private static void Count2(int from, int to, int from2, int to2, int stride, int* counts)
    {
        for (var i = from; i < to; i++)
        {
            for (var j = from2; j < to2; j++) Interlocked.Increment(ref counts[(i * stride) + j]);
        }
    }

    private static void Order(int from, int to, int from2, int to2, int* order) => order[++*order] = (100 * from) + from2;

    private static void Numbers3(int from, int to, int n0, int n1, int n2, float* floats, int* seen)
    {
        if (n0 == 5 && n1 == 6 && n2 == 7 && floats[1] == 2f) Interlocked.Add(ref *seen, to - from);
    }

    private static void Numbers3Of2(int from, int to, int from2, int to2, int n0, int n1, int n2, float* floats, int* seen)
    {
        if (n0 == 5 && n1 == 6 && n2 == 7 && floats[1] == 2f) Interlocked.Add(ref *seen, (to - from) * (to2 - from2));
    }

    private static void Twelve(
        int from, int to, float* p0, float* p1, float* p2, float* p3, float* p4, float* p5, float* p6, float* p7, float* p8, float* p9, byte* grain, int* seen)
    {
        if ((*p0, *p1, *p2, *p3, *p4, *p5, *p6, *p7, *p8, *p9) == (1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f) && *grain is 3 or 8)
            Interlocked.Add(ref *seen, to - from);
    }

    private static void Array(int from, int to, int n, float** pointers)
    {
        if (n == 5 && *pointers[0] == 2f) Interlocked.Add(ref *(int*)pointers[1], to - from);
    }

    private static void Array2(int from, int to, int from2, int to2, float** pointers)
    {
        if (*pointers[0] == 2f) Interlocked.Add(ref *(int*)pointers[1], (to - from) * (to2 - from2));
    }
}
