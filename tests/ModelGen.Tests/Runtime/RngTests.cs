namespace ModelGen.Tests.Runtime;

public sealed class RngTests
{
    [Fact]
    public void NextUInt64_FromTheState1234_FollowsTheAlgorithm()
    {
        // xoshiro256++ computed step by step in arbitrary precision from the state that SplitMix64 makes of the seed.
        var state = new System.Numerics.BigInteger[4];
        var seed = (System.Numerics.BigInteger)1234;
        var mask = (System.Numerics.BigInteger.One << 64) - 1;
        for (var i = 0; i < 4; i++)
        {
            seed = (seed + 0x9E3779B97F4A7C15) & mask;
            var z = seed;
            z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask;
            z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask;
            state[i] = z ^ (z >> 31);
        }

        var rng = new Rng(1234);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal((ulong)((Rotate((state[0] + state[3]) & mask, 23) + state[0]) & mask), rng.NextUInt64());
            var t = (state[1] << 17) & mask;
            state[2] ^= state[0];
            state[3] ^= state[1];
            state[1] ^= state[2];
            state[0] ^= state[3];
            state[2] ^= t;
            state[3] = Rotate(state[3], 45);
        }

        System.Numerics.BigInteger Rotate(System.Numerics.BigInteger x, int by) => ((x << by) | (x >> (64 - by))) & mask;
    }

    [Fact]
    public void Streams_OfNamesAndNumbers_Differ()
    {
        var draws = new[] { new Rng(1, "a"), new Rng(1, "b"), new Rng(2, "a"), new Rng(1, 2UL), new Rng(2, 1UL), new Rng(1), new Rng(0) }
            .Select(rng => rng.NextUInt64()).ToArray();
        Assert.Equal(draws.Length, draws.Distinct().Count());
    }

    [Fact]
    public void NextInt_IsInRangeAndEven()
    {
        var rng = new Rng(5);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[rng.NextInt(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 9500, 10500));
        Assert.Equal(0, rng.NextInt(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Rng(1).NextInt(0));
    }

    [Fact]
    public void NextDoubleAndSingle_AreInTheUnitInterval()
    {
        var rng = new Rng(9);
        for (var i = 0; i < 10_000; i++)
        {
            Assert.InRange(rng.NextDouble(), 0, 1 - 1e-17);
            Assert.InRange(rng.NextSingle(), 0f, 0.99999994f);
            Assert.InRange(rng.NextDouble(-2, 3), -2, 3);
        }
    }

    [Fact]
    public void Shuffle_MakesEachOrderEquallyLikely()
    {
        var rng = new Rng(3);
        var counts = new Dictionary<string, int>();
        for (var i = 0; i < 24_000; i++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            rng.Shuffle<char>(items);
            var key = new string(items);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(24, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 840, 1160));
    }
}
