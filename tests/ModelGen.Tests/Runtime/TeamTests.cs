using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

[Collection(AllocationCollection.Name)]
public sealed unsafe class TeamTests
{
    private static Team? s_nestedTeam;

    [Theory]
    [InlineData(1, 100)]
    [InlineData(2, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 7)]
    [InlineData(8, 1000)]
    public void Run_AnyThreads_RunsEachTileOnceAndWaits(int threads, int tiles)
    {
        using var team = new Team(threads);
        var counts = stackalloc int[tiles];
        for (var round = 0; round < 2000; round++)
        {
            new Span<int>(counts, tiles).Clear();
            team.Run(&Count, counts, tiles);
            for (var i = 0; i < tiles; i++)
                Assert.Equal(1, counts[i]);
        }
    }

    [Fact]
    public void Run_NoTiles_DoesNothing()
    {
        using var team = new Team(2);
        team.Run(&Count, null, 0);
    }

    [Fact]
    public void Run_AfterHelpersHaveParked_WakesThem()
    {
        using var team = new Team(2);
        var counts = stackalloc int[64];
        for (var round = 0; round < 50; round++)
        {
            new Span<int>(counts, 64).Clear();
            team.Run(&Count, counts, 64);
            for (var i = 0; i < 64; i++)
                Assert.Equal(1, counts[i]);
            Thread.Sleep(round % 3);
        }
    }

    [Fact]
    public void Run_SeveralCallersAtOnce_AreAllCorrect()
    {
        using var team = new Team(3);
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            var counts = stackalloc int[37];
            for (var round = 0; round < 3000; round++)
            {
                new Span<int>(counts, 37).Clear();
                team.Run(&Count, counts, 37);
                for (var i = 0; i < 37; i++)
                {
                    if (counts[i] != 1)
                        throw new InvalidOperationException($"Tile {i} ran {counts[i]} times.");
                }
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => Assert.True(thread.Join(TimeSpan.FromSeconds(60))));
    }

    [Fact]
    public void Run_FromInsideATile_RunsAlone()
    {
        using var team = new Team(2);
        s_nestedTeam = team;
        var sum = 0;
        team.Run(&RunNested, &sum, 8);
        Assert.Equal(8 * 5, sum);
    }

    [Fact]
    public void Run_OneThreadStallsInItsTile_OthersDoAllTheRest()
    {
        using var team = new Team(2);
        for (var round = 0; round < 20; round++)
        {
            var stall = new Stall { Tiles = 100 };

            // Tile 0 ends only when all others have: with tiles dealt out in halves this would never return.
            var run = new Thread(() =>
            {
                var copy = stall;
                team.Run(&StallInFirst, &copy, copy.Tiles);
            });
            run.Start();
            Assert.True(run.Join(TimeSpan.FromSeconds(60)));
        }
    }

    [Fact]
    public void Run_AfterDispose_RunsOnTheCaller()
    {
        var team = new Team(4);
        var counts = stackalloc int[10];
        team.Run(&Count, counts, 10);
        team.Dispose();
        team.Dispose();
        team.Run(&Count, counts, 10);
        for (var i = 0; i < 10; i++)
            Assert.Equal(2, counts[i]);
    }

    [Fact]
    public void Dispose_BeforeFirstRun_StartsNoThread()
    {
        var team = new Team(4);
        team.Dispose();
        var counts = stackalloc int[10];
        team.Run(&Count, counts, 10);
        Assert.Equal(1, counts[9]);
    }

    [Fact]
    public void Run_AfterTheFirst_AllocatesNothing()
    {
        using var team = new Team(2);
        Assert.InRange(Allocations.OfEachRound(Round), 0, 100);

        void Round()
        {
            var counts = stackalloc int[16];
            for (var i = 0; i < 3000; i++)
                team.Run(&Count, counts, 16);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_WithoutThreads_Throws(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Team(threads));

    private static void Count(void* counts, int tile) => Interlocked.Increment(ref ((int*)counts)[tile]);

    private static void RunNested(void* arguments, int tile)
    {
        var counts = stackalloc int[5];
        s_nestedTeam!.Run(&Count, counts, 5);
        for (var i = 0; i < 5; i++)
            Interlocked.Add(ref *(int*)arguments, counts[i]);
    }

    private static void StallInFirst(void* arguments, int tile)
    {
        var stall = (Stall*)arguments;
        if (tile != 0)
        {
            Interlocked.Increment(ref stall->Ended);
            return;
        }

        while (Volatile.Read(ref stall->Ended) < stall->Tiles - 1)
            Thread.Yield();
    }

    private struct Stall
    {
        public int Tiles;
        public int Ended;
    }
}
